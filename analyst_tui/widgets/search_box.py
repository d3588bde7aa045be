"""The line into which a search is typed, and how it was understood."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Input

from analyst_tui.shown import one_line
from analyst_tui.widgets.line import Line


class SearchBox(Input):
    """One line without a frame; what is pasted is cleaned like everything else."""

    DEFAULT_CSS = """
    SearchBox { width: 40%; background: $panel; }
    SearchBox.-textual-compact { padding: 0 1; }
    """

    def __init__(self) -> None:
        super().__init__(placeholder="trámite, folio, correo, nombre o palabras", max_length=200, compact=True, classes="-typed")

    def on_paste(self, event: events.Paste) -> None:
        event.text = one_line(event.text)  # Input's own handler comes next and inserts it


class SearchLine(Horizontal):
    """The box, and beside it what it found."""

    DEFAULT_CSS = """
    SearchLine { height: 1; }
    SearchLine Line { width: 1fr; }
    """

    def __init__(self) -> None:
        super().__init__()
        self.box = SearchBox()
        self.understood = Line()

    def compose(self) -> ComposeResult:
        yield self.box
        yield self.understood

    def on_mount(self) -> None:
        self.box.focus()
