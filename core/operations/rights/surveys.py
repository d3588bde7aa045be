"""What somebody thought of answers: handed out whole; of the erased, grades stay for the figures and words go."""

from __future__ import annotations

from core import clock
from core.operations.rights.gathering import Record
from core.operations.rights.whose import Whose
from core.tickets.models import Survey, Ticket


def surveys(whose: Whose) -> list[Record]:
    """Grades with their comments."""
    folios = dict(Ticket.select(Ticket.id, Ticket.folio).where(Ticket.id.in_(whose.ticket_ids)).tuples())
    mine = Survey.select().where(Survey.ticket.in_(whose.ticket_ids)).order_by(Survey.ticket)
    return [
        {
            "folio": folios[row.ticket_id],
            "fecha": clock.local(row.answered_at),
            "nota": row.grade,
            "comentario": row.comment,
        }
        for row in mine
    ]


def forget(whose: Whose) -> None:
    """The words beside the grades."""
    Survey.update(comment="").where(Survey.ticket.in_(whose.ticket_ids)).execute()
