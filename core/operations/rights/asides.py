"""What the staff put beside somebody's tickets: what of it is handed out, and how it is forgotten."""

from __future__ import annotations

from core import clock
from core.operations.rights.gathering import Record
from core.operations.rights.whose import Whose
from core.tickets.models import Relation, Tag, Ticket


def tags(whose: Whose) -> list[Record]:
    """The words that were put on the tickets."""
    folios = _folios(whose)
    return [
        {"folio": folios[row.ticket_id], "fecha": clock.local(row.at), "etiqueta": row.word}
        for row in Tag.select().where(Tag.ticket.in_(whose.ticket_ids)).order_by(Tag.at, Tag.folded)
    ]


def forget_tags(whose: Whose) -> None:
    """They are words about somebody."""
    Tag.delete().where(Tag.ticket.in_(whose.ticket_ids)).execute()


def relations(whose: Whose) -> list[Record]:
    """Which tickets were tied to others; a ticket of somebody else is not named."""
    folios = _folios(whose)
    return [
        {
            "folio": folios.get(row.ticket_id) or folios[row.other_id],
            "fecha": clock.local(row.at),
            "relacionado": folios[row.other_id] if {row.ticket_id, row.other_id} <= set(folios) else "",
        }
        for row in Relation.select().where(_of(whose)).order_by(Relation.at)
    ]


def forget_reasons(whose: Whose) -> None:
    """Why, which may say more of somebody; that two tickets have to do with each other stays."""
    Relation.update(reason="").where(_of(whose)).execute()


def _of(whose: Whose) -> object:
    return Relation.ticket.in_(whose.ticket_ids) | Relation.other.in_(whose.ticket_ids)


def _folios(whose: Whose) -> dict[int, str]:
    return dict(Ticket.select(Ticket.id, Ticket.folio).where(Ticket.id.in_(whose.ticket_ids)).tuples())
