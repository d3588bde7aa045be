"""What the screens show, asked of core: every function here runs in a thread and returns a whole answer.

What the first list does not need is imported when it is first used; `warm` does that while nobody waits.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, NamedTuple

from analyst_tui.widgets.window import PAGE
from core.people import staff
from core.people.views import Staff
from core.tickets.lists import queue
from core.tickets.lists.views import QueueCounts, SortKey, TicketRow

if TYPE_CHECKING:
    from core.calendar.ledger import Ledger
    from core.tickets.looks import Reason
    from core.tickets.searching.views import Found, OwnView
    from core.tickets.views import TicketSheet

THREADS = "desk"
"""What the names of a terminal's threads begin with."""
FIRST_VIEW = "sin_asignar"
EVERYTHING = "todos"
"""The view that only an index can put in order."""
ONE_ANALYST = ("sin_asignar", "mios")
_PAST_THE_END = {True: SortKey(0, 0, 0), False: SortKey(9, 99_999_999, 2**62)}
"""The place after the last row, by whether the newest come first."""
Pages = dict[int, tuple[TicketRow, ...]]


class Pulse(NamedTuple):
    """What the desk watches: a number that grows with every change, the newest ticket, the counts."""

    mark: int
    newest: int
    counts: QueueCounts


class Listing(NamedTuple):
    """A list as it is now: its length, the loaded pages, and where the cursor belongs."""

    view: str
    total: int
    pages: Pages
    cursor: int
    pulse: Pulse
    arrived: int
    """How many of its tickets were opened after the one last seen."""


class Asked(NamedTuple):
    """A search line, the order of what it finds, and whether closed tickets are looked through too."""

    line: str
    order: str = ""
    closed: bool = False


class Keep(NamedTuple):
    """The list as it was read: the cursor's ticket and place, the lines around it, its length, the newest ticket."""

    row: TicketRow | None
    place: int
    line: int
    lines: int
    total: int
    newest: int


class Sought(NamedTuple):
    """What a line finds, with the loaded pages and where the cursor belongs."""

    found: Found
    pages: Pages
    cursor: int
    pulse: Pulse | None


def threads() -> ThreadPoolExecutor:
    """The threads of a terminal: few, for each holds a connection to the database and its cache."""
    return ThreadPoolExecutor(2, THREADS)


def signed_in(token: str) -> tuple[Staff, Listing]:
    """Who the session belongs to, and the first list."""
    actor = staff.staff_of(token)
    return actor, listing(actor, FIRST_VIEW)


def pulse(actor: Staff) -> Pulse:
    """The state of the desk in three figures."""
    return Pulse(queue.change_mark(), queue.newest_id(), queue.counts(actor))


def listing(actor: Staff, view: str, keep: Keep | None = None, seen: int = 0) -> Listing:
    """A view as it is now, with the pages around the kept ticket; `seen` is the newest ticket seen so far."""
    beat = pulse(actor)
    total = _size(actor, view, beat.counts, keep)
    cursor, pages = _around(actor, view, total, keep)
    arrived = queue.arrivals(actor, view, seen) if seen and beat.newest > seen else 0
    return Listing(view, total, pages, cursor, beat, arrived)


def _size(actor: Staff, view: str, counts: QueueCounts, keep: Keep | None) -> int:
    known = view_count(view, counts)
    if known is not None:
        return known
    if keep is not None and keep.total and queue.LISTS[view].newest_first:  # it only grows: count what is new
        return keep.total + queue.arrivals(actor, view, keep.newest)
    return queue.size(actor, view)


def view_count(view: str, counts: QueueCounts) -> int | None:
    """How many tickets a view holds, when that is one of the counts."""
    by_view = {
        "sin_asignar": counts.unassigned,
        "mios": counts.mine,
        "por_vencer": counts.due_soon,
        "en_espera": counts.waiting,
        "segundos": counts.seconds,
        "respondidos": counts.answered,
        "menciones": counts.mentions,
        "abiertos": counts.open,
    }
    return by_view.get(view)


def _around(actor: Staff, view: str, total: int, keep: Keep | None) -> tuple[int, Pages]:
    if keep is None:
        return 0, {0: queue.window(actor, view, 0, PAGE)}
    cursor = keep.place if keep.row is None else queue.position(actor, view, keep.row.sort_key)
    cursor = max(min(cursor, total - 1), 0)
    return cursor, {number: queue.window(actor, view, number * PAGE, PAGE) for number in _pages_around(cursor, keep)}


def _pages_around(cursor: int, keep: Keep) -> range:
    """The pages that are on the screen when the cursor stands where it stood."""
    first = max(cursor - keep.line, 0)
    return range(first // PAGE, (first + keep.lines) // PAGE + 1)


def page(actor: Staff, view: str, number: int, total: int, anchor: tuple[int, SortKey] | None) -> tuple[TicketRow, ...]:
    """One page of a view of `total` rows, read from a known row or from the nearer end."""
    start = number * PAGE
    if anchor is None and start > total // 2:
        anchor = total, _PAST_THE_END[queue.LISTS[view].newest_first]
    return queue.window(actor, view, start, min(PAGE, total - start), anchor)


def first_rows(actor: Staff, code: str, found: Found | None, count: int) -> tuple[TicketRow, ...]:
    """The first rows of a list, or of what was found."""
    if found is None:
        return queue.window(actor, code, 0, count)
    return tuple(row for number in range(-(-count // PAGE)) for row in page_of_found(actor, found, number))[:count]


def first_arrival(actor: Staff, view: str, after: int) -> tuple[int, TicketRow] | None:
    """The place and row of the first ticket of a view that was opened after this one."""
    newest = [row for row in queue.window(actor, "todos", 0, PAGE) if row.id > after]
    places = ((queue.position(actor, view, row.sort_key), row) for row in newest)
    there = ((place, row) for place, row in places if _stands(actor, view, place, row))
    return min(there, key=lambda found: found[0], default=None)


def _stands(actor: Staff, view: str, place: int, row: TicketRow) -> bool:
    found = queue.window(actor, view, place, 1)
    return bool(found) and found[0].id == row.id


def sheet(actor: Staff, ticket_id: int, reason: Reason | None = None) -> TicketSheet:
    """A ticket with everything that an analyst needs beside it; raises `NeedsReason` for what is not their own work."""
    from core.tickets import sheets
    from core.tickets.answers import drawer, recovering

    if drawer.holds(actor.id, ticket_id):
        recovering.bring_back(actor)
    return sheets.open_sheet(actor, ticket_id, reason)


def ledger(actor: Staff, ticket_id: int) -> Ledger:
    """A ticket's term day by day."""
    from core.tickets import sheets

    return sheets.ledger_of(actor, ticket_id)


def taken(actor: Staff) -> TicketSheet | None:
    """The ticket that hurries most, now the actor's; None when there is none to take."""
    from core.tickets import desk

    ticket_id = desk.take_next(actor)
    return None if ticket_id is None else sheet(actor, ticket_id)


def claimed(actor: Staff, ticket_id: int) -> TicketSheet:
    """A ticket after it was made the actor's own."""
    from core.tickets import desk

    desk.claim(actor, ticket_id)
    return sheet(actor, ticket_id)


def released(actor: Staff, ticket_id: int) -> TicketSheet:
    """A ticket after the actor gave it back to everybody."""
    from core.tickets import desk

    desk.release(actor, ticket_id)
    return sheet(actor, ticket_id)


def list_code(view: str, order: str) -> str:
    """The list of a view in an order; all tickets stand oldest first in a list of their own."""
    oldest_first = is_paged(view, order) and not order.startswith("-")
    return queue.OLDEST_FIRST.code if oldest_first else view


def is_paged(view: str, order: str) -> bool:
    """Whether a view in an order is a list of its own, however long it is."""
    return view == EVERYTHING and order.removeprefix("-") in queue.ORDERS_OF_ALL


def line_of(view: str) -> str:
    """The search line that finds what a view holds."""
    return f"vista:{view.replace('_', '-')}"


def sought(actor: Staff, asked: Asked, keep: Keep | None = None, beats: bool = False) -> Sought:
    """What a search line finds, with the pages around the kept ticket; with the desk's state where that is wanted."""
    from core.tickets.searching import search

    beat = pulse(actor) if beats else None
    found = search.search(actor, asked.line, PAGE, asked.order, asked.closed)
    if keep is None:
        return Sought(found, {0: found.rows}, 0, beat)
    cursor = _place_in(found, keep)
    pages = {0: found.rows} | {n: page_of_found(actor, found, n) for n in _pages_around(cursor, keep) if n}
    return Sought(found, pages, cursor, beat)


def _place_in(found: Found, keep: Keep) -> int:
    if keep.row is not None and keep.row.id in found.ids:
        return found.ids.index(keep.row.id)
    return max(min(keep.place, len(found.ids) - 1), 0)


def page_of_found(actor: Staff, found: Found, number: int) -> tuple[TicketRow, ...]:
    """One page of what was found."""
    from core.tickets.searching import search

    return search.page(actor, found, number * PAGE, PAGE)


def own_views(actor: Staff) -> tuple[OwnView, ...]:
    """The views that somebody keeps."""
    from core.tickets.searching import own_views

    return own_views.own_views(actor)


def own_sizes(actor: Staff, views: Sequence[OwnView]) -> dict[int, tuple[int, bool]]:
    """How many tickets each of one's views holds, no further than is counted; whether there are more."""
    from core.tickets.searching import own_views

    return {view.id: own_views.size(actor, view) for view in views}


def keep_view(actor: Staff, name: str, asked: Asked) -> OwnView:
    """What was asked for, kept under a name."""
    from core.tickets.searching import own_views

    return own_views.keep(actor, name, *asked)


def rename_view(actor: Staff, view_id: int, name: str) -> OwnView:
    """A view under another name."""
    from core.tickets.searching import own_views

    return own_views.rename(actor, view_id, name)


def drop_view(actor: Staff, view_id: int) -> None:
    """Give a view up."""
    from core.tickets.searching import own_views

    own_views.drop(actor, view_id)


def warm() -> None:
    """Load what the first opened ticket and the first answer will need."""
    from analyst_tui.screens import ticket  # noqa: F401
    from analyst_tui.widgets import search_line  # noqa: F401
    from core.people import applications  # noqa: F401
    from core.tickets import sheets
    from core.tickets.searching import own_views, search  # noqa: F401

    sheets.get_ready()
