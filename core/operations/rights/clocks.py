"""What stopped and what lengthened the terms of somebody's tickets: ids, codes and times, handed out like the history."""

from __future__ import annotations

from core import clock
from core.operations.rights.gathering import Record
from core.operations.rights.whose import Whose
from core.tickets.models import Extension, Pause, Ticket


def waits(whose: Whose) -> list[Record]:
    """When the person was asked for something, and until when."""
    folios = _folios(whose)
    return [
        {
            "folio": folios[row.ticket_id],
            "pedida": clock.local(row.asked_at),
            "hasta": clock.day_from(row.until_on),
            "recordatorio": clock.local(row.reminded_at) if row.reminded_at else None,
            "terminado": clock.local(row.ended_at) if row.ended_at else None,
            "codigo": row.outcome,
        }
        for row in Pause.select().where(Pause.ticket.in_(whose.ticket_ids)).order_by(Pause.id)
    ]


def extensions(whose: Whose) -> list[Record]:
    """When more days were taken, and how many."""
    folios = _folios(whose)
    return [
        {"folio": folios[row.ticket_id], "fecha": clock.local(row.at), "dias": row.days}
        for row in Extension.select().where(Extension.ticket.in_(whose.ticket_ids)).order_by(Extension.at)
    ]


def _folios(whose: Whose) -> dict[int, str]:
    return dict(Ticket.select(Ticket.id, Ticket.folio).where(Ticket.id.in_(whose.ticket_ids)).tuples())
