"""Keeps the list true: loads its pages, follows what changes, narrows it while somebody searches."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from analyst_tui import feed
from analyst_tui.background import ask, is_busy
from analyst_tui.feed import Asked, Keep, Listing, Pulse, Sought
from analyst_tui.widgets.ticket_list import TicketList
from analyst_tui.widgets.window import PAGE
from core.tickets.lists.views import SortKey, TicketRow

if TYPE_CHECKING:
    from core.tickets.searching.views import Found, OwnView

FIRST_SEARCHED = 2
"""Characters from which a search runs: one letter finds everything and costs the most."""


class Choice(NamedTuple):
    """What somebody has chosen to see: a view or one of their own, in an order, closed tickets too, narrowed by a line."""

    view: str = feed.FIRST_VIEW
    own: OwnView | None = None
    order: str = ""
    closed: bool = False
    line: str = ""

    @property
    def searches(self) -> bool:
        """Whether a search line narrows it."""
        return len(self.line.strip()) >= FIRST_SEARCHED

    @property
    def is_view(self) -> bool:
        """Whether it is one of the desk's own views, in whatever order."""
        return not self.searches and self.own is None

    @property
    def asked(self) -> Asked | None:
        """What is asked for when that is not a view as it is."""
        if self.searches:
            return Asked(self.line, self.order, self.closed)
        if self.own is not None:
            return Asked(self.own.line, self.order or self.own.order, self.closed)
        return Asked(feed.line_of(self.view), self.order) if self.order and not feed.is_paged(self.view, self.order) else None


class Lister:
    """One list of tickets, what was chosen to stand in it, and what has arrived since."""

    def __init__(self, tickets: TicketList, tell: Callable[[], None]) -> None:
        self.tickets = tickets
        self.choice = Choice()
        self.found: Found | None = None
        self.pulse: Pulse | None = None
        self.seen = 0
        """The newest ticket that was there when somebody last looked."""
        self._tell = tell
        self._before_search: tuple[Choice, Keep] | None = None
        self._behind = False
        self._edition = 0
        self.arrived = 0
        """How many tickets of the view were opened since."""

    @property
    def view(self) -> str:
        """The view's code."""
        return self.choice.view

    @property
    def line(self) -> str:
        """The search line."""
        return self.choice.line

    def keep(self) -> Keep:
        """Where the cursor stands, so that it can stay there."""
        tickets, newest = self.tickets, self.pulse.newest if self.pulse else 0
        line = tickets.cursor - tickets.top
        return Keep(tickets.current, tickets.cursor, line, tickets.lines, tickets.window.total, newest)

    def show(self, listing: Listing, line: int = 0) -> None:
        """Show a view that was read."""
        self.found = None
        self.pulse = listing.pulse
        self.seen = self.seen or listing.pulse.newest
        self.arrived = listing.arrived
        self.tickets.searching, self.tickets.one_analyst = False, self.view in feed.ONE_ANALYST
        self.tickets.words, self.tickets.order = (), self.choice.order
        self.tickets.replace(listing.total, listing.pages, listing.cursor, line)
        self._shown()

    def _show_sought(self, sought: Sought, line: int = 0) -> None:
        asked, self.found = self.choice.asked, sought.found
        self.pulse = sought.pulse or self.pulse
        self.arrived = 0
        self.tickets.searching = self.choice.searches and bool(sought.found.words or sought.found.named)
        self.tickets.one_analyst = self.choice.is_view and self.view in feed.ONE_ANALYST
        self.tickets.words, self.tickets.order = sought.found.words, asked.order if asked else ""
        self.tickets.replace(len(sought.found.ids), sought.pages, sought.cursor, line)
        self._shown()

    def _shown(self) -> None:
        self._edition += 1
        self._tell()
        if self._behind:
            self._behind = False
            self.refresh()

    def restart(self, listing: Listing) -> None:
        """Forget what the one before had in view, and show a list."""
        self.choice, self.seen, self._before_search = Choice(listing.view), 0, None
        self.show(listing)

    def choose(self, view: str, own: OwnView | None = None) -> None:
        """Show another view, or one of one's own, from its first ticket."""
        self._before_search = None
        self._turn_to(Choice(view, own, closed=own is not None and own.closed))

    def _turn_to(self, choice: Choice, keep: Keep | None = None, quiet: bool = False) -> None:
        """Read what was chosen; the cursor stays where it is kept."""
        self.choice = choice
        asked, seen, line = choice.asked, self.seen, keep.line if keep else 0
        if asked is None:
            code = feed.list_code(choice.view, choice.order)
            ask(
                self.tickets,
                "list",
                lambda me: feed.listing(me, code, keep, seen),
                lambda listing: self.show(listing, line),
                quiet=quiet,
            )
        else:
            beats = keep is not None or not choice.searches
            ask(
                self.tickets,
                "list",
                lambda me: feed.sought(me, asked, keep, beats),
                lambda sought: self._show_sought(sought, line),
                quiet=quiet,
            )

    def refresh(self) -> None:
        """Read the list again; the cursor stays on its ticket and on its line of the screen.

        While another list is on its way it waits for that one: what somebody chose is never superseded by news.
        """
        if is_busy(self.tickets, "list"):
            self._behind = True
        else:
            self._turn_to(self.choice, self.keep(), quiet=True)

    def load(self) -> None:
        """Read the pages that the screen misses."""
        missing = self.tickets.missing()
        if not missing:
            return
        number, total, edition, found = missing[0], self.tickets.window.total, self._edition, self.found
        code, anchor = feed.list_code(self.view, self.choice.order), self._anchor(number)
        ask(
            self.tickets,
            "page",
            lambda me: feed.page(me, code, number, total, anchor) if found is None else feed.page_of_found(me, found, number),
            lambda rows: self._put(edition, number, rows),
        )

    def _anchor(self, number: int) -> tuple[int, SortKey] | None:
        """A loaded row next to a page, from which it is read at once however far down it is."""
        for place in (number * PAGE - 1, (number + 1) * PAGE):
            row = self.tickets.window.row(place)
            if row is not None:
                return place, row.sort_key
        return None

    def _put(self, edition: int, number: int, rows: tuple[TicketRow, ...]) -> None:
        """Add a page to the list that it was read for; another one may stand there by now."""
        if edition == self._edition:
            self.tickets.put(number, rows)
        self.load()

    def search(self, line: str) -> None:
        """Narrow the list to what a line finds; too short a line shows what was there before."""
        searched_before = self.choice.searches
        wanted = self.choice._replace(line=line) if searched_before else Choice(self.view, line=line)
        if wanted.searches:
            self.narrow(wanted)
        elif searched_before:
            self._back()

    def narrow(self, choice: Choice) -> None:
        """Show what a search line finds, and remember what was there before."""
        if self._before_search is None:
            self._before_search = self.choice, self.keep()
        self._turn_to(choice)

    def sort(self, order: str) -> None:
        """Put the list in another order, from its first ticket."""
        self._turn_to(self.choice._replace(order=order))

    def with_closed(self) -> None:
        """Look through closed tickets too, or no longer."""
        self._turn_to(self.choice._replace(closed=not self.choice.closed))

    def end_search(self) -> None:
        """Show again what was there before, the cursor where it was."""
        self._back()
        self._before_search = None

    def _back(self) -> None:
        if self._before_search is not None:
            self._turn_to(*self._before_search)

    def to_arrivals(self, nothing: Callable[[], None]) -> None:
        """Put the cursor on the first ticket that arrived."""
        after, view = self.seen, feed.list_code(self.view, self.choice.order)
        ask(
            self.tickets,
            "arrivals",
            lambda me: feed.first_arrival(me, view, after),
            lambda found: self._to_arrival(found, nothing),
        )

    def _to_arrival(self, found: tuple[int, TicketRow] | None, nothing: Callable[[], None]) -> None:
        self.seen, self.arrived = self.pulse.newest if self.pulse else 0, 0
        if found is None:
            nothing()
        else:
            self.tickets.move_to(found[0])
        self._tell()
