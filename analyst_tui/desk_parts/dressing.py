"""How the desk looks: the look that is worn, what Textual paints itself, and what goes to the terminal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rich.control import Control
from textual import events
from textual.app import App
from textual.driver import Driver
from textual.filter import LineFilter
from textual.screen import Screen

from analyst_tui import linear, theme
from analyst_tui.wire import LeanDriver


class Dressing(App[None]):
    """Wears a look, from the first paint on."""

    CSS = """
    DeskScreen { background: $background; color: $foreground; }
    #top { background: $panel; }
    #hints { background: $panel; }
    #middle { height: 1fr; }
    #lists { width: 1fr; }
    #margin { width: 26; height: 1fr; padding: 0 1; border-right: solid $border; }
    #preview { width: 44; border-left: solid $border; }
    #facts { width: 40; border-left: solid $border; }
    #facts.-roomy { width: 54; }
    #facts.-alone { width: 1fr; border-left: none; }
    #talk { width: 1fr; }
    .-theme-sin_color ModalScreen > * { border: solid; }
    .-linear * { border: none !important; scrollbar-size: 0 0 !important; }
    .-linear #margin, .-linear #views, .-linear #titles, .-linear #preview { display: none; }
    .-linear #facts { width: 1fr; }
    .-linear ModalScreen { background: $background; align: left top; }
    .-linear ModalScreen > * { width: 100%; margin: 0; }
    .-linear SignInScreen { align: left top; }
    .-linear SearchLine { layout: vertical; height: 2; }
    .-linear SearchLine > * { width: 1fr; }
    """

    def __init__(self, plain: bool) -> None:
        super().__init__()
        self.look = theme.PLAIN if plain else theme.DARK
        self._dress()

    def _dress(self) -> None:
        """Setting `theme` later would parse all style sheets twice."""
        for look in theme.LOOKS.values():
            self.register_theme(look.colours)
        self.look.dress(self.console)
        self.set_reactive(App.theme, self.look.code)
        self.stylesheet.set_variables(self.get_css_variables())
        self.add_class("-dark-mode", f"-theme-{self.look.code}")

    def wear(self, look: theme.Look) -> None:
        """Paint everything in another look from now on."""
        self.look = look
        look.dress(self.console)
        self.theme = look.code
        self._repaint()

    def go_linear(self, on: bool) -> None:
        """Enter or leave the linear mode."""
        self.set_class(on, linear.CLASS)
        if isinstance(self._driver, LeanDriver):
            self._driver.show_cursor(on)
        for screen in self._all_screens():
            screen.post_message(events.Resize(self.size, self.size))
        self._repaint()

    def _repaint(self) -> None:
        """Paint all again: Textual does so only where its own colours differ."""
        for screen in self._all_screens():
            screen.query("*").refresh()

    def _all_screens(self) -> list[Screen[Any]]:
        installed = (screen for screen in self._installed_screens.values() if isinstance(screen, Screen))
        return [screen for screen in {*self.screen_stack, *installed} if screen.is_running]

    def post_display_hook(self) -> None:
        """In the linear mode the terminal's cursor goes where somebody reads."""
        place = linear.reading_place(self.screen) if linear.is_on(self) else None
        if place is not None and place != self.cursor_position and self._driver is not None:
            self.cursor_position = place
            self._driver.write(Control.move_to(*place).segment.text)
            self._driver.flush()

    def get_line_filters(self) -> Sequence[LineFilter]:
        """What the look asks for, instead of Textual's translation of colours that nothing here uses."""
        return self.look.filters

    def get_driver_class(self) -> type[Driver]:
        """Ours where Textual would take its own for terminals; a browser has another."""
        chosen = super().get_driver_class()
        return LeanDriver if chosen is LeanDriver.__base__ else chosen
