"""Screens that are read in one pane: the keys that move it, and the one that leaves."""

from __future__ import annotations

from analyst_tui.screens.base import DeskScreen
from analyst_tui.widgets.pane import Pane


class Scrolling(DeskScreen):
    """A pane to read; a screen with a cursor of its own moves that by line instead."""

    pane: Pane

    def do_down(self) -> None:
        self.pane.scroll_relative(y=1, animate=False)

    def do_up(self) -> None:
        self.pane.scroll_relative(y=-1, animate=False)

    def do_page_down(self) -> None:
        self.pane.scroll_page_down(animate=False)

    def do_page_up(self) -> None:
        self.pane.scroll_page_up(animate=False)

    def do_back(self) -> None:
        self.dismiss()
