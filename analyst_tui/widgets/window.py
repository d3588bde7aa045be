"""The part of a long list that is in memory: pages of rows around what is on the screen."""

from __future__ import annotations

from collections import OrderedDict

from core.tickets.lists.views import TicketRow

PAGE = 100
_PAGES_KEPT = 12


class Window:
    """Rows by their place in the list, loaded a page at a time, the least used pages forgotten first."""

    def __init__(self) -> None:
        self.total = 0
        self._pages: OrderedDict[int, tuple[TicketRow, ...]] = OrderedDict()

    def row(self, index: int) -> TicketRow | None:
        """The row at a place, or None when it is not loaded or does not exist."""
        page = self._pages.get(index // PAGE)
        at = index % PAGE
        return page[at] if page is not None and 0 <= at < len(page) else None

    def missing(self, first: int, last: int) -> tuple[int, ...]:
        """The pages that must be loaded to show the places first to last."""
        last = min(last, self.total - 1)
        pages = range(max(first, 0) // PAGE, last // PAGE + 1) if last >= 0 else range(0)
        return tuple(page for page in pages if page not in self._pages)

    def put(self, page: int, rows: tuple[TicketRow, ...]) -> None:
        """Keep a page that was loaded."""
        self._pages[page] = rows
        self._pages.move_to_end(page)
        while len(self._pages) > _PAGES_KEPT:
            self._pages.popitem(last=False)

    def fill(self, total: int, pages: dict[int, tuple[TicketRow, ...]]) -> None:
        """Forget everything and start from these pages of a list of `total` rows."""
        self.total = total
        self._pages = OrderedDict(pages)

    def place_of(self, ticket_id: int) -> int | None:
        """Where a ticket stands, if it is loaded."""
        for page, rows in self._pages.items():
            for at, row in enumerate(rows):
                if row.id == ticket_id:
                    return page * PAGE + at
        return None

    def row_before(self, page: int) -> TicketRow | None:
        """The last row of the page before, from which the next one can be read by its key."""
        return self.row(page * PAGE - 1) if page else None
