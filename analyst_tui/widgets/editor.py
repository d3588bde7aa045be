"""The place where an answer or a note is written."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable
from functools import lru_cache

from rich.containers import Lines
from rich.text import Text
from textual import events
from textual.widgets import TextArea
from textual.widgets.text_area import Location, Selection

from core.text import visible

_LONG = 2_000
"""Letters from which a line is divided once for all of its rows."""


class _LongLine(Text):
    """A line of many rows: Textual divides the whole of it anew for each row that it paints."""

    def divide(self, offsets: Iterable[int]) -> Lines:
        ends = (*offsets, len(self))
        plain = _rows(self.plain, ends)
        rows = list(plain)
        for start, end, style in self._spans:
            for place in range(bisect_right(ends, start), min(bisect_left(ends, end), len(ends) - 1) + 1):
                first = ends[place - 1] if place else 0
                rows[place] = plain[place].copy() if rows[place] is plain[place] else rows[place]
                rows[place].stylize(style, max(start - first, 0), end - first)
        return Lines(rows)


@lru_cache(2)
def _rows(text: str, ends: tuple[int, ...]) -> tuple[Text, ...]:
    return tuple(Text(text[start:end], no_wrap=True) for start, end in zip((0, *ends), ends, strict=False))


class Editor(TextArea):
    """Several lines of plain text: no languages, no line numbers; what is pasted is cleaned."""

    DEFAULT_CSS = """
    Editor { height: 1fr; border: none; padding: 0 1; background: $panel; scrollbar-size-vertical: 1; }
    Editor:focus { border: none; }
    """

    def __init__(self, text: str) -> None:
        super().__init__(visible(text), soft_wrap=True, compact=True, tab_behavior="focus", classes="-typed")
        self.highlight_cursor_line = self.cursor_blink = False

        self.completes: Callable[[], bool] = lambda: False
        """Completes what stands before the cursor, when tab is pressed; whether there was anything."""

    def get_line(self, line_index: int) -> Text:
        line = self.document.get_line(line_index)
        return _LongLine(line, end="", no_wrap=True) if len(line) > _LONG else super().get_line(line_index)

    def on_mount(self) -> None:
        self.move_cursor(self.document.end)

    def put(self, text: str) -> int:
        """Put paragraphs in the place of what is selected, or at the cursor; where they begin, counted in letters."""
        first, last = sorted((self.selection.start, self.selection.end))
        begin, end = self._index_of(first), self._index_of(last)
        before, after = self.text[:begin], self.text[end:]
        lead = _blank_line(len(before) - len(before.rstrip("\n"))) if before.strip() else ""
        trail = _blank_line(len(after) - len(after.lstrip("\n"))) if after.strip() else ""
        self.replace(f"{lead}{visible(text)}{trail}", first, last, maintain_selection_offset=False)
        return begin + len(lead)

    def choose(self, start: int, end: int) -> None:
        """Select a piece, so that typing takes its place; counted in letters."""
        self.selection = Selection(self._location_of(start), self._location_of(end))
        self.scroll_cursor_visible(animate=False)

    @property
    def index(self) -> int:
        """Where the cursor is, after what is selected, counted in letters."""
        return self._index_of(max(self.selection.start, self.selection.end))

    def _index_of(self, location: Location) -> int:
        row, column = location
        return sum(len(line) + 1 for line in self.document.lines[:row]) + column

    def _location_of(self, index: int) -> Location:
        for row, line in enumerate(self.document.lines):
            if index <= len(line):
                return row, index
            index -= len(line) + 1
        return self.document.end

    def on_key(self, event: events.Key) -> None:
        if event.key == "tab" and self.completes():
            event.stop()
            event.prevent_default()

    def on_paste(self, event: events.Paste) -> None:
        event.text = visible(event.text)  # TextArea's own handler comes next and inserts it


def _blank_line(breaks: int) -> str:
    """The line breaks that lack for a blank line, beside words that have so many already."""
    return "\n" * max(2 - breaks, 0)
