"""The ticket under the cursor, beside the list."""

from __future__ import annotations

from collections.abc import Sequence

from textual.timer import Timer

from analyst_tui import feed, finds
from analyst_tui.background import ask
from analyst_tui.widgets.pane import Pane
from core.tickets.views import TicketRow, TicketSheet

_RESTS = 0.12
"""Seconds for which the cursor must stand still before a ticket is read."""


class Preview(Pane):
    """Follows the cursor without slowing it down."""

    def __init__(self) -> None:
        super().__init__(id="preview")
        self._row: TicketRow | None = None
        self._shown = 0
        self._rest: Timer | None = None
        self._words: Sequence[str] = ()

    def follow(self, row: TicketRow | None, words: Sequence[str] = ()) -> None:
        """Show this ticket once the cursor rests on it, with the words marked that were looked for."""
        if words != self._words:
            self._words, self._shown = words, 0
        self._row = row
        if self._rest is not None:
            self._rest.stop()
        if self.display and self.is_attached:
            self._rest = self.set_timer(_RESTS, self._read)

    def _read(self) -> None:
        from analyst_tui import telling

        row = self._row
        if row is None:
            self.show(())
            return
        if row.id != self._shown:
            self.show(finds.marked(telling.preview(row, None), self._words))
        ask(self, "preview", lambda me: feed.sheet(me, row.id), self._show_sheet, quiet=True)

    def _show_sheet(self, sheet: TicketSheet) -> None:
        from analyst_tui import telling

        if self._row is not None and self._row.id == sheet.row.id:
            blocks = finds.marked(telling.preview(self._row, sheet), self._words)
            self.show(blocks, keep_place=sheet.row.id == self._shown)
            self._shown = sheet.row.id
