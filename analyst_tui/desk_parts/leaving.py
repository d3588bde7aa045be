"""How the desk is left: never with a word that is not saved, unless somebody says so."""

from __future__ import annotations

from analyst_tui.desk_parts.safekeeping import Safekeeping

_SAVED_WITHIN = 0.7
_SAVED_IN_HASTE = 2.0
"""Seconds that the database has when the connection of the terminal is lost."""


class Leaving(Safekeeping):
    """Ends the program."""

    _hung_up = False

    def leave(self) -> None:
        """Quit once every draft is saved; ask when one cannot be."""
        if self._nothing_to_lose():
            self.exit()
            return
        self._leaving = True
        for screen in self.desk_screens:
            screen.save_all(self._leave_if_safe)
        self.set_timer(_SAVED_WITHIN, self._ask_to_leave)

    def hang_up(self) -> None:
        """End although nobody said so, with every word in a file at once and in the database if that can be done soon."""
        if self._hung_up:
            return
        self._hung_up = self._leaving = True
        self.shelve_all()
        for screen in self.desk_screens:
            screen.save_all(self._leave_if_safe)
        if self._nothing_to_lose():
            self.exit()
        else:
            self.set_timer(_SAVED_IN_HASTE, self.exit)

    def _nothing_to_lose(self) -> bool:
        return not self.unsaved and all(screen.safe_to_leave() for screen in self.desk_screens)

    def _leave_if_safe(self) -> None:
        if self._leaving and self._nothing_to_lose():
            self.exit()

    def _ask_to_leave(self) -> None:
        from analyst_tui.screens.leaving import LeavingScreen

        if not isinstance(self.screen, LeavingScreen):
            self.push_screen(LeavingScreen(), self._left)

    def _left(self, leaves: bool | None) -> None:
        self._leaving = False
        if leaves:
            self.exit()

    def action_help_quit(self) -> None:
        self.say("Para salir, ctrl+q.")

    async def action_quit(self) -> None:
        self.leave()
