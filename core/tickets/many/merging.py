"""Two tickets of one person made one: the later goes on and keeps its folio, the earlier becomes `fusionado`, until parted.

Only what has ended is joined to what goes on, so that nobody's open question disappears and nothing is opened again by
parting. Messages, files, hours and letters stay where they are; whoever opens the later ticket reads both.
"""

from __future__ import annotations

from core import clock
from core.database.binding import reads, writes
from core.database.prepared import Prepared, insert, slot
from core.errors import Conflict, NotFound
from core.mail import outbox
from core.people import policy
from core.people.staff import current
from core.people.views import Staff
from core.tickets import access, impartial, looks, rows, saying
from core.tickets.access import require_free, visible_ticket
from core.tickets.many.models import Joint
from core.tickets.many.views import Pair
from core.tickets.models import Ticket
from core.tickets.records import record
from core.tickets.sheets import name_of

ENDED = ("respondido", "cerrado", "derivado", "desistido")
"""The states of what can be joined to a later ticket."""
JOINED = "fusionado"


@writes
def merge(actor: Staff, one: tuple[int, int], other: tuple[int, int]) -> Pair:
    """Let the earlier of two tickets (id and version of each, as they were read) go on in the later; which is which.

    Raises `NotFound`, `NotAllowed`, and `Conflict` when they are not one person's, changed meanwhile, or cannot be joined.
    """
    me = current(actor)
    ended, into = (_as_read(me, *each) for each in sorted((one, other)))
    reason = why_not(me, ended, into)
    if reason:
        raise Conflict(f"No se pueden unir: {reason}.", ended.folio)
    insert(Joint, ticket_id=ended.id, into_id=into.id, former_state=ended.state, staff_id=me.id, at=clock.now())
    _change(ended, JOINED)
    looks.keep(me, access.OPENED, access.OWN, ended.id, ended.person_id)  # from now on it is read with the later one
    record(ended.id, "fusionado", me.id, into.folio)
    record(into.id, "unido", me.id, ended.folio)
    saying.send("joined", ended, {"into": into.folio, "analyst": me.name, "link": outbox.link(f"/ticket/{into.folio}")})
    return Pair(ended.folio, into.folio)


@reads
def why_not(me: Staff, ended: Ticket, into: Ticket) -> str:
    """Why two tickets, the earlier first, cannot be made one; empty when they can."""
    if ended.id == into.id:
        return "son el mismo ticket"
    if ended.person_id != into.person_id:
        return "son de personas distintas"
    if JOINED in (ended.state, into.state):
        return "uno de los dos ya sigue en otro"
    if ended.state not in ENDED:
        return f"{ended.folio} todavía espera su respuesta"
    if into.second_of_id == ended.id:
        return "el segundo ticket ya va junto al primero"
    if into.resolved_at is None and into.assignee_id not in (None, me.id) and not policy.allowed(me, "take_over", into.route):
        return f"{into.folio} lo tiene {name_of(into.assignee_id)}"
    return impartial.why_not(into, me) if into.resolved_at is None else ""


@writes
def part(actor: Staff, ticket_id: int) -> Pair:
    """Undo a merge: the earlier ticket is in the state in which it was; the later one stays as it is.

    It works however long ago it was, for nothing can happen to a ticket that goes on in another. Raises `NotFound`,
    `NotAllowed`, `Conflict` when nothing is joined here.
    """
    me = current(actor)
    ended = visible_ticket(me, ticket_id, "merge")
    found = _STANDING.first(ticket=ended.id)
    if found is None:
        raise Conflict("Este ticket no sigue en otro: no hay nada que separar.", ended.folio)
    joint_id, former, into_id = found
    into = rows.lock(into_id)
    if into.route not in policy.visible_routes(me):
        raise NotFound("Ese ticket no existe o tu cuenta no permite verlo.")
    require_free(into)
    Joint.update(undone_at=clock.now()).where(Joint.id == joint_id).execute()
    _change(ended, former)
    record(ended.id, "desunido", me.id, into.folio)
    record(into.id, "desunido", me.id, ended.folio)
    saying.send("parted", ended, {"into": into.folio, "analyst": me.name})
    return Pair(ended.folio, into.folio)


def _as_read(me: Staff, ticket_id: int, version: int) -> Ticket:
    ticket = visible_ticket(me, ticket_id, "merge")
    if ticket.version != version:
        raise Conflict(f"El ticket {ticket.folio} cambió mientras decidías. Míralo otra vez antes de unirlo.", ticket.folio)
    return ticket


def _change(ticket: Ticket, state: str) -> None:
    Ticket.update(state=state, version=Ticket.version + 1).where(Ticket.id == ticket.id).execute()


_STANDING = Prepared(
    lambda: Joint.select(Joint.id, Joint.former_state, Joint.into).where(
        Joint.ticket == slot("ticket"), Joint.undone_at.is_null()
    )
)
