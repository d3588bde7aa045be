"""The letter as it will look in the mailbox, over what is being written."""

from __future__ import annotations

from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen

from analyst_tui import naming, theme
from analyst_tui.shown import shown
from analyst_tui.widgets.pane import Block, Pane
from core.tickets.answers.views import LetterPreview

_MARGIN = 2


class LetterScreen(ModalScreen[None]):
    """Any of its own keys closes it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,ctrl+o,q,enter", "close", show=False),
        Binding("j,down", "scroll(1)", show=False),
        Binding("k,up", "scroll(-1)", show=False),
        Binding("pagedown,space", "scroll(10)", show=False),
        Binding("pageup", "scroll(-10)", show=False),
    ]
    DEFAULT_CSS = """
    LetterScreen { align: center middle; background: $background 60%; }
    LetterScreen Pane { width: 82; max-width: 100%; height: 90%; padding: 1 2; background: $panel; }
    """

    def __init__(self, letter: LetterPreview) -> None:
        super().__init__()
        self._letter = letter
        self._pane = Pane(id="letter")

    def compose(self) -> ComposeResult:
        yield self._pane

    def on_mount(self) -> None:
        letter = self._letter
        grade = " El enlace de la nota se hace al enviar." if "/encuesta/…" in letter.body else ""
        heading = Text(f"La carta como llegará, en {naming.language(letter.language)}.{grade}", theme.quiet, end="")
        subject = shown(letter.subject, theme.strong)
        self._pane.show([Block(heading), Block(Text("")), Block(subject), Block(Text("")), Block(shown(letter.body, theme.ink))])

    def action_scroll(self, lines: int) -> None:
        """Scroll by so many lines."""
        self._pane.scroll_relative(y=lines, animate=False)

    def action_close(self) -> None:
        """Go back to writing."""
        self.dismiss()
