"""A few things to choose from, each on a line; what cannot be chosen now says why."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import ClassVar, NamedTuple

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import BindingType

from analyst_tui import theme
from analyst_tui.command_tables.command import CHOICE
from analyst_tui.commands import bindings
from analyst_tui.screens.base import DeskScreen
from analyst_tui.shown import shown
from analyst_tui.widgets.line import Part
from analyst_tui.widgets.pane import Block, Pane

_HERE, _ELSEWHERE = "▌ ", "  "


class Option(NamedTuple):
    """Something that can be chosen: its name for the program, its words, what it means, and why it cannot be."""

    id: str
    words: str
    about: str = ""
    why_not: str = ""


class ChoosingScreen(DeskScreen):
    """One of several; `then` gets the name of what was chosen, after the screen is gone."""

    PLACES = (CHOICE,)
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(CHOICE)]

    def __init__(self, heading: str, options: Sequence[Option], then: Callable[[str], object]) -> None:
        super().__init__()
        self.heading, self.options, self._then = heading, tuple(options), then
        self.pane = Pane(id="options", widest=140)
        self.cursor = next((place for place, option in enumerate(self.options) if not option.why_not), 0)

    def body(self) -> ComposeResult:
        yield self.pane

    def on_mount(self) -> None:
        self._paint()

    def paint_top(self) -> None:
        self.top.show((Part(f" {self.heading}", theme.strong),), self.desk.corner())

    def _paint(self) -> None:
        self.pane.show(told(self.options, self.cursor), keep_place=True)
        self.pane.scroll_to(y=max(self.cursor - self.pane.size.height // 2, 0), animate=False)
        self.paint_hints()

    def why_not(self, command_id: str) -> str:
        if command_id == "open":
            reason = self.options[self.cursor].why_not if self.options else "No hay nada que elegir."
            return f"No se puede: {reason}." if self.options and reason else reason
        return super().why_not(command_id)

    def do_down(self) -> None:
        self._move(1)

    def do_up(self) -> None:
        self._move(-1)

    def _move(self, by: int) -> None:
        self.cursor = max(min(self.cursor + by, len(self.options) - 1), 0)
        self._paint()

    def do_open(self) -> None:
        chosen = self.options[self.cursor].id
        self.dismiss()
        self.desk.call_later(self._then, chosen)

    def do_back(self) -> None:
        self.dismiss()


def told(options: Sequence[Option], cursor: int) -> Iterator[Block]:
    """Each option on a line, the one of the cursor marked."""
    for place, option in enumerate(options):
        tone = theme.dim if option.why_not else theme.strong if place == cursor else theme.ink
        text = Text(end="").append_text(shown(option.words, tone))
        about = option.why_not or option.about
        if about:
            text.append("   ").append_text(shown(about, theme.dim if option.why_not else theme.quiet))
        yield Block(text, _HERE if place == cursor else _ELSEWHERE, theme.accent, _ELSEWHERE)
