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
from analyst_tui.shown import fitted
from analyst_tui.widgets.field import Field
from analyst_tui.widgets.line import Line, Part
from core.tickets.searching import search
from core.tickets.searching.views import Completion

_GAP = 3
_FOUND = " → "
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
        self.box.select_on_focus = not line  # what is there already is to be gone on with
        self.understood = Line("understood")
        self.offers = Line("offers")

    def compose(self) -> ComposeResult:
        with Horizontal():
            yield self.box
            yield self.understood
        yield self.offers

    def on_mount(self) -> None:
        self.offers.display = self.app.size.height >= _LOW
        self.box.focus()
        self.box.cursor_position = len(self.box.value)
        self.complete()

    def tell(self, told: str) -> None:
        """Say beside the box how the line was understood; how many were found stays where room is short."""
        meant, arrow, count = told.rpartition(_FOUND)
        room = self.understood.size.width - cell_len(f" {arrow}{count}")
        if meant and 0 < room < cell_len(meant):
            meant = fitted(meant, room).rstrip()
        self.understood.show((Part(f" {meant}{arrow}{count}" if told else "", theme.accent),))

    def complete(self) -> None:
        """Look how the line can go on."""
        line = self.box.value
        ask(self, "complete", lambda me: search.complete(me, line), lambda found: self._offer(line, found), quiet=True)

    def _offer(self, line: str, completions: Sequence[Completion]) -> None:
        """Show the completions; where there are none, the keys that there are."""
        if line != self.box.value:
            return
        self.box.completions = completions
        shown = [each.shown for each in completions]
        head = [Part(" tab ", theme.key), Part(shown.pop(0), theme.strong)] if shown else [Part(" claves", theme.dim)]
        room = self.app.size.width - 2 - sum(cell_len(part.text) for part in head)
        tone = theme.quiet if completions else theme.dim
        parts = []
        for words in shown if completions else [name for name, _ in search.key_help()]:
            room -= cell_len(words) + _GAP
            if room < 0:
                break
            parts.append(Part(" " * _GAP + words, tone))
        self.offers.show([*head, *parts])
