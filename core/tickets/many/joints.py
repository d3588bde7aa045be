"""Which tickets go on in which other one of the same person: for whoever reads either of them."""

from __future__ import annotations

from core.database.binding import reads
from core.database.prepared import Prepared, slot
from core.tickets.many.models import Joint
from core.tickets.models import Ticket


@reads
def goes_on_in(ticket_id: int) -> str:
    """The folio of the ticket in which this one goes on, at the end of the chain; empty when it stands for itself."""
    folio = ""
    while (found := _INTO.first(ticket=ticket_id)) is not None:
        ticket_id, folio = found
    return str(folio)


@reads
def joined_to(ticket_id: int) -> tuple[int, ...]:
    """The tickets that go on in this one, oldest first, those joined to them before included."""
    found: list[int] = []
    waiting = [ticket_id]
    while waiting:
        nearer = [earlier for (earlier,) in _JOINED(tickets=waiting)]
        found += nearer
        waiting = nearer
    return tuple(sorted(found))


_INTO = Prepared(
    lambda: (
        Joint.select(Ticket.id, Ticket.folio)
        .join(Ticket, on=(Joint.into == Ticket.id))
        .where(Joint.ticket == slot("ticket"), Joint.undone_at.is_null())
    )
)
_JOINED = Prepared(lambda tickets: Joint.select(Joint.ticket).where(Joint.into.in_(tickets), Joint.undone_at.is_null()))
