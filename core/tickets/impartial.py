"""Who must not have a ticket: a second one is answered by somebody else, a complaint is never seen by whom it may be about."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from peewee import fn

from core.database.binding import reads
from core.database.prepared import Prepared, slot
from core.errors import Conflict
from core.people import policy
from core.people.views import Staff
from core.tickets.lists.views import TicketRow
from core.tickets.models import Event, Message, Ticket

COMPLAINT = "supervision"
"""The route of complaints about how somebody was treated: never for the official complained of."""

ABOUT_YOU = "puede tratar de ti, porque atendiste antes a esta persona: lo ve otra jefatura"
VEILED = "puede tratar de ti"
"""In the place of a person's name in a list."""
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
def others_of(me: Staff, rows: Iterable[TicketRow]) -> list[TicketRow]:
    """The rows without complaints that may be about who reads them."""
    listed = list(rows)
    own = _own(me, [row.id for row in listed if row.route == COMPLAINT])
    return [row for row in listed if row.id not in own]


@reads
def ids_of_others(me: Staff, ticket_ids: Sequence[int]) -> list[int]:
    """The ids without those of complaints that may be about who reads them."""
    own = _own(me, ticket_ids) if COMPLAINT in policy.visible_routes(me) else set()
    return [ticket_id for ticket_id in ticket_ids if ticket_id not in own]


@reads
def veiled(me: Staff, rows: Iterable[TicketRow]) -> list[TicketRow]:
    """The rows of a counted list: of a complaint that may be about who reads it, nobody's name and no trámite."""
    listed = list(rows)
    own = _own(me, [row.id for row in listed if row.route == COMPLAINT])
    return [row._replace(person_name=VEILED, person_age=None, tramite="", tags=()) if row.id in own else row for row in listed]


def _own(me: Staff, ticket_ids: Sequence[int]) -> set[int]:
    return {ticket_id for (ticket_id,) in _OWN(ids=ticket_ids, staff=me.id)} if ticket_ids else set()


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


_OWN = Prepared(lambda ids: Ticket.select(Ticket.id).where(Ticket.id.in_(ids), concerns(slot("staff"))))
_WROTE = Prepared(lambda: _wrote(slot("person"), slot("but"), slot("staff")))
_RECEIVED = Prepared(lambda: _received(slot("person"), slot("but"), slot("staff")))
_ANALYST = Prepared(lambda: Ticket.select(Ticket.assignee).where(Ticket.id == slot("ticket"), Ticket.answered_at.is_null(False)))
