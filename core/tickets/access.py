"""The ticket that somebody of the staff asks for, if it is theirs to see."""

from __future__ import annotations

from core.database import engines
from core.database.binding import db
from core.errors import NotAllowed, NotFound
from core.people import policy, standing
from core.people.views import Staff
from core.tickets import held
from core.tickets.models import Ticket

_WHILE_HELD = ("read", "note", "tag", "relate", "hold", "take_back")
"""What is done to a ticket also while its answer is on hold."""


def visible_ticket(me: Staff, ticket_id: int, verb: str) -> Ticket:
    """The ticket's row, if this person may see it and do this; `NotFound` as if it did not exist otherwise.

    For any verb but `read` the row is locked, so that of two colleagues the second sees what the first did,
    and the person's data must neither be blocked nor erased (`NotAllowed`). What changes the ticket waits while
    an answer is on hold (`Conflict`).
    """
    query = Ticket.select().where(Ticket.id == ticket_id)
    row = (query if verb == "read" else engines.for_change(db.obj, query)).first()
    if row is None or row.route not in policy.visible_routes(me):
        raise NotFound("Ese ticket no existe o tu cuenta no permite verlo.")
    policy.require(me, verb, row.route)
    if verb != "read":
        require_free(row)
    if verb not in _WHILE_HELD:
        held.refuse(row, me)
    return row


def require_free(ticket: Ticket) -> None:
    """Lock the ticket's row; raise `NotAllowed` unless the data of its person may be treated."""
    engines.for_change(db.obj, Ticket.select(Ticket.id).where(Ticket.id == ticket.id)).first()
    how = standing.of_person(ticket.person_id)
    if how:
        raise NotAllowed(f"Los datos de esta persona están {how} (Ley 21.719): el ticket se puede leer, no cambiar.")
