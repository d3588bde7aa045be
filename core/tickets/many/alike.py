"""Tickets that ask the same as one: of its categoría, open, and told in much the same words."""

from __future__ import annotations

from core.database.binding import reads
from core.database.prepared import Prepared, slot
from core.people import policy
from core.people.staff import current
from core.people.views import Staff
from core.text import words
from core.tickets import impartial
from core.tickets.access import visible_ticket
from core.tickets.lists.views import TicketRow
from core.tickets.many.models import MOST
from core.tickets.models import Message, Ticket
from core.tickets.records import rows_by_id

_LATEST = 400
_TELLING = 4
"""Letters from which a word tells something."""
_ALIKE = 0.3
"""The part of all the words of two texts that both must have."""


@reads
def alike(actor: Staff, ticket_id: int) -> tuple[int, ...]:
    """The open tickets that somebody may see which ask much the same as this one, the most similar first, itself included."""
    me = current(actor)
    ticket = visible_ticket(me, ticket_id, "read")
    said = _SAID(categoria=ticket.categoria, routes=sorted(policy.visible_routes(me)), limit=_LATEST)
    texts = {row_id: _telling(body) for row_id, body in said}
    mine = texts.get(ticket_id) or _telling(first_words(ticket_id))
    nearness = {row_id: _shared(mine, other) for row_id, other in texts.items()}
    near = [row_id for row_id, part in nearness.items() if part >= _ALIKE or row_id == ticket_id]
    return tuple(sorted(near, key=lambda row_id: (-nearness[row_id], row_id)))


@reads
def rows_alike(actor: Staff, ticket_id: int, most: int = MOST) -> tuple[TicketRow, ...]:
    """The same as rows of a list, a few of them."""
    return tuple(impartial.others_of(actor, rows_by_id(alike(actor, ticket_id)[:most])))


@reads
def first_words(ticket_id: int) -> str:
    """What the person wrote first."""
    found = _FIRST.first(ticket=ticket_id)
    return str(found[0]) if found else ""


def _telling(text: str) -> frozenset[str]:
    return frozenset(word for word in words(text) if len(word) >= _TELLING)


def _shared(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other) if one | other else 0.0


_FIRST = Prepared(
    lambda: (
        Message.select(Message.body)
        .where(Message.ticket == slot("ticket"), Message.kind == "persona")
        .order_by(Message.id)
        .limit(1)
    )
)
_SAID = Prepared(
    lambda routes: (
        Ticket.select(Ticket.id, Message.body)
        .join(Message, on=(Message.ticket == Ticket.id))
        .where(
            Ticket.resolved_at.is_null(),
            Ticket.categoria == slot("categoria"),
            Ticket.route.in_(routes),
            Message.kind == "persona",
            Message.submit_key.is_null(),
        )
        .order_by(Ticket.id.desc())
        .limit(slot("limit"))
    )
)
