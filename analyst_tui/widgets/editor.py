"""The place where an answer or a note is written."""

from __future__ import annotations

from collections.abc import Callable

from textual import events
from textual.widgets import TextArea

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

    def on_key(self, event: events.Key) -> None:
        if event.key == "tab" and self.completes():
            event.stop()
            event.prevent_default()

    def on_paste(self, event: events.Paste) -> None:
        event.text = visible(event.text)  # TextArea's own handler comes next and inserts it
