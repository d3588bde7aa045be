"""The desk's lists: any window of any view at once, however long the list is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from peewee import SQL, Case, Tuple, fn

from core import clock
from core.calendar import business
from core.database.binding import reads
from core.database.prepared import Prepared, slot
from core.people import policy
from core.people.staff import current
from core.people.views import Staff
from core.tickets.held import beat
from core.tickets.models import Mention, Ticket
from core.tickets.records import rows_by_id
from core.tickets.views import QueueCounts, SortKey, TicketRow

SOON = 2
"""Business days before its date from which a ticket is about to be late."""

_OPEN = Ticket.resolved_at.is_null()
_PLACE = (Ticket.urgency, Ticket.due_on, Ticket.id)


@dataclass(frozen=True, slots=True)
class View:
    """A list at the desk: its code, its name on the screen, what it holds, whether the newest come first."""

    code: str
    name: str
    holds: Callable[[], Any]
    newest_first: bool = False
    short: str = ""
    """Its name where there is little room, when that is another one."""
    apart: bool = False
    """Reached by a key of its own, not by its place among the others."""

    @property
    def place(self) -> tuple[Any, ...]:
        """The columns that it is sorted by."""
        return (Ticket.id,) if self.newest_first else _PLACE

    def compared(self) -> tuple[Any, Any]:
        """A row's place and the place of the anchor, to be compared."""
        return (Ticket.id, slot("id")) if self.newest_first else (Tuple(*_PLACE), Tuple(*map(slot, SortKey._fields)))


VIEWS = {
    view.code: view
    for view in (
        View("sin_asignar", "Sin asignar", lambda: _OPEN & Ticket.assignee.is_null()),
        View("mios", "Míos", lambda: _OPEN & (Ticket.assignee == slot("me"))),
        View("por_vencer", "Por vencer", lambda: _OPEN & (Ticket.due_on <= slot("soon"))),
        View("en_espera", "En espera", lambda: Ticket.state == SQL("'en_espera'")),  # in full and alone: its index answers it
        View("segundos", "Segundos tickets", lambda: _OPEN & Ticket.second_of.is_null(False), short="Segundos"),
        View("abiertos", "Abiertos", lambda: _OPEN),
        View("todos", "Todos", lambda: Ticket.id.is_null(False), newest_first=True),
        View("menciones", "Menciones", lambda: Ticket.id.in_(_called_to()), newest_first=True, apart=True),
    )
}


def _called_to() -> Any:
    """The tickets in whose notes somebody was mentioned, and has not looked since."""
    return Mention.select(Mention.ticket).where(Mention.staff == slot("me"), Mention.seen_at.is_null())


def listed() -> tuple[View, ...]:
    """The views that are chosen by their place."""
    return tuple(view for view in VIEWS.values() if not view.apart)


@reads
def counts(actor: Staff) -> QueueCounts:
    """The figures beside the queue, for what this person may see."""
    seen = _seen_by(current(actor))
    (row,) = _COUNTS(**seen, today=clock.day_number(clock.today()))
    few = (_number(_queries(view).size, seen) for view in ("en_espera", "segundos", "menciones"))
    return QueueCounts(*(int(value or 0) for value in row), *few)


@reads
def size(actor: Staff, view: str) -> int:
    """How many tickets a view holds."""
    return _number(_queries(view).size, _seen_by(current(actor)))


@reads
def window(actor: Staff, view: str, start: int, limit: int, anchor: tuple[int, SortKey] | None = None) -> tuple[TicketRow, ...]:
    """The rows `start` to `start + limit` of a view; fast near an anchor (index, key of a row already seen)."""
    seen, queries = _seen_by(current(actor)), _queries(view)
    if anchor is None:
        found = queries.window(**seen, limit=limit, skipped=start)
    elif start > anchor[0]:
        found = queries.after(**seen, **anchor[1]._asdict(), limit=limit, skipped=start - anchor[0] - 1)
    elif start + limit <= anchor[0]:
        found = queries.before(**seen, **anchor[1]._asdict(), limit=limit, skipped=anchor[0] - start - limit)[::-1]
    else:
        found = queries.window(**seen, limit=limit, skipped=start)
    return tuple(rows_by_id([ticket_id for (ticket_id,) in found]))


@reads
def position(actor: Staff, view: str, key: SortKey) -> int:
    """How many rows of a view stand before this place."""
    return _number(_queries(view).position, _seen_by(current(actor)) | key._asdict())


@reads
def arrivals(actor: Staff, view: str, after_id: int) -> int:
    """How many tickets of a view were opened after this one."""
    return _number(_queries(view).arrivals, _seen_by(current(actor)) | {"after": after_id})


@reads
def newest_id() -> int:
    """The id of the newest ticket; 0 when there is none."""
    return _number(_NEWEST, {})


@reads
def change_mark() -> int:
    """A number that is another one after whatever happens to any ticket."""
    return beat().mark


def _number(query: Prepared, values: dict[str, Any]) -> int:
    ((number,),) = query(**values)
    return int(number or 0)


def _seen_by(actor: Staff) -> dict[str, Any]:
    """The values that every list depends on; what is hidden is left out, for a database would sort by route otherwise."""
    soon = business.add_business_days(clock.today(), SOON)
    return {"me": actor.id, "soon": clock.day_number(soon), "hidden": sorted(policy.hidden_routes(actor))}


@dataclass(frozen=True, slots=True)
class _Queries:
    """The statements of one view."""

    size: Prepared
    window: Prepared
    after: Prepared
    before: Prepared
    position: Prepared
    arrivals: Prepared


@cache
def _queries(code: str) -> _Queries:
    view = VIEWS[code]
    place, anchor = view.compared()
    beyond, before = (place < anchor, place > anchor) if view.newest_first else (place > anchor, place < anchor)

    def held(hidden: list[Any], *conditions: Any) -> tuple[Any, ...]:
        return (view.holds(), Ticket.route.not_in(hidden), *conditions)

    def ids(*conditions: Any, backwards: bool = False) -> Prepared:
        downwards = view.newest_first != backwards
        order = [column.desc() if downwards else column.asc() for column in view.place]
        limits = slot("limit"), slot("skipped")
        return Prepared(
            lambda hidden: (
                Ticket.select(Ticket.id).where(*held(hidden, *conditions)).order_by(*order).limit(limits[0]).offset(limits[1])
            )
        )

    def count(*conditions: Any) -> Prepared:
        return Prepared(lambda hidden: Ticket.select(fn.COUNT(Ticket.id)).where(*held(hidden, *conditions)))

    return _Queries(
        size=count(),
        window=ids(),
        after=ids(beyond),
        before=ids(before, backwards=True),
        position=count(before),
        arrivals=count(Ticket.id > slot("after")),
    )


def _one_if(condition: Any) -> Any:
    return fn.SUM(Case(None, ((condition, 1),), 0))


_COUNTS = Prepared(
    lambda hidden: Ticket.select(
        fn.COUNT(Ticket.id),
        _one_if(Ticket.assignee.is_null()),
        _one_if(Ticket.assignee == slot("me")),
        _one_if(Ticket.due_on <= slot("soon")),
        _one_if(Ticket.due_on < slot("today")),
    ).where(_OPEN, Ticket.route.not_in(hidden))
)
_NEWEST = Prepared(lambda: Ticket.select(fn.MAX(Ticket.id)))
