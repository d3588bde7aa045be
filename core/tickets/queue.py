"""The desk's lists: any window of any view at once, however long the list is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from peewee import Case, Tuple, fn

from core import clock
from core.calendar import business
from core.database.binding import reads
from core.people import policy
from core.people.staff import current
from core.people.views import Staff
from core.tickets.models import Event, Ticket
from core.tickets.records import rows
from core.tickets.views import QueueCounts, SortKey, TicketRow

SOON = 2
"""Business days before its date from which a ticket is about to be late."""

_OPEN = Ticket.resolved_at.is_null()
_PLACE = (Ticket.urgency, Ticket.due_on, Ticket.id)


@dataclass(frozen=True, slots=True)
class View:
    """A list at the desk: its code, its name on the screen, whether the newest come first."""

    code: str
    name: str
    newest_first: bool
    holds: Callable[[Staff], Any]


def _soon() -> int:
    return clock.day_number(business.add_business_days(clock.today(), SOON))


VIEWS = {
    view.code: view
    for view in (
        View("sin_asignar", "Sin asignar", False, lambda actor: _OPEN & Ticket.assignee.is_null()),
        View("mios", "Míos", False, lambda actor: _OPEN & (Ticket.assignee == actor.id)),
        View("por_vencer", "Por vencer", False, lambda actor: _OPEN & (Ticket.due_on <= _soon())),
        View("abiertos", "Abiertos", False, lambda actor: _OPEN),
        View("todos", "Todos", True, lambda actor: Ticket.id > 0),
    )
}


@reads
def counts(actor: Staff) -> QueueCounts:
    """The figures beside the queue, for what this person may see."""
    me = current(actor)
    today = clock.day_number(clock.today())
    one = Ticket.id  # count(id): rows of the partial index alone
    row = (
        Ticket.select(
            fn.COUNT(one),
            fn.SUM(_one_if(Ticket.assignee.is_null())),
            fn.SUM(_one_if(Ticket.assignee == me.id)),
            fn.SUM(_one_if(Ticket.due_on <= _soon())),
            fn.SUM(_one_if(Ticket.due_on < today)),
        )
        .where(_OPEN, _visible(me))
        .tuples()
        .get()
    )
    return QueueCounts(*(int(value or 0) for value in row))


@reads
def size(actor: Staff, view: str) -> int:
    """How many tickets a view holds."""
    return int(Ticket.select(fn.COUNT(Ticket.id)).where(_condition(current(actor), view)).scalar())


@reads
def window(actor: Staff, view: str, start: int, limit: int, anchor: tuple[int, SortKey] | None = None) -> tuple[TicketRow, ...]:
    """The rows `start` to `start + limit` of a view; fast near an anchor (index, key of a row already seen)."""
    condition = _condition(current(actor), view)
    forward = anchor is None or start > anchor[0]
    if anchor is not None and not forward:
        found = _backward(view, condition, start, limit, anchor)
        if found is not None:
            return found
        anchor = None
    skipped = start
    if anchor is not None:
        condition &= _beyond(view, anchor[1])
        skipped = start - anchor[0] - 1
    return _fetch(view, condition, limit, skipped, reverse=False)


@reads
def position(actor: Staff, view: str, key: SortKey) -> int:
    """How many rows of a view stand before this place."""
    condition = _condition(current(actor), view) & _before(view, key)
    return int(Ticket.select(fn.COUNT(Ticket.id)).where(condition).scalar())


@reads
def arrivals(actor: Staff, view: str, after_id: int) -> int:
    """How many tickets of a view were opened after this one."""
    condition = _condition(current(actor), view) & (Ticket.id > after_id)
    return int(Ticket.select(fn.COUNT(Ticket.id)).where(condition).scalar())


@reads
def newest_id() -> int:
    """The id of the newest ticket; 0 when there is none."""
    return int(Ticket.select(fn.MAX(Ticket.id)).scalar() or 0)


@reads
def change_mark() -> int:
    """A number that grows whenever something happens to any ticket."""
    return int(Event.select(fn.MAX(Event.id)).scalar() or 0)


def _one_if(condition: Any) -> Any:
    return Case(None, ((condition, 1),), 0)


def _visible(actor: Staff) -> Any:
    return Ticket.route.in_(sorted(policy.visible_routes(actor)))


def _condition(actor: Staff, view: str) -> Any:
    return VIEWS[view].holds(actor) & _visible(actor)


def _key(view: str, key: SortKey) -> tuple[Any, Any]:
    """The two sides to compare for a place in a view."""
    return (Ticket.id, key.id) if VIEWS[view].newest_first else (Tuple(*_PLACE), Tuple(*key))


def _beyond(view: str, key: SortKey) -> Any:
    place, value = _key(view, key)
    return place < value if VIEWS[view].newest_first else place > value


def _before(view: str, key: SortKey) -> Any:
    place, value = _key(view, key)
    return place > value if VIEWS[view].newest_first else place < value


def _backward(view: str, condition: Any, start: int, limit: int, anchor: tuple[int, SortKey]) -> tuple[TicketRow, ...] | None:
    """The window that ends at or before the anchor, read from the anchor back; None when it reaches past it."""
    skipped = anchor[0] - (start + limit)
    if skipped < 0:
        return None
    found = _fetch(view, condition & _before(view, anchor[1]), limit, skipped, reverse=True)
    return tuple(reversed(found))


def _fetch(view: str, condition: Any, limit: int, skipped: int, reverse: bool) -> tuple[TicketRow, ...]:
    descending = VIEWS[view].newest_first != reverse
    place = (Ticket.id,) if VIEWS[view].newest_first else _PLACE
    order = [column.desc() if descending else column.asc() for column in place]
    ids = [row[0] for row in Ticket.select(Ticket.id).where(condition).order_by(*order).limit(limit).offset(skipped).tuples()]
    found = {row.id: row for row in rows(Ticket.id.in_(ids))} if ids else {}
    return tuple(found[ticket_id] for ticket_id in ids if ticket_id in found)
