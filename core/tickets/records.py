"""What every verb on a ticket leaves behind: an event, its words in the index, its row as a view."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from peewee import JOIN

from core import clock
from core.database import fulltext
from core.database.prepared import Prepared, insert, slot
from core.people.models import Account, Person, Staff
from core.people.standing import standing
from core.text import words
from core.tickets.lists.views import SortKey, TicketRow
from core.tickets.models import Event, HeldAnswer, Message, Tag, Ticket

Matched = Callable[[int, str], str]
"""By which field a ticket was found, from its id and its person's name."""
_ROW_COLUMNS = (
    Ticket.id,
    Ticket.folio,
    Ticket.state,
    Ticket.tipo,
    Ticket.materia,
    Ticket.categoria,
    Ticket.route,
    Ticket.urgency,
    Ticket.notice_on,
    Person.given_names,
    Person.first_surname,
    Person.second_surname,
    Person.birth_on,
    Ticket.tramite_id,
    Ticket.assignee,
    Staff.name,
    Ticket.opened_at,
    Ticket.legal_on,
    Ticket.due_on,
    Ticket.second_of,
    Ticket.answered_at,
    Ticket.version,
    Account.blocked_at,
    Account.erased_at,
    HeldAnswer.id,
)


def record(ticket_id: int, kind: str, staff_id: int | None = None, code: str = "") -> None:
    """Add to the ticket's history; codes and ids only, never words."""
    insert(Event, ticket_id=ticket_id, at=clock.now(), kind=kind, staff_id=staff_id, code=code)


def index_words(ticket_id: int) -> None:
    """Make a ticket findable by everything said in it, its person's name, e-mail and trámite."""
    found = _SAID(ticket=ticket_id)
    texts = [part for part in (found[0][2:] if found else ()) if part] + [body for body, *_who in found if body]
    mark = [fulltext.OPEN] if found and found[0][1] is None else []
    fulltext.index(ticket_id, dict.fromkeys([*(word for text in texts for word in words(text)), *mark]))


def rows_by_id(ids: Sequence[int], matched: Matched | None = None) -> list[TicketRow]:
    """The rows of these tickets, in the order of the ids; `matched` says by which field one was found."""
    today = clock.day_number(clock.today())
    found = {values[0]: values for values in _ROWS(ids=ids)} if ids else {}
    worn = tags_of(ids)
    rows = [found[each] for each in ids if each in found]
    return [_row(values, matched, today, worn.get(values[0], ())) for values in rows]


def tags_of(ticket_ids: Sequence[int]) -> dict[int, tuple[str, ...]]:
    """The tags of those of these tickets that have any, in the order of the alphabet."""
    found: dict[int, tuple[str, ...]] = {}
    for ticket_id, word in _TAGS(ids=ticket_ids) if ticket_ids else ():
        found[ticket_id] = (*found.get(ticket_id, ()), word)
    return found


_ROWS = Prepared(
    lambda ids: (
        Ticket.select(*_ROW_COLUMNS)
        .join(Person, on=(Ticket.person == Person.id))
        .join(Account, on=(Person.account == Account.id))
        .switch(Ticket)
        .join(Staff, JOIN.LEFT_OUTER, on=(Ticket.assignee == Staff.id))
        .switch(Ticket)
        .join(HeldAnswer, JOIN.LEFT_OUTER, on=(HeldAnswer.ticket == Ticket.id))
        .where(Ticket.id.in_(ids))
    )
)
_TAGS = Prepared(lambda ids: Tag.select(Tag.ticket, Tag.word).where(Tag.ticket.in_(ids)).order_by(Tag.ticket, Tag.folded))
_SAID = Prepared(
    lambda: (
        Ticket.select(
            Message.body,
            Ticket.resolved_at,
            Ticket.tramite_id,
            Person.given_names,
            Person.first_surname,
            Person.second_surname,
            Account.email,
        )
        .join(Person, on=(Ticket.person == Person.id))
        .join(Account, on=(Person.account == Account.id))
        .join(Message, JOIN.LEFT_OUTER, on=(Message.ticket == Ticket.id))
        .where(Ticket.id == slot("ticket"))
        .order_by(Message.id)
    )
)


def _row(values: tuple[Any, ...], matched: Matched | None, today: int, tags: tuple[str, ...]) -> TicketRow:
    (
        ticket_id, folio, state, tipo, materia, categoria, route, urgency, notice_on, given, first, second, birth_on,
        tramite, assignee_id, assignee_name, opened_at, legal_on, due_on, second_of, answered_at, version, blocked_at, erased_at,
        held_id,
    ) = values  # fmt: skip
    name = " ".join(filter(None, (given, first, second)))
    return TicketRow(
        id=ticket_id,
        folio=folio,
        state=state,
        tipo=tipo,
        materia=materia,
        categoria=categoria,
        route=route,
        urgent=urgency == 0,
        has_term=notice_on is not None,
        person_name=name,
        person_age=(today - birth_on) // 10_000 if birth_on else None,
        tramite=tramite or "",
        assignee_id=assignee_id,
        assignee_name=assignee_name or "",
        opened_at=opened_at,
        legal_on=clock.day_from(legal_on),
        due_on=clock.day_from(due_on),
        is_second=second_of is not None,
        version=version,
        sort_key=SortKey(urgency, due_on, ticket_id, answered_at or 0),
        frozen=standing(blocked_at, erased_at),
        leaving=held_id is not None,
        matched=matched(ticket_id, name) if matched else "",
        tags=tags,
    )
