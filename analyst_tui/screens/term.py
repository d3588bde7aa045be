"""A ticket's term day by day, with its letters: what the person reads, over the ticket."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen

from analyst_tui import timing
from analyst_tui.widgets.pane import Pane
from core.calendar.ledger import Ledger
from core.tickets.views import TicketSheet

_MARGIN = 2


class TermScreen(ModalScreen[None]):
    """Any of its own keys closes it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,p,q,enter", "close", show=False),
        Binding("j,down", "scroll(1)", show=False),
        Binding("k,up", "scroll(-1)", show=False),
        Binding("pagedown,space", "scroll(10)", show=False),
        Binding("pageup", "scroll(-10)", show=False),
    ]
    DEFAULT_CSS = """
    TermScreen { align: center middle; background: $background 60%; }
    TermScreen Pane { width: 76; max-width: 100%; height: 90%; padding: 1 2; background: $panel; }
    """

    def __init__(self, sheet: TicketSheet, counted: Ledger) -> None:
        super().__init__()
        self._told = tuple(timing.ledger(sheet, counted))
        self._pane = Pane(id="term")

    def compose(self) -> ComposeResult:
        yield self._pane

    def on_mount(self) -> None:
        self._pane.show(self._told)
        self.call_after_refresh(self._fit)

    def on_resize(self) -> None:
        self.call_after_refresh(self._fit)

    def _fit(self) -> None:
        """As high as the text, or as the terminal allows."""
        self._pane.styles.height = min(self._pane.height_of_text + _MARGIN, max(self.app.size.height - _MARGIN, 5))

    def action_scroll(self, lines: int) -> None:
        """Scroll by so many lines."""
        self._pane.scroll_relative(y=lines, animate=False)

    def action_close(self) -> None:
        """Go back to the ticket."""
        self.dismiss()
