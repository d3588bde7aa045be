"""Which answers are on hold; the verbs that put them there and let them go are in `holding`."""

from __future__ import annotations

from typing import Any

from core.database.binding import reads
from core.database.prepared import Prepared, slot
from core.errors import Conflict
from core.people.models import Staff as StaffRow
from core.people.views import Staff
from core.tickets.answers.views import Held
from core.tickets.models import HeldAnswer, Ticket


@reads
def of_ticket(ticket_id: int) -> Held | None:
    """The answer of a ticket that is on hold."""
    row = _OF_TICKET.first(ticket=ticket_id)
    return None if row is None else Held(*row)


@reads
def of_staff(actor: Staff) -> tuple[Held, ...]:
    """The answers of a member of the staff that are on hold, the latest last."""
    return tuple(Held(*row) for row in _OF_STAFF(staff=actor.id))


def why_not(is_mine: bool, analyst: str) -> str:
    """Why nothing else is done to a ticket while its answer is on hold."""
    if is_mine:
        return "tu respuesta está por salir: para cambiar algo, deshazla antes"
    return f"{analyst} acaba de responder: su respuesta está por salir"


@reads
def refuse(ticket: Ticket, me: Staff, more: str = "") -> None:
    """Raise `Conflict` while the ticket's answer is on hold; `more` is said behind the reason."""
    answer = of_ticket(ticket.id)
    if answer is not None:
        reason = why_not(answer.staff_id == me.id, answer.analyst)
        raise Conflict(f"{reason[:1].upper()}{reason[1:]}.{more}", ticket.folio)


def _with_ticket() -> Any:
    columns = Ticket.id, Ticket.folio, StaffRow.id, StaffRow.name, HeldAnswer.body, HeldAnswer.release_at
    tickets = HeldAnswer.select(*columns).join(Ticket, on=(HeldAnswer.ticket == Ticket.id))
    return tickets.join(StaffRow, on=(HeldAnswer.staff == StaffRow.id))


_OF_TICKET = Prepared(lambda: _with_ticket().where(HeldAnswer.ticket == slot("ticket")))
_OF_STAFF = Prepared(lambda: _with_ticket().where(HeldAnswer.staff == slot("staff")).order_by(HeldAnswer.id))
