"""Other people's tickets about the same trámite, open or answered lately: two answers might contradict each other."""

from __future__ import annotations

from typing import Any

from core import clock
from core.database.binding import reads
from core.database.prepared import Prepared, slot
from core.identifiers import normalise_tramite
from core.people import policy
from core.people.views import Staff
from core.text import words
from core.tickets import impartial
from core.tickets.lists.views import TicketRow
from core.tickets.models import AnswerDraft, HeldAnswer, Message, Ticket
from core.tickets.records import rows_by_id

ANSWERED_WITHIN = 30 * 86_400
"""Seconds for which an answer still matters to whoever answers about the same trámite."""
_MOST = 20


@reads
def of_ticket(me: Staff, ticket: Ticket) -> tuple[tuple[TicketRow, ...], int]:
    """The tickets that this analyst may see, the open ones first, and how many others there are."""
    return _seen_by(me, _found(ticket))


@reads
def otherwise(me: Staff, ticket: Ticket, text: str) -> str:
    """In few words, those tickets that are, or are about to be, told something else than this text; empty without one."""
    found = _found(ticket)
    same = _told_the_same([row_id for row_id, _ in found], text) if found else set()
    seen, hidden = _seen_by(me, [each for each in found if each[0] not in same])
    named = f"{seen[0].folio}, {'espera respuesta' if seen[0].is_open else 'ya respondido'}" if seen else ""
    rest = len(seen) - 1
    others = f"{hidden} {'ticket' if hidden == 1 else 'tickets'} que no puedes ver" if hidden else ""
    return ", y ".join(filter(None, (f"{named} y {rest} más" if rest > 0 else named, others)))


def _found(ticket: Ticket) -> list[tuple[int, str]]:
    """The ids of the tickets, with their routes; what is no number («no sé», «en el correo») is nobody's trámite."""
    if not ticket.tramite_id or normalise_tramite(ticket.tramite_id).strange:
        return []
    since = clock.now() - ANSWERED_WITHIN
    return list(_TWINS(tramite=ticket.tramite_id, person=ticket.person_id, since=since))


def _seen_by(me: Staff, found: list[tuple[int, str]]) -> tuple[tuple[TicketRow, ...], int]:
    hidden = policy.hidden_routes(me)
    seen = impartial.others_of(me, rows_by_id([row_id for row_id, route in found if route not in hidden]))
    return tuple(sorted(seen, key=lambda row: not row.is_open)), sum(route in hidden for _, route in found)


def _told_the_same(ticket_ids: list[int], text: str) -> set[int]:
    """Those of the tickets in whose answer, sent or not yet, stands the same, word by word."""
    said = words(text)
    return {ticket_id for answers in _ANSWERS for ticket_id, body in answers(ids=ticket_ids) if words(body) == said}


@reads
def of_tramite(me: Staff, tramite_id: str, most: int) -> tuple[TicketRow, ...]:
    """The tickets about a trámite that this analyst may see, newest first."""
    found = _OF_TRAMITE(tramite=tramite_id, hidden=sorted(policy.hidden_routes(me)), most=most)
    return tuple(impartial.others_of(me, rows_by_id([row_id for (row_id,) in found])))


_OF_TRAMITE = Prepared(
    lambda hidden: (
        Ticket.select(Ticket.id)
        .where(Ticket.tramite_id == slot("tramite"), Ticket.route.not_in(hidden))
        .order_by(Ticket.id.desc())
        .limit(slot("most"))
    )
)
_TWINS = Prepared(
    lambda: (
        Ticket.select(Ticket.id, Ticket.route)
        .where(Ticket.tramite_id == slot("tramite"), Ticket.person != slot("person"))
        .where(Ticket.resolved_at.is_null() | (Ticket.answered_at > slot("since")))
        .order_by(Ticket.id.desc())
        .limit(_MOST)
    )
)


def _bodies(table: type[Message | HeldAnswer | AnswerDraft], *conditions: Any) -> Prepared:
    return Prepared(lambda ids: table.select(table.ticket, table.body).where(table.ticket.in_(ids), *conditions))


_ANSWERS = (
    _bodies(Message, Message.kind == "respuesta"),
    _bodies(HeldAnswer),
    _bodies(AnswerDraft, AnswerDraft.kind == "respuesta"),
)
