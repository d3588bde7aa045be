"""The line into which a search is typed."""

from __future__ import annotations

from textual import events
from textual.widgets import Input

from analyst_tui.shown import one_line


class SearchBox(Input):
    """One line without a frame; what is pasted is cleaned like everything else."""

    DEFAULT_CSS = """
    SearchBox { height: 1; border: none; padding: 0 1; background: $panel; }
    SearchBox:focus { border: none; }
    """

    def __init__(self) -> None:
        super().__init__(placeholder="trámite, folio, correo, nombre o palabras", max_length=200, compact=True, id="search")

    def on_paste(self, event: events.Paste) -> None:
        event.text = one_line(event.text)  # Input's own handler comes next and inserts it
