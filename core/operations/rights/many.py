"""What concerns several tickets at once: which of somebody's were joined; answers to many are forgotten with their words."""

from __future__ import annotations

from core import clock
from core.operations.rights.gathering import Record
from core.operations.rights.whose import Whose
from core.tickets.many.models import Joint, Surge, SurgeTicket
from core.tickets.models import Ticket


def joints(whose: Whose) -> list[Record]:
    """Which tickets went on in which others, and since when."""
    folios = dict(Ticket.select(Ticket.id, Ticket.folio).where(Ticket.id.in_(whose.ticket_ids)).tuples())
    return [
        {
            "folio": folios[row.ticket_id],
            "sigue_en": folios[row.into_id],
            "fecha": clock.local(row.at),
            "codigo": row.former_state,
            "terminado": clock.local(row.undone_at) if row.undone_at else None,
        }
        for row in Joint.select().where(Joint.ticket.in_(whose.ticket_ids)).order_by(Joint.id)
    ]


def forget_surges(whose: Whose) -> None:
    """The words of answers to many that were for one of these tickets: they may name whoever asked."""
    theirs = SurgeTicket.select(SurgeTicket.surge).where(SurgeTicket.ticket.in_(whose.ticket_ids))
    Surge.update(body="", verdict="").where(Surge.id.in_(theirs)).execute()


def forget_places(whose: Whose) -> None:
    """Which answers to many these tickets were to get."""
    SurgeTicket.delete().where(SurgeTicket.ticket.in_(whose.ticket_ids)).execute()
