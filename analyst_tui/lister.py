"""Keeps the list true: loads its pages, follows what changes, narrows it while somebody searches."""

from __future__ import annotations

from collections.abc import Callable

from analyst_tui import feed
from analyst_tui.background import ask, is_busy
from analyst_tui.feed import Keep, Listing, Pages, Pulse
from analyst_tui.widgets.ticket_list import TicketList
from analyst_tui.widgets.window import PAGE
from core.tickets.views import Found, SortKey, TicketRow

FIRST_SEARCHED = 2
"""Characters from which a search runs: one letter finds everything and costs the most."""


class Lister:
    """One list of tickets, its view or its search line, and what has arrived since."""

    def __init__(self, tickets: TicketList, tell: Callable[[], None]) -> None:
        self.tickets = tickets
        self.view = feed.FIRST_VIEW
        self.line = ""
        self.found: Found | None = None
        self.pulse: Pulse | None = None
        self.seen = 0
        """The newest ticket that was there when somebody last looked."""
        self._tell = tell
        self._place_before_search: Keep | None = None
        self._behind = False
        self._edition = 0
        self.arrived = 0
        """How many tickets of the view were opened since."""

    def keep(self) -> Keep:
        """Where the cursor stands, so that it can stay there."""
        tickets, newest = self.tickets, self.pulse.newest if self.pulse else 0
        line = tickets.cursor - tickets.top
        return Keep(tickets.current, tickets.cursor, line, tickets.lines, tickets.window.total, newest)

    def show(self, listing: Listing, line: int = 0) -> None:
        """Show a list that was read."""
        self.view = listing.view
        self.found = None
        self.pulse = listing.pulse
        self.seen = self.seen or listing.pulse.newest
        self.arrived = listing.arrived
        self.tickets.searching, self.tickets.one_analyst = False, listing.view in feed.ONE_ANALYST
        self.tickets.replace(listing.total, listing.pages, listing.cursor, line)
        self._shown()

    def _shown(self) -> None:
        self._edition += 1
        self._tell()
        if self._behind:
            self._behind = False
            self.refresh()

    def restart(self, listing: Listing) -> None:
        """Forget what the one before had in view, and show a list."""
        self.line, self.seen, self._place_before_search = "", 0, None
        self.show(listing)

    def choose(self, view: str) -> None:
        """Show another view, from its first ticket."""
        self.line = ""
        self._place_before_search = None
        seen = self.seen
        ask(self.tickets, "list", lambda me: feed.listing(me, view, None, seen), self.show)

    def refresh(self) -> None:
        """Read the list again; the cursor stays on its ticket and on its line of the screen.

        While another list is on its way it waits for that one: what somebody chose is never superseded by news.
        """
        if is_busy(self.tickets, "list"):
            self._behind = True
            return
        if self.line:
            self.search(self.line, again=True)
            return
        keep, view, seen = self.keep(), self.view, self.seen
        ask(
            self.tickets,
            "list",
            lambda me: feed.listing(me, view, keep, seen),
            lambda listing: self.show(listing, keep.line),
            quiet=True,
        )

    def load(self) -> None:
        """Read the pages that the screen misses."""
        missing = self.tickets.missing()
        if not missing or self.found is not None:
            return
        number, view, total, edition = missing[0], self.view, self.tickets.window.total, self._edition
        anchor = self._anchor(number)
        ask(
            self.tickets,
            "page",
            lambda me: feed.page(me, view, number, total, anchor),
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

    def search(self, line: str, again: bool = False) -> None:
        """Narrow the list to what a line finds; too short a line shows the view."""
        if not self.line and not again and self.found is None:
            self._place_before_search = self.keep()
        searched_before, self.line = len(self.line.strip()) >= FIRST_SEARCHED, line
        if len(line.strip()) < FIRST_SEARCHED:
            if searched_before:
                self._back_to_view()
            return
        keep = self.tickets.cursor if again else 0
        ask(
            self.tickets,
            "list",
            lambda me: feed.found(me, line),
            lambda found: self._show_found(found, keep),
            quiet=again,
        )

    def _show_found(self, found: Found, cursor: int) -> None:
        self.found = found
        pages: Pages = {at // PAGE: found.rows[at : at + PAGE] for at in range(0, len(found.rows), PAGE)}
        self.tickets.searching, self.tickets.one_analyst = True, False
        self.tickets.replace(len(found.rows), pages, cursor, cursor - self.tickets.top if cursor else 0)
        self._shown()

    def end_search(self) -> None:
        """Show the view again, the cursor where it was."""
        self.line = ""
        self._back_to_view()

    def _back_to_view(self) -> None:
        keep, view, seen = self._place_before_search, self.view, self.seen
        line = keep.line if keep else 0
        ask(
            self.tickets,
            "list",
            lambda me: feed.listing(me, view, keep, seen),
            lambda listing: self.show(listing, line),
        )

    def to_arrivals(self, nothing: Callable[[], None]) -> None:
        """Put the cursor on the first ticket that arrived."""
        after, view = self.seen, self.view
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
