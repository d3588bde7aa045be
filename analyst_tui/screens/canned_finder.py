"""The finder of canned answers: narrows while one types, shows the text as it would stand in this ticket."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input

from analyst_tui import canned_words, spoken, theme
from analyst_tui.palette import Choices, rank
from analyst_tui.widgets.field import Field
from analyst_tui.widgets.pane import Block, Pane
from core.canned.views import Canned
from core.text import fold
from core.tickets.answers import filling
from core.tickets.views import TicketSheet

_SURELY = 3
"""The last rank of the palette's that is no guess."""


def found(typed: str, answers: Sequence[Canned], materia: str = "", categoria: str = "") -> list[Canned]:
    """The answers that fit what was typed, the best first; among equals those that fit the ticket."""
    ranked = [
        (_rank(typed, each), -each.page.fits(materia, categoria), each.page.is_expired, each.page.title) for each in answers
    ]
    order = sorted((key, place) for place, key in enumerate(ranked) if key[0])
    return [answers[place] for _key, place in order]


def _rank(typed: str, canned: Canned) -> int:
    """1 for the best; 0 when it does not fit."""
    by_title, wanted = rank(typed, canned.page.title), fold(typed).split()
    if by_title is not None and by_title <= _SURELY:
        return by_title + 1
    known = canned_words.haystack(canned)
    return 5 if all(any(word.startswith(each) for word in known) for each in wanted) else 0


class CannedFinder(ModalScreen[Canned | None]):
    """Answers with the canned answer that was chosen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,ctrl+t", "close", show=False),
        Binding("down", "move(1)", show=False),
        Binding("up", "move(-1)", show=False),
        Binding("pagedown", "scroll(1)", show=False),
        Binding("pageup", "scroll(-1)", show=False),
    ]
    AUTO_FOCUS = "Input"
    DEFAULT_CSS = """
    CannedFinder { align: center top; background: $background 60%; }
    CannedFinder Vertical { width: 100; max-width: 100%; height: 100%; max-height: 36; padding: 1 1; background: $panel; }
    CannedFinder Field { background: $boost; margin-bottom: 1; }
    CannedFinder Choices { height: 8; }
    CannedFinder Pane { height: 1fr; border-top: solid $border; }
    """

    def __init__(self, answers: Sequence[Canned], sheet: TicketSheet, analyst: str) -> None:
        super().__init__()
        self._answers, self._sheet, self._analyst = answers, sheet, analyst
        self._offered: list[Canned] = []
        self._choices, self._pane = Choices(), Pane(id="canned")

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Field("respuesta tipo: título, palabras, materia")
            yield self._choices
            yield self._pane

    def on_mount(self) -> None:
        self._offer("")

    def on_input_changed(self, event: Input.Changed) -> None:
        self._offer(event.value)

    def on_input_submitted(self) -> None:
        self._choose()

    def on_click(self, event: events.Click) -> None:
        if event.widget is self._choices:
            self._choices.move(int(self._choices.scroll_offset.y) + event.y - self._choices.cursor)
            self._choose()

    @property
    def current(self) -> Canned | None:
        """The canned answer at the cursor."""
        return self._offered[self._choices.cursor] if self._choices.cursor < len(self._offered) else None

    def _offer(self, typed: str) -> None:
        row = self._sheet.row
        self._offered = found(typed, self._answers, row.materia, row.categoria)
        self._choices.show([self._entry(each) for each in self._offered])
        self._preview()

    def _entry(self, canned: Canned) -> tuple[str, str, str, str]:
        row, page = self._sheet.row, canned.page
        lead = "● " if page.fits(row.materia, row.categoria) == 2 else "  "
        share = "" if canned.second_share is None else f"2.º {spoken.percent(canned.second_share)}"
        return (canned.code, share, lead + page.title, canned_words.until(page) if page.is_expired else "")

    def _preview(self) -> None:
        canned = self.current
        if canned is None:
            self._pane.show([Text("Ninguna calza con eso.", theme.quiet, end="")])
            return
        body, used = canned.page.in_language(self._sheet.language)
        values = filling.values(self._sheet, self._analyst, used)
        in_words = Block(Text(canned_words.spoken_in(canned.page, self._sheet.language), theme.quiet, end=""))
        told = canned_words.text(body, values)
        self._pane.show([*canned_words.about(canned), in_words, Block(Text("")), Block(told)])

    def _choose(self) -> None:
        canned = self.current
        if canned is not None and canned.page.is_expired:
            late = Text(f"No se puede usar: {canned_words.until(canned.page)}. Elige otra o escribe la tuya.", theme.late, end="")
            self._pane.show([late, *canned_words.about(canned)])
        elif canned is not None:
            self.dismiss(canned)

    def action_move(self, by: int) -> None:
        """Move the cursor of the choices."""
        self._choices.move(by)
        self._preview()

    def action_scroll(self, pages: int) -> None:
        """Scroll the text by so many pages."""
        self._pane.scroll_relative(y=pages * max(self._pane.size.height - 1, 1), animate=False)

    def action_close(self) -> None:
        """Close without choosing."""
        self.dismiss(None)
