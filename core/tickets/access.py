"""The ticket that somebody of the staff asks for, if it is theirs to see: their own work, or what they gave a reason for.

What one's own work is stands in `OWN_WORK` alone: whoever adds a kind of it adds a rule there.
"""

from __future__ import annotations

from core import clock
from core.database.prepared import Prepared, slot
from core.errors import NeedsReason, NotAllowed, NotFound
from core.people import policy, standing
from core.people.views import Staff
from core.tickets import impartial, rows, visits
from core.tickets.answers import held
from core.tickets.many.models import Joint, Surge, SurgeTicket
from core.tickets.models import Look, Mention, Message, Ticket

OPENED, DOSSIER = "abierto", "expediente"
"""The kinds of looks that let somebody go on reading the same ticket."""
OWN, BEFORE = "propio", "seguimiento"
"""Why nobody had to be asked: it is one's own work, or was when one opened it a while ago."""
REMEMBERED = 8 * 3600
"""Seconds for which nobody is asked again what a ticket is opened for."""

_WHILE_HELD = ("read", "note", "tag", "relate", "hold", "take_back")
"""What is done to a ticket also while its answer is on hold."""


def visible_ticket(me: Staff, ticket_id: int, verb: str) -> Ticket:
    """The ticket's row, if this person may see it and do this; `NotFound` as if it did not exist otherwise.

    For any verb but `read` the row is locked, so that of two colleagues the second sees what the first did,
    and the person's data must neither be blocked nor erased (`NotAllowed`). What changes the ticket waits while
    an answer is on hold (`Conflict`). To read what lies outside one's own work a reason must have been given
    (`NeedsReason`).
    """
    row = found(me, ticket_id, verb)
    if verb == "read" and not way_in(me, row):
        raise NeedsReason("No es parte de tu trabajo: di para qué lo abres.")
    return row


def found(me: Staff, ticket_id: int, verb: str) -> Ticket:
    """The same, whatever it is read for."""
    row: Ticket | None = rows.read(ticket_id) if verb == "read" else rows.lock(ticket_id)
    if row is None or row.route not in policy.visible_routes(me):
        raise NotFound("Ese ticket no existe o tu cuenta no permite verlo.")
    policy.require(me, verb, row.route)
    if impartial.may_be_about(row, me):
        raise NotAllowed(f"Este ticket {impartial.ABOUT_YOU}.")
    if verb != "read":
        require_free(row)
    if verb not in _WHILE_HELD:
        held.refuse(row, me)
    return row


def require_free(ticket: Ticket) -> None:
    """Lock the ticket's row; raise `NotAllowed` unless the data of its person may be treated."""
    rows.lock(ticket.id)
    how = standing.of_person(ticket.person_id)
    if how:
        raise NotAllowed(f"Los datos de esta persona están {how} (Ley 21.719): el ticket solo se puede leer.")


def way_in(me: Staff, ticket: Ticket) -> str:
    """Why this person may read a ticket: `OWN`, `BEFORE` or the reason they gave; empty when one has to be given."""
    if is_own(me, ticket):
        return OWN
    last = _ADMITTED.first(ticket=ticket.id, staff=me.id, since=clock.now() - REMEMBERED)
    if last is None:
        return ""
    return BEFORE if last[0] == OWN else str(last[0])


def is_own(me: Staff, ticket: Ticket) -> bool:
    """Whether a ticket is part of somebody's own work."""
    return any(holds(me, ticket) for holds in OWN_WORK)


def _is_mine(me: Staff, ticket: Ticket) -> bool:
    """It is in their name, or it was when it ended."""
    return bool(ticket.assignee_id == me.id)


def _may_take(me: Staff, ticket: Ticket) -> bool:
    """It is open and nobody's: somebody has to look at it to take it."""
    return ticket.assignee_id is None and ticket.resolved_at is None and policy.allowed(me, "claim", ticket.route)


def _have_written(me: Staff, ticket: Ticket) -> bool:
    """They have written to its person before."""
    return _WRITTEN.first(ticket=ticket.id, staff=me.id) is not None


def _is_first_of_mine(me: Staff, ticket: Ticket) -> bool:
    """They hold the second ticket after its answer."""
    return _SECOND.first(first=ticket.id, staff=me.id) is not None


def _was_called(me: Staff, ticket: Ticket) -> bool:
    """A colleague called them to one of its notes."""
    return _CALLED.first(ticket=ticket.id, staff=me.id) is not None


def _is_expected(me: Staff, ticket: Ticket) -> bool:
    """Its person has an hour at an office today."""
    return policy.allowed(me, "attend", ticket.route) and visits.is_today(ticket.id)


def _is_to_review(me: Staff, ticket: Ticket) -> bool:
    """It is to get an answer to many that waits for their eyes."""
    return policy.allowed(me, "review_surge", ticket.route) and _REVIEWED.first(ticket=ticket.id, staff=me.id) is not None


def _goes_on_in_mine(me: Staff, ticket: Ticket) -> bool:
    """It goes on in a later ticket of its person, which they have."""
    return ticket.state == "fusionado" and _LATER.first(ticket=ticket.id, staff=me.id) is not None


OWN_WORK = (
    *(_is_mine, _may_take, _have_written, _is_first_of_mine, _was_called, _is_expected),
    *(_is_to_review, _goes_on_in_mine),
)
"""What makes a ticket part of somebody's own work, the cheapest first; any of them is enough."""

_WRITTEN = Prepared(
    lambda: (
        Message.select(Message.id)
        .where(Message.ticket == slot("ticket"), Message.staff == slot("staff"), Message.kind != "nota")
        .limit(1)
    )
)
_SECOND = Prepared(
    lambda: Ticket.select(Ticket.id).where(
        Ticket.second_of == slot("first"), Ticket.assignee == slot("staff"), Ticket.resolved_at.is_null()
    )
)
_CALLED = Prepared(
    lambda: Mention.select(Mention.id).where(Mention.ticket == slot("ticket"), Mention.staff == slot("staff")).limit(1)
)
_REVIEWED = Prepared(
    lambda: (
        SurgeTicket.select(SurgeTicket.ticket)
        .join(Surge, on=(SurgeTicket.surge == Surge.id))
        .where(SurgeTicket.ticket == slot("ticket"), Surge.state == "pedido", Surge.staff != slot("staff"))
        .limit(1)
    )
)
_LATER = Prepared(
    lambda: (
        Joint.select(Joint.id)
        .join(Ticket, on=(Joint.into == Ticket.id))
        .where(Joint.ticket == slot("ticket"), Joint.undone_at.is_null())
        .where((Ticket.assignee == slot("staff")) | (Ticket.assignee.is_null() & Ticket.resolved_at.is_null()))
    )
)
_ADMITTED = Prepared(
    lambda: (
        Look.select(Look.reason)
        .where(Look.ticket == slot("ticket"), Look.staff == slot("staff"), Look.at > slot("since"))
        .where(Look.kind.in_((OPENED, DOSSIER)))
        .order_by(Look.at.desc(), Look.id.desc())
        .limit(1)
    )
)
