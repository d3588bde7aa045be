"""The palette: any command of the screen, found by typing a part of its words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.geometry import Offset, Size
from textual.screen import ModalScreen
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widgets import Input

from analyst_tui import linear, theme
from analyst_tui.shown import fitted
from analyst_tui.widgets.field import Field
from core.text import fold

Entry = tuple[str, str, str, str]
"""A command's id, key, words, and why it would do nothing."""


def rank(typed: str, words: str) -> int | None:
    """How well words fit what was typed, the best first; None when a typed letter is missing."""
    wanted, text = fold(typed).strip(), fold(words)
    if not wanted:
        return 0
    if text.startswith(wanted):
        return 1
    if any(word.startswith(wanted) for word in text.split()):
        return 2
    if wanted in text:
        return 3
    return 4 if _in_order(wanted, text) else None


def _in_order(wanted: str, text: str) -> bool:
    letters = iter(text)
    return all(letter in letters for letter in wanted if letter != " ")


def fitting(typed: str, entries: Iterable[Entry]) -> list[Entry]:
    """The entries that fit, the best first, in the table's order among equals."""
    ranked = [(rank(typed, entry[2]), place, entry) for place, entry in enumerate(entries)]
    return [entry for _, _, entry in sorted((r, p, e) for r, p, e in ranked if r is not None)]


class Choices(ScrollView, can_focus=False):
    """The commands that fit, one a line."""

    DEFAULT_CSS = "Choices { height: 12; scrollbar-size-vertical: 1; overflow-x: hidden; }"

    def __init__(self) -> None:
        super().__init__(id="choices")
        self.entries: Sequence[Entry] = ()
        self.cursor = 0

    def show(self, entries: Sequence[Entry]) -> None:
        """Offer these, the cursor on the first."""
        self.entries, self.cursor = entries, 0
        self.virtual_size = Size(self.size.width, len(entries))
        self.scroll_to(y=0, animate=False)
        self.refresh()

    def move(self, by: int) -> None:
        """Move the cursor."""
        self.cursor = max(min(self.cursor + by, len(self.entries) - 1), 0)
        self.scroll_to(y=max(self.cursor - self.size.height + 1, 0), animate=False)
        self.refresh()

    def reading_place(self) -> Offset | None:
        """The row of the cursor, once it was moved."""
        return self.content_region.offset + Offset(0, self.cursor - int(self.scroll_offset.y)) if self.cursor else None

    def render_line(self, y: int) -> Strip:
        place, width = int(self.scroll_offset.y) + y, self.scrollable_content_region.width
        if place >= len(self.entries):
            return Strip.blank(width, self.visual_style.rich_style)
        _, key, words, reason = self.entries[place]
        at_cursor = place == self.cursor
        style_of = self.app.console.get_style
        style = style_of(theme.cursor if at_cursor else theme.dim if reason else theme.ink)
        text = fitted(f"{words}   {reason}" if reason else words, max(width - 12, 1))
        text = linear.plain(text) if linear.is_on(self.app) else text
        segments = [Segment(" " + text, style), Segment(fitted(key, 11, right=True), style if at_cursor else style_of(theme.key))]
        return Strip(segments).adjust_cell_length(width).apply_style(self.visual_style.rich_style)


class Palette(ModalScreen[str]):
    """Answers with the id of the chosen command."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,ctrl+p", "close", show=False),
        Binding("down", "move(1)", show=False),
        Binding("up", "move(-1)", show=False),
    ]
    AUTO_FOCUS = "Input"
    DEFAULT_CSS = """
    Palette { align: center top; background: $background 60%; }
    Palette Vertical { width: 70; max-width: 100%; height: 16; margin-top: 2; padding: 1 1; background: $panel; }
    Palette Field { background: $boost; margin-bottom: 1; }
    """

    def __init__(self, entries: Sequence[Entry], asks: str = "qué quieres hacer") -> None:
        super().__init__()
        self._entries, self._asks = entries, asks
        self._choices = Choices()

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Field(self._asks)
            yield self._choices

    def on_mount(self) -> None:
        self._choices.show(self._entries)

    def on_input_changed(self, event: Input.Changed) -> None:
        self._choices.show(fitting(event.value, self._entries))

    def on_input_submitted(self) -> None:
        self._choose(self._choices.cursor)

    def on_click(self, event: events.Click) -> None:
        if event.widget is self._choices:
            self._choose(int(self._choices.scroll_offset.y) + event.y)

    def _choose(self, place: int) -> None:
        if place < len(self._choices.entries):
            self.dismiss(self._choices.entries[place][0])

    def action_move(self, by: int) -> None:
        """Move the cursor of the choices."""
        self._choices.move(by)

    def action_close(self) -> None:
        """Close without choosing."""
        self.dismiss("")
