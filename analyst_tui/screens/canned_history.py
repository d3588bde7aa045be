"""The history of a canned answer: who wrote which version and when, what it said, and how one holds again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen

from analyst_tui import canned_words, spoken, theme
from analyst_tui.shown import shown
from analyst_tui.widgets.line import Line, Part
from analyst_tui.widgets.pane import Block, Pane
from core import clock
from core.canned.views import SPANISH, Version

_HERE, _ELSEWHERE = "▌ ", "  "
_DEEDS = {
    "cargada": "cargada con el programa",
    "escrita": "escrita",
    "cambiada": "cambiada",
    "caducada": "caducada",
    "restaurada": "vuelta a una anterior",
}


class CannedHistory(ModalScreen[int]):
    """Answers with the number of the version that shall hold again; 0 for none."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,y,q", "close", show=False),
        Binding("j,down", "move(1)", show=False),
        Binding("k,up", "move(-1)", show=False),
        Binding("r", "restore", show=False),
        Binding("pagedown,space", "scroll(1)", show=False),
        Binding("pageup", "scroll(-1)", show=False),
    ]
    DEFAULT_CSS = """
    CannedHistory { align: center middle; background: $background 60%; }
    CannedHistory Vertical { width: 90; max-width: 100%; height: 90%; padding: 1 2; background: $panel; }
    CannedHistory #versions { height: 8; }
    CannedHistory #old { height: 1fr; border-top: solid $border; }
    """

    def __init__(self, versions: Sequence[Version], may_restore: bool) -> None:
        super().__init__()
        self._versions, self._may, self._cursor = versions, may_restore, 0
        self._list, self._pane, self._hints = Pane(id="versions"), Pane(id="old"), Line()

    def compose(self) -> ComposeResult:
        with Vertical():
            yield self._list
            yield self._pane
            yield self._hints

    def on_mount(self) -> None:
        keys = [Part("esc", theme.key), Part(" volver", theme.quiet)]
        if self._may:
            keys += [Part("   r", theme.key), Part(" que vuelva a valer la del cursor", theme.quiet)]
        self._hints.show(keys)
        self._paint()

    def _paint(self) -> None:
        self._list.show(told(self._versions, self._cursor), keep_place=True)
        self._list.scroll_to(y=max(self._cursor - 4, 0), animate=False)
        page = self._versions[self._cursor].page
        head = shown(f"{page.title} · {page.owner} · {page.law} · {canned_words.until(page)}", theme.quiet)
        self._pane.show([Block(head), Block(Text("")), Block(canned_words.text(page.texts[SPANISH], None))])

    def action_move(self, by: int) -> None:
        """Move the cursor of the versions."""
        self._cursor = max(min(self._cursor + by, len(self._versions) - 1), 0)
        self._paint()

    def action_restore(self) -> None:
        """Let the version of the cursor hold again; the first one holds already."""
        if not self._may or not self._cursor:
            words = "Esa versión es la que vale." if self._may else "Tu cuenta no permite hacer esto: es de supervisión."
            self._hints.show([Part(words, theme.late)])
            return
        self.dismiss(self._versions[self._cursor].number)

    def action_scroll(self, pages: int) -> None:
        """Scroll the text by so many pages."""
        self._pane.scroll_relative(y=pages * max(self._pane.size.height - 1, 1), animate=False)

    def action_close(self) -> None:
        """Go back to the book."""
        self.dismiss(0)


def told(versions: Sequence[Version], cursor: int) -> Iterator[Block]:
    """A line for each version, the newest first."""
    today = clock.today()
    for place, version in enumerate(versions):
        by = f" por {version.author}" if version.author else ""
        words = f"versión {version.number}  {_DEEDS[version.deed]}{by}, {spoken.moment(version.at, today)}"
        yield Block(shown(words, theme.ink), _HERE if place == cursor else _ELSEWHERE, theme.accent, _ELSEWHERE)
