"""What becomes of the tickets of somebody whose data are blocked, freed again or erased (Ley 21.719)."""

from __future__ import annotations

from collections.abc import Sequence

from core import clock
from core.database.binding import writes
from core.tickets import waiting
from core.tickets.models import Ticket
from core.tickets.records import record


@writes
def mark(ticket_ids: Sequence[int], kind: str) -> None:
    """Leave in each ticket's history that it was `bloqueado`, `desbloqueado` or `suprimido`."""
    for ticket_id in ticket_ids:
        record(ticket_id, kind)


@writes
def give_up(ticket_ids: Sequence[int]) -> None:
    """End those that are still open: nobody is left to answer to."""
    still_open = Ticket.select(Ticket.id).where(Ticket.id.in_(ticket_ids), Ticket.resolved_at.is_null())
    for row in list(still_open):
        ended = {"state": "desistido", "resolved_at": clock.now(), "version": Ticket.version + 1}
        Ticket.update(**ended).where(Ticket.id == row.id).execute()
        waiting.end(row.id)
        record(row.id, "desistido", code="supresion")
