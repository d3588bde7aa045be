"""A short list with a cursor, and something to read under it: what the screens for one's own texts and files share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from rich.text import Text
from textual.app import ComposeResult

from analyst_tui import theme
from analyst_tui.screens.scrolling import Scrolling
from analyst_tui.shown import shown
from analyst_tui.widgets.pane import Block, Pane

_HERE, _ELSEWHERE = "▌ ", "  "


class PickingScreen(Scrolling):
    """Shows `items`, each in a line of its own, and more of the one at the cursor."""

    NOTHING = ""
    """What stands there when there are none."""

    def __init__(self, items: Sequence[Any]) -> None:
        super().__init__()
        self.items: Sequence[Any] = items
        self.cursor = 0
        self.pane = Pane(widest=100)

    def body(self) -> ComposeResult:
        yield self.pane

    def on_mount(self) -> None:
        self.paint_items()

    def line(self, item: Any) -> Text:
        """An item in one line."""
        raise NotImplementedError

    def more(self, item: Any) -> Iterable[Block]:
        """What is to be read of the item at the cursor."""
        return ()

    def paint_items(self) -> None:
        """Paint the list as it is now."""
        self.cursor = max(min(self.cursor, len(self.items) - 1), 0)
        self.pane.show(self._blocks())

    def _blocks(self) -> Iterable[Block]:
        for place, item in enumerate(self.items):
            yield Block(self.line(item), _HERE if place == self.cursor else _ELSEWHERE, theme.accent, _ELSEWHERE)
        yield from self.more(self.items[self.cursor]) if self.items else (Block(shown(self.NOTHING, theme.quiet)),)

    def do_down(self) -> None:
        self.cursor += 1
        self.paint_items()

    def do_up(self) -> None:
        self.cursor -= 1
        self.paint_items()
