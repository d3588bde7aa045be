"""A line of short texts: header, views, column titles, notices and footer are all this."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from analyst_tui import theme
from analyst_tui.shown import one_line


class Part(NamedTuple):
    """A piece of a line; one that has a command can be clicked."""

    text: str
    style: Style = theme.ink
    command: str = ""


class Line(Widget):
    """One line, painted from parts at its left and its right end; the left end wins where room is short."""

    DEFAULT_CSS = "Line { height: 1; }"

    class Chosen(Message):
        """Somebody clicked a part that has a command."""

        def __init__(self, command: str) -> None:
            super().__init__()
            self.command = command

    def __init__(self, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id, classes=classes)
        self._left: tuple[Part, ...] = ()
        self._right: tuple[Part, ...] = ()
        self._spots: list[tuple[int, int, str]] = []

    def show(self, left: Sequence[Part], right: Sequence[Part] = ()) -> None:
        """Paint these parts from now on."""
        if (tuple(left), tuple(right)) != (self._left, self._right):
            self._left, self._right = tuple(left), tuple(right)
            self.refresh()

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        if y or not width:
            return Strip.blank(width, self.rich_style)
        self._spots = []
        segments, used = self._laid(self._left, 0, width)
        room = width - used
        right_width = sum(cell_len(part.text) for part in self._right)
        if right_width < room:
            segments.append(Segment(" " * (room - right_width)))
            segments += self._laid(self._right, width - right_width, width)[0]
        return Strip(segments).adjust_cell_length(width).apply_style(self.rich_style)

    def _laid(self, parts: Sequence[Part], start: int, width: int) -> tuple[list[Segment], int]:
        segments, at = [], start
        for part in parts:
            text = one_line(part.text)
            cells = cell_len(text)
            if at + cells > width:
                text, cells = set_cell_size(text, max(width - at - 1, 0)) + "…" * (at < width), width - at
            if cells > 0:
                segments.append(Segment(text, part.style))
            if part.command:
                self._spots.append((at, at + cells, part.command))
            at = min(at + cells, width)
        return segments, at

    def on_click(self, event: events.Click) -> None:
        for start, end, command in self._spots:
            if start <= event.x < end:
                event.stop()
                self.post_message(self.Chosen(command))
