"""The ticket under the cursor, beside the list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.timer import Timer

from analyst_tui import finds, motive
from analyst_tui.background import ask
from analyst_tui.widgets.pane import Pane
from core.tickets.lists.views import TicketRow

if TYPE_CHECKING:
    from core.tickets.views import TicketSheet

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
        ask(self, "preview", lambda me: motive.preview(me, row.id), lambda sheet: self._show_read(row, sheet), quiet=True)

    def _show_read(self, row: TicketRow, sheet: TicketSheet | None) -> None:
        """What could be read: of a ticket that is not one's own work only its row, and that opening it asks for a reason."""
        from analyst_tui import telling

        if self._row is not None and self._row.id == row.id:
            told = telling.closed(self._row) if sheet is None else telling.preview(self._row, sheet)
            self.show(finds.marked(told, self._words), keep_place=row.id == self._shown)
            self._shown = row.id
