"""The line into which a search is typed, and how it was understood."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal

from analyst_tui.widgets.field import Field
from analyst_tui.widgets.line import Line


class SearchLine(Horizontal):
    """The box, and beside it what it found."""

    DEFAULT_CSS = """
    SearchLine { height: 1; }
    SearchLine Field { width: 40%; }
    SearchLine Line { width: 1fr; }
    """

    def __init__(self) -> None:
        super().__init__()
        self.box = Field("trámite, folio, correo, nombre o palabras")
        self.understood = Line()

    def compose(self) -> ComposeResult:
        yield self.box
        yield self.understood

    def on_mount(self) -> None:
        self.box.focus()
