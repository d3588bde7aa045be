"""Related tickets: two that have to do with each other, whoever they are of, seen from both."""

from __future__ import annotations

from typing import Any

from peewee import SQL

from core import clock
from core.database.binding import reads, writes
from core.database.prepared import Prepared, insert, slot
from core.errors import Conflict, Invalid
from core.identifiers import parse_folio
from core.people import policy
from core.people.staff import current
from core.people.views import Staff
from core.text import clean_line
from core.tickets import impartial
from core.tickets.access import visible_ticket
from core.tickets.lists.views import TicketRow
from core.tickets.models import Relation, Ticket
from core.tickets.records import record, rows_by_id
from core.tickets.views import Related

FOLIO, REASON = "folio", "motivo"
LONGEST_REASON = 200
MOST = 50
"""Tickets that are tied to one."""
_PROPOSED = 20


@writes
def relate(actor: Staff, ticket_id: int, folio: str, reason: str = "") -> None:
    """Tie a ticket to the one of a folio; doing it again gives the newer reason. Raises `Invalid`, `Conflict`, `NotFound`."""
    me = current(actor)
    other_id = _id_of(folio)
    first, second = _held(me, ticket_id, other_id)
    words = clean_line(reason)
    if len(words) > LONGEST_REASON:
        raise Invalid({REASON: f"El motivo tiene {len(words)} letras y caben {LONGEST_REASON}."})
    if _CHANGE.count(first=first, second=second, reason=words, staff=me.id, now=clock.now()):
        return
    if max(len(_OF(ticket=each)) for each in (first, second)) >= MOST:
        raise Conflict(f"Un ticket se relaciona con {MOST} a lo más: quita una relación antes.")
    insert(Relation, ticket_id=first, other_id=second, reason=words, staff_id=me.id, at=clock.now())
    _record_both(ticket_id, other_id, "relacionado", me)


@writes
def separate(actor: Staff, ticket_id: int, other_id: int) -> None:
    """Untie two tickets; doing it twice is harmless."""
    me = current(actor)
    first, second = _held(me, ticket_id, other_id)
    if _REMOVE.count(first=first, second=second):
        _record_both(ticket_id, other_id, "separado", me)


@reads
def of_ticket(me: Staff, ticket_id: int) -> tuple[Related, ...]:
    """The tickets tied to one that this analyst may see, the latest tie first."""
    reasons = {other: reason for other, reason, _at in _OF(ticket=ticket_id)}
    return tuple(Related(row, reasons[row.id]) for row in _visible(me, list(reasons)))


@reads
def proposed(actor: Staff, ticket_id: int) -> tuple[TicketRow, ...]:
    """Tickets about the same trámite that are not tied to this one yet, newest first."""
    me = current(actor)
    ticket = visible_ticket(me, ticket_id, "read")
    if not ticket.tramite_id:
        return ()
    tied = {other for other, *_about in _OF(ticket=ticket_id)} | {ticket_id}
    others = [each for (each,) in _SAME(tramite=ticket.tramite_id) if each not in tied]
    return tuple(_visible(me, others[:_PROPOSED]))


def _visible(me: Staff, ids: list[int]) -> list[TicketRow]:
    return impartial.others_of(me, (row for row in rows_by_id(ids) if row.route in policy.visible_routes(me)))


def _id_of(folio: str) -> int:
    row = Ticket.get_or_none(Ticket.folio == (parse_folio(folio) or ""))
    if row is None:
        raise Invalid({FOLIO: "Ese folio no existe: cópialo como AM-2026-000123-K."})
    return int(row.id)


def _held(me: Staff, ticket_id: int, other_id: int) -> tuple[int, int]:
    """Both tickets in the order in which they are kept, locked in it too: two who tie the same ones never wait for each other."""
    if ticket_id == other_id:
        raise Invalid({FOLIO: "Es este mismo ticket: escribe el folio de otro."})
    first, second = sorted((ticket_id, other_id))
    for each in (first, second):
        visible_ticket(me, each, "relate")
    return first, second


def _record_both(ticket_id: int, other_id: int, kind: str, me: Staff) -> None:
    record(ticket_id, kind, me.id, str(other_id))
    record(other_id, kind, me.id, str(ticket_id))


def _of() -> Any:
    """What is tied to a ticket, from either side."""
    columns = Relation.reason, Relation.at
    older = Relation.select(Relation.other, *columns).where(Relation.ticket == slot("ticket"))
    newer = Relation.select(Relation.ticket, *columns).where(Relation.other == slot("ticket"))
    return older.union_all(newer).order_by(SQL("3 DESC"), SQL("1 DESC"))


_OF = Prepared(_of)
_SAME = Prepared(
    lambda: (
        Ticket.select(Ticket.id).where(Ticket.tramite_id == slot("tramite")).order_by(Ticket.id.desc()).limit(_PROPOSED + MOST)
    )
)
_THESE = (Relation.ticket == slot("first")) & (Relation.other == slot("second"))
_CHANGE = Prepared(lambda: Relation.update(reason=slot("reason"), staff=slot("staff"), at=slot("now")).where(_THESE))
_REMOVE = Prepared(lambda: Relation.delete().where(_THESE))
