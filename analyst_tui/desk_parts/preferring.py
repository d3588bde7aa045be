"""What whoever sits here prefers: kept for the next time, wherever that is."""

from __future__ import annotations

from dataclasses import replace

from analyst_tui import linear, theme, tips
from analyst_tui.background import ask
from analyst_tui.desk_parts.furniture import Furniture
from core.people import staff
from core.people.views import Staff

LINEAR = "lineal"


class Preferring(Furniture):
    """Dresses the desk as somebody likes it; what the terminal itself cannot or must not do comes first."""

    def prefer(self, actor: Staff) -> None:
        """Make the desk as this member of staff left it."""
        look = next((look for code, look in theme.LOOKS.items() if code in actor.habits), theme.DARK)
        if not self.starts_plain and look is not self.look:
            self.wear(look)
        wanted = self.starts_linear or LINEAR in actor.habits
        if wanted != linear.is_on(self):
            self.go_linear(wanted)

    def next_look(self) -> None:
        """Wear the look after this one."""
        self.wear(theme.after(self.look))
        self._keep(gone=set(theme.LOOKS), new={self.look.code})

    def turn_linear(self) -> bool:
        """Enter or leave the linear mode; whether it is on now."""
        on = not linear.is_on(self)
        self.go_linear(on)
        self._keep(gone={LINEAR}, new={LINEAR} if on else set())
        return on

    @property
    def advises(self) -> bool:
        """Whether whoever sits here wants advice; in the linear mode it would be read aloud each time."""
        return self.actor is not None and tips.GONE not in self.actor.habits and not linear.is_on(self)

    def turn_tips(self) -> bool:
        """Show advice, or no longer; whether it is shown now."""
        gone = self.actor is None or tips.GONE not in self.actor.habits
        self._keep(gone={tips.GONE}, new={tips.GONE} if gone else set())
        return not gone

    def _keep(self, gone: set[str], new: set[str]) -> None:
        """Remember a habit instead of others, once somebody is signed in."""
        if self.actor is not None:
            habits = self.actor.habits - gone | new
            self.actor = replace(self.actor, habits=habits)
            ask(self, "habits", lambda me: staff.keep_habits(me, habits), lambda _: None, quiet=True)
