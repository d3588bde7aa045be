"""The desk's lists: any window of any view at once, however long the list is."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any, NamedTuple

from peewee import SQL, Tuple, fn

from core import clock
from core.calendar import business
from core.database.binding import reads
from core.database.prepared import Prepared, slot
from core.people import policy
from core.people.staff import current
from core.people.views import Staff
from core.tickets import impartial
from core.tickets.lists.beat import beat
from core.tickets.lists.views import QueueCounts, SortKey, TicketRow
from core.tickets.many.models import Surge
from core.tickets.models import Mention, Ticket
from core.tickets.records import rows_by_id

SOON = 2
"""Business days before its date from which a ticket is about to be late."""

_OPEN = Ticket.resolved_at.is_null()
_PLACE = (Ticket.urgency, Ticket.due_on, Ticket.id)


def _everything(me: Any, soon: Any) -> Any:
    return Ticket.id.is_null(False)


def _called_to(me: Any) -> Any:
    """The tickets in whose notes somebody was mentioned, and has not looked since."""
    return Mention.select(Mention.ticket).where(Mention.staff == me, Mention.seen_at.is_null())


class View(NamedTuple):
    """A list at the desk: its code, its name on the screen, what it holds, whether the newest come first."""

    code: str
    name: str
    holds: Callable[[Any, Any], Any]
    """Its condition, from who looks and the last day that is soon."""
    newest_first: bool = False
    short: str = ""
    """Its name where there is little room, when that is another one."""
    place: tuple[Any, ...] = _PLACE
    """The columns that it is sorted by, each of which a `SortKey` has too."""
    is_open: bool = True
    """Whether only open tickets can stand in it."""
    apart: bool = False
    """Reached by a key of its own, not by its place among the others."""

    def compared(self) -> tuple[Any, Any]:
        """A row's place and the place of the anchor, to be compared."""
        if len(self.place) == 1:
            return self.place[0], slot(self.place[0].name)
        return Tuple(*self.place), Tuple(*(slot(column.name) for column in self.place))


VIEWS = {
    view.code: view
    for view in (
        View("sin_asignar", "Sin asignar", lambda me, soon: _OPEN & Ticket.assignee.is_null()),
        View("mios", "Míos", lambda me, soon: _OPEN & (Ticket.assignee == me)),
        View("por_vencer", "Por vencer", lambda me, soon: _OPEN & (Ticket.due_on <= soon)),
        View("en_espera", "En espera", lambda me, soon: Ticket.state == SQL("'en_espera'")),  # in full: its index answers it
        View("segundos", "Segundos tickets", lambda me, soon: _OPEN & Ticket.second_of.is_null(False), short="Segundos"),
        View(
            "respondidos", "Respondidos", lambda me, soon: Ticket.state == SQL("'respondido'"), True,
            place=(Ticket.answered_at, Ticket.id), is_open=False,
        ),
        View("abiertos", "Abiertos", lambda me, soon: _OPEN),
        View("todos", "Todos", _everything, True, place=(Ticket.id,), is_open=False),
        View(
            "menciones", "Menciones", lambda me, soon: Ticket.id.in_(_called_to(me)), True,
            place=(Ticket.id,), is_open=False, apart=True,
        ),
    )
}  # fmt: skip
OLDEST_FIRST = View("todos_antiguos", "Todos", _everything, place=(Ticket.id,), is_open=False)
"""All tickets the other way round."""
ORDERS_OF_ALL = ("folio", "edad")
"""The orders in which all tickets, a million of them, can be paged through."""
LISTS = {**VIEWS, OLDEST_FIRST.code: OLDEST_FIRST}
"""Everything that can be paged through by its code."""


def listed() -> tuple[View, ...]:
    """The views that are chosen by their place."""
    return tuple(view for view in VIEWS.values() if not view.apart)


@reads
def counts(actor: Staff) -> QueueCounts:
    """The figures beside the queue, for what this person may see; each is read from an index of its own."""
    seen = _seen_by(current(actor)) | {"today": clock.day_number(clock.today())}
    sizes = {view: _number(_queries(view).size, seen) for view in _COUNTED}
    due = [_number(query, seen) for query in (_DUE_SOON, _OVERDUE)]
    surges = _number(_SURGES, {"me": actor.id, "reviews": policy.allowed(actor, "review_surge")})
    return QueueCounts(*[*(sizes[view] for view in _COUNTED[:3]), *due, *(sizes[view] for view in _COUNTED[3:]), surges])


@reads
def size(actor: Staff, view: str) -> int:
    """How many tickets a view holds."""
    return _number(_queries(view).size, _seen_by(current(actor)))


@reads
def window(actor: Staff, view: str, start: int, limit: int, anchor: tuple[int, SortKey] | None = None) -> tuple[TicketRow, ...]:
    """The rows `start` to `start + limit` of a view; fast near an anchor (index, key of a row already seen)."""
    me = current(actor)
    seen, queries = _seen_by(me), _queries(view)
    if anchor is None:
        found = queries.window(**seen, limit=limit, skipped=start)
    elif start > anchor[0]:
        found = queries.after(**seen, **anchor[1]._asdict(), limit=limit, skipped=start - anchor[0] - 1)
    elif start + limit <= anchor[0]:
        found = queries.before(**seen, **anchor[1]._asdict(), limit=limit, skipped=anchor[0] - start - limit)[::-1]
    else:
        found = queries.window(**seen, limit=limit, skipped=start)
    return tuple(impartial.veiled(me, rows_by_id([ticket_id for (ticket_id,) in found])))


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
    return {"me": actor.id, "soon": soon(), "hidden": sorted(policy.hidden_routes(actor))}


def soon() -> int:
    """The last day of those on which a ticket is about to be late."""
    return clock.day_number(business.add_business_days(clock.today(), SOON))


class _Queries(NamedTuple):
    """The statements of one view."""

    size: Prepared
    window: Prepared
    after: Prepared
    before: Prepared
    position: Prepared
    arrivals: Prepared


@cache
def _queries(code: str) -> _Queries:
    view = LISTS[code]
    place, anchor = view.compared()
    beyond, before = (place < anchor, place > anchor) if view.newest_first else (place > anchor, place < anchor)

    def held(hidden: list[Any], *conditions: Any) -> tuple[Any, ...]:
        return (view.holds(slot("me"), slot("soon")), Ticket.route.not_in(hidden), *conditions)

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


def _due(last: Any) -> Prepared:
    """How many open tickets are due until a day: the index wants both urgencies by name."""
    both = Ticket.urgency.in_((0, 1))
    return Prepared(lambda hidden: Ticket.select(fn.COUNT(Ticket.id)).where(_OPEN, both, last, Ticket.route.not_in(hidden)))


_COUNTED = ("abiertos", "sin_asignar", "mios", "en_espera", "segundos", "respondidos", "menciones")
_DUE_SOON = _due(Ticket.due_on <= slot("soon"))
_OVERDUE = _due(Ticket.due_on < slot("today"))
_SURGES = Prepared(
    lambda: Surge.select(fn.COUNT(Surge.id)).where(
        ((Surge.state == SQL("'pedido'")) & (Surge.staff != slot("me")) & (slot("reviews") == 1))
        | ((Surge.staff == slot("me")) & Surge.state.in_(("aprobado", "rechazado")))
    )
)
_NEWEST = Prepared(lambda: Ticket.select(fn.MAX(Ticket.id)))
