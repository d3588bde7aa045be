"""A ticket's term day by day, with its letters: what the person reads."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from analyst_tui import theme, timing
from analyst_tui.command_tables.command import TERM
from analyst_tui.commands import bindings
from analyst_tui.screens.taking_out import TakesOut
from analyst_tui.widgets.line import Part
from analyst_tui.widgets.pane import Pane
from core.calendar.ledger import Ledger
from core.tickets.asides import papers
from core.tickets.views import TicketSheet


class TermScreen(TakesOut):
    """The term to read, and to take along."""

    PLACES = (TERM,)
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(TERM)]

    def __init__(self, sheet: TicketSheet, counted: Ledger) -> None:
        super().__init__()
        self.sheet, self._counted = sheet, counted
        self.pane = Pane(id="term", widest=90)

    def body(self) -> ComposeResult:
        yield self.pane

    def on_mount(self) -> None:
        self.pane.show(timing.ledger(self.sheet, self._counted))

    def paint_top(self) -> None:
        self.top.show((Part(f" {self.sheet.row.folio}   plazo día por día", theme.strong),), self.desk.corner())

    def do_paper(self) -> None:
        self.take_out(papers.TERM, "el plazo día por día")
