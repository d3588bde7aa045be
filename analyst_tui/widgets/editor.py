"""The place where an answer or a note is written."""

from __future__ import annotations

from collections.abc import Callable

from textual import events
from textual.widgets import TextArea
from textual.widgets.text_area import Location, Selection

from core.text import visible


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

    def on_mount(self) -> None:
        self.move_cursor(self.document.end)

    def put(self, text: str) -> tuple[int, int]:
        """Put a text in the place of what is selected, or at the cursor; where it begins and ends, counted in letters."""
        first, last = sorted((self.selection.start, self.selection.end))
        begin = self._index_of(first)
        clean = visible(text)
        self.replace(clean, first, last, maintain_selection_offset=False)
        return begin, begin + len(clean)

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
