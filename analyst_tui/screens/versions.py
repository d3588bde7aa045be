"""What a draft said before: the last few texts, and one of them back in the editor."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import ClassVar

from rich.text import Text
from textual.binding import BindingType

from analyst_tui import spoken, theme
from analyst_tui.command_tables.command import VERSIONS
from analyst_tui.commands import bindings
from analyst_tui.screens.picking import PickingScreen
from analyst_tui.shown import one_line, shown
from analyst_tui.widgets.line import Part
from analyst_tui.widgets.pane import Block
from core import clock
from core.tickets.views import Version

_FIRST_WORDS = 48


class VersionsScreen(PickingScreen):
    """Each version with its time, its first words and its length; the whole text of the one at the cursor below."""

    PLACES = (VERSIONS,)
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(VERSIONS)]
    NOTHING = "Todavía no hay versiones: quedan cuando el texto cambia mucho, o cuando dejas de escribir."

    def __init__(self, versions: Sequence[Version], bring_back: Callable[[str], object]) -> None:
        super().__init__(versions)
        self._bring_back = bring_back

    def paint_top(self) -> None:
        self.top.show((Part(" Versiones de tu borrador", theme.strong),), self.desk.corner())

    def why_not(self, command_id: str) -> str:
        if command_id == "open" and not self.items:
            return "No hay ninguna versión que recuperar."
        return super().why_not(command_id)

    def line(self, item: Version) -> Text:
        words = one_line(item.body)
        start = words if len(words) <= _FIRST_WORDS else f"{words[:_FIRST_WORDS]}…"
        length = spoken.counted(len(item.body), "carácter", "caracteres")
        text = Text(end="").append(f"{spoken.moment(item.at, clock.today())}   ", theme.key).append_text(shown(start, theme.ink))
        return text.append(f"   {length}", theme.quiet)

    def more(self, item: Version) -> Iterator[Block]:
        yield Block(Text(""))
        yield Block(shown(item.body, theme.ink), "  ")

    def do_open(self) -> None:
        self.dismiss()
        self._bring_back(self.items[self.cursor].body)
