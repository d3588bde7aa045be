"""A second ticket is answered by somebody else than the first."""

from __future__ import annotations

from typing import Any

from peewee import fn

from core.database.binding import reads
from core.database.prepared import Prepared, slot
from core.errors import Conflict
from core.people.views import Staff
from core.tickets.models import Ticket

NOT_YOURS = "respondiste el primer ticket, y al segundo responde otra persona"


@reads
def why_not(ticket: Ticket, me: Staff) -> str:
    """Why a ticket is for others to answer: it is the second one after an answer of one's own; empty otherwise."""
    first = _ANALYST.first(ticket=ticket.second_of_id) if ticket.second_of_id else None
    return NOT_YOURS if first is not None and first[0] == me.id else ""


@reads
def refuse_own(ticket: Ticket, me: Staff) -> None:
    """Raise `Conflict` when a ticket is for others to answer."""
    reason = why_not(ticket, me)
    if reason:
        raise Conflict(f"No puedes llevar este ticket: {reason}.", ticket.folio)


def follows_own(staff_id: Any) -> Any:
    """A condition: the ticket is the second one after an answer of this member of the staff (an id, or its slot)."""
    first = Ticket.alias()
    return fn.EXISTS(first.select(first.id).where(first.id == Ticket.second_of, first.assignee == staff_id))


_ANALYST = Prepared(lambda: Ticket.select(Ticket.assignee).where(Ticket.id == slot("ticket"), Ticket.answered_at.is_null(False)))
