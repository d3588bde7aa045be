"""The place where an answer or a note is written."""

from __future__ import annotations

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

    def on_mount(self) -> None:
        self.move_cursor(self.document.end)

    def on_paste(self, event: events.Paste) -> None:
        event.text = visible(event.text)  # TextArea's own handler comes next and inserts it
