"""How the desk looks: the look that is worn, what Textual paints itself, and what goes to the terminal."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import App
from textual.driver import Driver
from textual.filter import LineFilter

from analyst_tui import theme
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
    #talk { width: 1fr; }
    .-theme-sin_color ModalScreen > * { border: solid; }
    """

    def __init__(self) -> None:
        super().__init__()
        self.look = theme.DARK
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
        for screen in (*self.screen_stack, *self._installed_screens.values()):
            if not callable(screen):
                screen.query("*").refresh()  # Textual repaints only where its own colours differ

    def get_line_filters(self) -> Sequence[LineFilter]:
        """What the look asks for, instead of Textual's translation of colours that nothing here uses."""
        return self.look.filters

    def get_driver_class(self) -> type[Driver]:
        """Ours where Textual would take its own for terminals; a browser has another."""
        chosen = super().get_driver_class()
        return LeanDriver if chosen is LeanDriver.__base__ else chosen
