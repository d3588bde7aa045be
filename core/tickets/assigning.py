"""Handing a ticket to a colleague: what only supervisors do."""

from __future__ import annotations

from core.database.binding import reads, writes
from core.errors import Conflict, Invalid
from core.people import models as people
from core.people import policy
from core.people.staff import current, staff_view
from core.people.views import Staff
from core.tickets import impartial
from core.tickets.access import visible_ticket
from core.tickets.models import Ticket
from core.tickets.records import record


@reads
def colleagues(actor: Staff) -> tuple[Staff, ...]:
    """Everybody to whom a ticket can be handed, by name."""
    policy.require(current(actor), "assign")
    rows = people.Staff.select().where(people.Staff.disabled_at.is_null()).order_by(people.Staff.name)
    return tuple(staff_view(row) for row in rows)


@reads
def colleague(staff_id: int) -> Staff:
    """Somebody of the staff who can still sign in; raises `Invalid`."""
    row = people.Staff.get_or_none(people.Staff.id == staff_id, people.Staff.disabled_at.is_null())
    if row is None:
        raise Invalid({"analista": "Elige a alguien del equipo que siga activo."})
    return staff_view(row)


@reads
def why_not(ticket: Ticket, to: Staff) -> str:
    """Why a ticket cannot be handed to somebody; empty when it can."""
    if ticket.resolved_at is not None:
        return "ya no está abierto"
    if ticket.assignee_id == to.id:
        return f"ya lo tiene {to.name}"
    if not policy.allowed(to, "reply", ticket.route):
        return f"{to.name} no puede ver los de esa ruta"
    if impartial.may_be_about(ticket, to):
        return f"{to.name} atendió antes a esta persona, y el reclamo puede tratar de eso"
    return f"{to.name} respondió el primer ticket" if impartial.why_not(ticket, to) else ""


@writes
def assign(actor: Staff, ticket_id: int, version: int, staff_id: int) -> None:
    """Make an open ticket a colleague's, whoever has it now; raises `Invalid`, and `Conflict` when it cannot be theirs."""
    me = current(actor)
    ticket, to = visible_ticket(me, ticket_id, "assign"), colleague(staff_id)
    if ticket.version != version:
        raise Conflict("El ticket cambió mientras decidías. Míralo otra vez antes de asignarlo.", ticket.folio)
    reason = why_not(ticket, to)
    if reason:
        raise Conflict(f"No se puede asignar: {reason}.", ticket.folio)
    state = ticket.state if ticket.state == "en_espera" else "asignado"
    Ticket.update(assignee=to.id, state=state, version=Ticket.version + 1).where(Ticket.id == ticket.id).execute()
    record(ticket.id, "entregado", me.id, str(to.id))
