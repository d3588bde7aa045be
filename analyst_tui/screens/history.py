"""The history of a ticket: who did what and when, oldest first, with what became of each letter."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import BindingType

from analyst_tui import spoken, theme
from analyst_tui.command_tables.command import HISTORY
from analyst_tui.commands import bindings
from analyst_tui.screens.taking_out import TakesOut
from analyst_tui.shown import shown
from analyst_tui.widgets.line import Part
from analyst_tui.widgets.pane import Block, Pane
from core import clock
from core.tickets.asides import papers
from core.tickets.asides.history import LETTER, Happened
from core.tickets.views import TicketSheet

_MOMENT = 16


class HistoryScreen(TakesOut):
    """The history to read, and to take along as text or for programs."""

    PLACES = (HISTORY,)
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(HISTORY)]

    def __init__(self, sheet: TicketSheet, happened: tuple[Happened, ...]) -> None:
        super().__init__()
        self.sheet, self._happened = sheet, happened
        self.pane = Pane(id="history", widest=110)

    def body(self) -> ComposeResult:
        yield self.pane

    def on_mount(self) -> None:
        self.pane.show(told(self._happened))
        self.call_after_refresh(self.pane.to_end)

    def paint_top(self) -> None:
        words = spoken.counted(len(self._happened), "hecho", "hechos")
        self.top.show((Part(f" {self.sheet.row.folio}   historia, {words}", theme.strong),), self.desk.corner())

    def do_paper(self) -> None:
        self.take_out(papers.HISTORY, "la historia")

    def do_data(self) -> None:
        self.take_out(papers.HISTORY_JSON, "la historia para programas")

    def do_first(self) -> None:
        self.pane.scroll_home(animate=False)

    def do_last(self) -> None:
        self.pane.to_end()


def told(happened: Iterable[Happened]) -> Iterator[Block]:
    """Each event on lines of its own: when, who, what."""
    today = clock.today()
    for each in happened:
        text = Text(end="")
        if each.who:
            text.append_text(shown(f"{each.who} ", theme.strong))
        late = each.kind == LETTER and each.code == "failed"
        text.append_text(shown(each.what, theme.late if late else theme.ink))
        yield Block(text, f"{spoken.moment(each.at, today):<{_MOMENT}}", theme.quiet, " " * _MOMENT)
