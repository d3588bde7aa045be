"""The line into which a search is typed, how it was understood, and how it can go on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical

from analyst_tui import theme
from analyst_tui.background import ask
from analyst_tui.widgets.field import Field
from analyst_tui.widgets.line import Line, Part
from core.tickets import search
from core.tickets.searching.views import Completion

_LOW = 16
"""Lines of a terminal below which there is no room for a line of completions."""


class SearchBox(Field):
    """The box: tab takes the first completion, and so does → at the end of the line."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "complete", show=False),
        Binding("right", "complete_or_go_right", show=False),
    ]

    def __init__(self) -> None:
        super().__init__("trámite, folio, correo, nombre o palabras")
        self.completions: Sequence[Completion] = ()

    def action_complete(self) -> None:
        """Take the first completion; without one, go to the list."""
        if self.completions:
            self.value = self.completions[0].line
            self.cursor_position = len(self.value)
        else:
            self.screen.focus_next()

    def action_complete_or_go_right(self) -> None:
        """Take the first completion at the end of the line; go on in the text elsewhere."""
        if self.completions and self.cursor_position >= len(self.value):
            self.action_complete()
        else:
            self.action_cursor_right()


class SearchLine(Vertical):
    """The box with what it found beside it, and below it what its end can become."""

    DEFAULT_CSS = """
    SearchLine { height: auto; }
    SearchLine Horizontal { height: 1; }
    SearchLine Field { width: 40%; }
    SearchLine #understood { width: 1fr; }
    """

    def __init__(self, line: str = "") -> None:
        super().__init__()
        self.box = SearchBox()
        self.box.value = line
        self.understood = Line("understood")
        self.offers = Line("offers")

    def compose(self) -> ComposeResult:
        with Horizontal():
            yield self.box
            yield self.understood
        yield self.offers

    def on_mount(self) -> None:
        self.offers.display = False
        self.box.focus()
        self.box.cursor_position = len(self.box.value)
        self.complete()

    def complete(self) -> None:
        """Look how the line can go on."""
        line = self.box.value
        ask(self, "complete", lambda me: search.complete(me, line), lambda found: self._offer(line, found), quiet=True)

    def _offer(self, line: str, completions: Sequence[Completion]) -> None:
        if line != self.box.value:
            return
        self.box.completions = completions
        self.offers.display = bool(completions) and self.app.size.height >= _LOW
        parts = [Part(" tab ", theme.key), Part(completions[0].shown, theme.strong)] if completions else []
        room = self.app.size.width - 2 - sum(cell_len(part.text) for part in parts)
        for each in completions[1:]:
            room -= cell_len(each.shown) + 3
            if room < 0:
                break
            parts.append(Part(f"   {each.shown}", theme.quiet))
        self.offers.show(parts)
