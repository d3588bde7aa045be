"""Every key of a screen, with what it does."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen

from analyst_tui import theme
from analyst_tui.widgets.pane import Block, Pane

_KEYS = 16
_MARGIN = 2


class HelpScreen(ModalScreen[None]):
    """The loop, and the keys of the screen below; any of its own keys closes it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,question_mark,q,enter", "close", show=False),
        Binding("j,down", "scroll(1)", show=False),
        Binding("k,up", "scroll(-1)", show=False),
        Binding("pagedown,space", "scroll(10)", show=False),
        Binding("pageup", "scroll(-10)", show=False),
    ]
    DEFAULT_CSS = """
    HelpScreen { align: center middle; background: $background 60%; }
    HelpScreen Pane { width: 90; max-width: 100%; height: 90%; padding: 1 2; background: $panel; }
    """

    def __init__(self, loop: Sequence[tuple[str, str]], lines: Sequence[tuple[str, str, str]]) -> None:
        super().__init__()
        self._loop, self._entries = loop, lines
        self._pane = Pane(id="keys")

    def compose(self) -> ComposeResult:
        yield self._pane

    def on_mount(self) -> None:
        blocks = [Block(Text("Una vuelta, de ticket en ticket   esc cierra", theme.strong))]
        blocks += [_entry(keys, words, "") for keys, words in self._loop]
        blocks.append(Block(Text("\nTeclas de esta pantalla", theme.strong)))
        blocks += [_entry(*entry) for entry in self._entries]
        self._pane.show(blocks)
        self.call_after_refresh(self._fit)

    def on_resize(self) -> None:
        self.call_after_refresh(self._fit)

    def _fit(self) -> None:
        """As high as the text, or as the terminal allows."""
        self._pane.styles.height = min(self._pane.height_of_text + _MARGIN, max(self.app.size.height - _MARGIN, 5))

    def action_scroll(self, lines: int) -> None:
        """Scroll by so many lines."""
        self._pane.scroll_relative(y=lines, animate=False)

    def action_close(self) -> None:
        """Go back to the screen below."""
        self.dismiss()


def _entry(keys: str, words: str, reason: str) -> Block:
    text = Text(words, theme.dim if reason else theme.ink)
    if reason:
        text.append(f"  {reason}", theme.dim)
    return Block(text, f"{keys:<{_KEYS}}", theme.dim if reason else theme.key, " " * _KEYS)
