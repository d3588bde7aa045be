"""A line of short texts: header, views, column titles, notices and footer are all this."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from analyst_tui import linear, theme
from analyst_tui.shown import one_line


class Part(NamedTuple):
    """A piece of a line; one that has a command can be clicked."""

    text: str
    tone: theme.Tone = theme.ink
    command: str = ""


Parts = Sequence[Part]
Row = tuple[Parts, Parts]
"""The parts at the left and at the right end of a line."""


class Line(Widget):
    """A line, or several, painted from parts at both ends; the left end wins where room is short."""

    DEFAULT_CSS = "Line { height: 1; }"

    class Chosen(Message):
        """Somebody clicked a part that has a command."""

        def __init__(self, command: str) -> None:
            super().__init__()
            self.command = command

    def __init__(self, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._rows: tuple[Row, ...] = ()
        self._spots: dict[int, list[tuple[int, int, str]]] = {}

    def show(self, left: Parts, right: Parts = ()) -> None:
        """Paint one line of these parts from now on."""
        self.show_rows([(left, right)])

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Paint several lines from now on."""
        wanted = tuple((tuple(left), tuple(right)) for left, right in rows)
        if wanted != self._rows:
            self._rows = wanted
            self.refresh()

    @property
    def text(self) -> str:
        """What can be read in it."""
        return "\n".join("".join(part.text for part in (*left, *right)) for left, right in self._rows)

    def render_line(self, y: int) -> Strip:
        width, base = self.size.width, self.visual_style.rich_style
        if y >= len(self._rows) or not width:
            return Strip.blank(width, base)
        left, right = self._rows[y]
        self._spots[y] = []
        segments, used = self._laid(left, 0, width, y)
        right_width = sum(cell_len(part.text) for part in right)
        if right_width < width - used:
            segments.append(Segment(" " * (width - used - right_width)))
            segments += self._laid(right, width - right_width, width, y)[0]
        return Strip(segments).adjust_cell_length(width).apply_style(base)

    def _laid(self, parts: Parts, start: int, width: int, y: int) -> tuple[list[Segment], int]:
        segments, at, style_of = [], start, self.app.console.get_style
        is_linear = linear.is_on(self.app)
        for part in parts:
            text = linear.plain(one_line(part.text)) if is_linear else one_line(part.text)
            cells = cell_len(text)
            if at + cells > width:
                text, cells = set_cell_size(text, max(width - at - 1, 0)) + "…" * (at < width), width - at
            if cells > 0:
                segments.append(Segment(text, style_of(part.tone)))
            if part.command:
                self._spots[y].append((at, at + cells, part.command))
            at = min(at + cells, width)
        return segments, at

    def on_click(self, event: events.Click) -> None:
        for start, end, command in self._spots.get(event.y, ()):
            if start <= event.x < end:
                event.stop()
                self.post_message(self.Chosen(command))
