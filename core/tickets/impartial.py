"""Who must not have a ticket: a second one is answered by somebody else, a complaint is never seen by whom it may be about."""

from __future__ import annotations

from typing import Any

from peewee import fn

from core.database.binding import reads
from core.database.prepared import Prepared, slot
from core.errors import Conflict
from core.people.views import Staff
from core.tickets.models import Event, Message, Ticket

COMPLAINT = "supervision"
"""The route of complaints about how somebody was treated: never for the official complained of."""

ABOUT_YOU = "puede tratar de ti, porque atendiste antes a esta persona: lo ve otra jefatura"
NOT_YOURS = "respondiste el primer ticket, y al segundo responde otra persona"


@reads
def why_not(ticket: Ticket, me: Staff) -> str:
    """Why a ticket is for others to answer: it is the second one after an answer of one's own, or may be about oneself."""
    if may_be_about(ticket, me):
        return ABOUT_YOU
    first = _ANALYST.first(ticket=ticket.second_of_id) if ticket.second_of_id else None
    return NOT_YOURS if first is not None and first[0] == me.id else ""


@reads
def may_be_about(ticket: Ticket, me: Staff) -> bool:
    """Whether a ticket of route `supervision` is from somebody whom one has written to or received at an office before."""
    if ticket.route != COMPLAINT:
        return False
    asked = {"person": ticket.person_id, "but": ticket.id, "staff": me.id}
    return _WROTE.first(**asked) is not None or _RECEIVED.first(**asked) is not None


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


def concerns(staff_id: Any) -> Any:
    """A condition: the ticket may be about this member of the staff (an id, or its slot), as `may_be_about` says it."""
    dealt = [fn.EXISTS(dealing(Ticket.person, Ticket.id, staff_id)) for dealing in (_wrote, _received)]
    return (Ticket.route == COMPLAINT) & (dealt[0] | dealt[1])


def _wrote(person: Any, but: Any, staff_id: Any) -> Any:
    """What somebody has written to a person in tickets that are no complaints."""
    other = Ticket.alias()
    said = Message.select(Message.id).join(other, on=(Message.ticket == other.id))
    return said.where(*_of_others(other, person, but), Message.staff == staff_id, Message.kind != "nota").limit(1)


def _received(person: Any, but: Any, staff_id: Any) -> Any:
    """That somebody marked that a person came to an hour, or did not."""
    other = Ticket.alias()
    marked = Event.select(Event.id).join(other, on=(Event.ticket == other.id))
    at_an_office = Event.kind.in_(("hora_vino", "hora_no_vino"))
    return marked.where(*_of_others(other, person, but), Event.staff == staff_id, at_an_office).limit(1)


def _of_others(other: Any, person: Any, but: Any) -> tuple[Any, Any, Any]:
    return other.person == person, other.id != but, other.route != COMPLAINT


_WROTE = Prepared(lambda: _wrote(slot("person"), slot("but"), slot("staff")))
_RECEIVED = Prepared(lambda: _received(slot("person"), slot("but"), slot("staff")))
_ANALYST = Prepared(lambda: Ticket.select(Ticket.assignee).where(Ticket.id == slot("ticket"), Ticket.answered_at.is_null(False)))
