"""What shows while the first list is not there yet: a slow or an absent database."""

from __future__ import annotations

from collections.abc import Callable

from textual.app import ComposeResult

from analyst_tui import theme
from analyst_tui.background import run
from analyst_tui.feed import Listing
from analyst_tui.screens.base import DeskScreen, Down
from analyst_tui.widgets.line import Part
from core.errors import Problem
from core.people.views import Staff

Opened = tuple[Staff, Listing]


class WaitingScreen(DeskScreen):
    """Waits for the database, then becomes the queue; tries again by itself."""

    def __init__(self, opened: Callable[[], Opened]) -> None:
        super().__init__()
        self._opened = opened

    def body(self) -> ComposeResult:
        yield Down(id="middle")

    def on_mount(self) -> None:
        self.show_status((Part(" Abriendo la lista…", theme.quiet),))
        run(self, "opening", self._opened, self._open, self._refused)

    def _open(self, answer: Opened) -> None:
        self.app.call_later(self.desk.sit_down, *answer)

    def _refused(self, problem: Problem) -> None:
        self.app.push_screen(self.desk.sign_in_screen(problem.message))
