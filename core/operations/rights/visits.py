"""Hours at an office: what is handed out of them, and what is forgotten."""

from __future__ import annotations

from core import clock
from core.appointments import booking, offices
from core.appointments.models import Appointment
from core.operations.rights.gathering import Record
from core.operations.rights.whose import Whose
from core.tickets.models import Ticket


def appointments(whose: Whose) -> list[Record]:
    """Hours at an office, each on the office's own clocks."""
    folios = dict(Ticket.select(Ticket.id, Ticket.folio).where(Ticket.id.in_(whose.ticket_ids)).tuples())
    mine = Appointment.select().where(Appointment.person.in_(whose.person_ids)).order_by(Appointment.id)
    return [
        {
            "persona": row.person_id,
            "folio": folios.get(row.ticket_id, ""),
            "oficina": offices.named(row.office).city,
            "hora": offices.named(row.office).local(row.starts_at),
            "minutos": row.minutes,
            "preferente": bool(row.preferential),
            "estado": row.state,
            "pedida": clock.local(row.booked_at),
            "cambiada": clock.local(row.changed_at),
            "recordada_el": clock.local(row.reminded_at) if row.reminded_at else None,
            "terminado": clock.local(row.ended_at) if row.ended_at else None,
        }
        for row in mine
    ]


def forget(whose: Whose) -> None:
    """The hour that is still to come goes to somebody else, and what was said of oneself for it is gone."""
    booking.give_up(list(whose.person_ids))
