"""What each of the staff sets as they like it, on every screen: the look, and the linear mode."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from textual.screen import Screen

if TYPE_CHECKING:
    from analyst_tui.desk import DeskApp


class Comforts(Screen[None]):
    """Commands that change how the desk looks and reads, and nothing else."""

    def do_theme(self) -> None:
        """Wear the next look."""
        desk = cast("DeskApp", self.app)
        desk.next_look()
        desk.say(f"Tema {desk.look.words}.")

    def do_linear(self) -> None:
        """Enter or leave the linear mode."""
        desk = cast("DeskApp", self.app)
        desk.say("Modo lineal: una frase por línea." if desk.turn_linear() else "Modo lineal apagado.")

    def do_tips(self) -> None:
        """Show advice, or no longer."""
        desk = cast("DeskApp", self.app)
        desk.say("Con consejos otra vez." if desk.turn_tips() else "Sin consejos desde ahora.")
