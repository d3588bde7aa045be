"""A line to type into."""

from __future__ import annotations

from textual import events
from textual.geometry import Size
from textual.reactive import Reactive
from textual.widgets import Input

from analyst_tui.shown import one_line


class Field(Input):
    """One line without a frame and without a blinking cursor; what is pasted is cleaned like everything else."""

    DEFAULT_CSS = """
    Field { background: $panel; }
    Field.-textual-compact { padding: 0 1; }
    """
    virtual_size = Reactive(Size(0, 0))
    """The text's size: unlike Textual's, it lets no letter arrange the whole screen anew."""

    def __init__(
        self,
        placeholder: str = "",
        longest: int = 200,
        password: bool = False,
        id: str | None = None,  # noqa: A002 - Textual's name
    ) -> None:
        super().__init__(placeholder=placeholder, max_length=longest, password=password, compact=True, id=id, classes="-typed")
        self.cursor_blink = False

    def validate_value(self, value: str) -> str:
        """Whatever is put into the line, by a hand or by the program, is fit to be shown."""
        return one_line(value)

    def on_paste(self, event: events.Paste) -> None:
        event.text = one_line(event.text)  # Input's own handler comes next and inserts it
