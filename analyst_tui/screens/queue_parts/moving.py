"""Moving through the list."""

from __future__ import annotations

from analyst_tui.screens.queue_parts.listing import ListingScreen


class Moving(ListingScreen):
    """The cursor goes where it is told."""

    def do_down(self) -> None:
        self.tickets.move_by(1)

    def do_up(self) -> None:
        self.tickets.move_by(-1)

    def do_page_down(self) -> None:
        self.tickets.move_page(1)

    def do_page_up(self) -> None:
        self.tickets.move_page(-1)

    def do_first(self) -> None:
        self.tickets.move_to(0)

    def do_last(self) -> None:
        self.tickets.move_to(self.tickets.window.total - 1)
