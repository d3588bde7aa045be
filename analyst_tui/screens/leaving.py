"""The question before quitting while a draft is not saved."""

from __future__ import annotations

from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen

from analyst_tui import theme
from analyst_tui.widgets.pane import Pane

_QUESTION = "Hay un borrador que todavía no está guardado. ¿Salir y perder lo último que escribiste?"


class LeavingScreen(ModalScreen[bool]):
    """Answers True when quitting is meant."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s", "answer(True)", show=False),
        Binding("n,escape", "answer(False)", show=False),
    ]
    DEFAULT_CSS = """
    LeavingScreen { align: center middle; background: $background 60%; }
    LeavingScreen Pane { width: 60; height: 6; padding: 1 2; background: $panel; }
    """

    def compose(self) -> ComposeResult:
        yield Pane(id="question")

    def on_mount(self) -> None:
        keys = Text.assemble(("s", theme.key), (" salir   ", theme.quiet), ("n", theme.key), (" quedarse", theme.quiet))
        self.query_one(Pane).show((Text(_QUESTION, theme.strong), keys))

    def action_answer(self, leaves: bool) -> None:
        """Close with the answer."""
        self.dismiss(leaves)
