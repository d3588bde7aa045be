"""Other people's tickets about the same trámite, open or answered lately: two answers might contradict each other."""

from __future__ import annotations

from core import clock
from core.database.binding import reads
from core.database.prepared import Prepared, slot
from core.people import policy
from core.people.views import Staff
from core.tickets.list_views import TicketRow
from core.tickets.models import Ticket
from core.tickets.records import rows_by_id

ANSWERED_WITHIN = 30 * 86_400
"""Seconds for which an answer still matters to whoever answers about the same trámite."""
_MOST = 20


@reads
def of_ticket(me: Staff, ticket: Ticket) -> tuple[tuple[TicketRow, ...], int]:
    """The tickets that this analyst may see, the open ones first, and how many others there are."""
    if not ticket.tramite_id:
        return (), 0
    since = clock.now() - ANSWERED_WITHIN
    found = _TWINS(tramite=ticket.tramite_id, person=ticket.person_id, since=since)
    hidden = policy.hidden_routes(me)
    seen = rows_by_id([row_id for row_id, route in found if route not in hidden])
    return tuple(sorted(seen, key=lambda row: not row.is_open)), sum(route in hidden for _, route in found)


@reads
def of_tramite(me: Staff, tramite_id: str, most: int) -> tuple[TicketRow, ...]:
    """The tickets about a trámite that this analyst may see, newest first."""
    found = _OF_TRAMITE(tramite=tramite_id, hidden=sorted(policy.hidden_routes(me)), most=most)
    return tuple(rows_by_id([row_id for (row_id,) in found]))


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
