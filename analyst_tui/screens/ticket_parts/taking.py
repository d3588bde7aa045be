"""Whose ticket it is: claim, release, take the next."""

from __future__ import annotations

from collections.abc import Callable

from analyst_tui import feed
from analyst_tui.background import change
from analyst_tui.screens.reading import VERB
from analyst_tui.screens.ticket_parts.working import WorkingScreen
from core.people.views import Staff
from core.tickets.views import TicketSheet


class Taking(WorkingScreen):
    """Makes tickets one's own, and gives them back."""

    def do_claim(self) -> None:
        self._do(feed.claimed, "Es tuyo.")

    def do_release(self) -> None:
        self._do(feed.released, "Volvió a los sin asignar.")

    def _do(self, verb: Callable[[Staff, int], TicketSheet], words: str) -> None:
        ticket_id = self.sheet.row.id

        def done(sheet: TicketSheet) -> None:
            self.show(sheet, keep_place=True)
            if self.writing is not None:  # the change is one's own: no race was lost
                self.writing.version = sheet.row.version
            self.say(words)

        change(self, VERB, lambda me: verb(me, ticket_id), done)

    def do_take(self) -> None:
        change(self, VERB, feed.taken, self._taken)

    def _taken(self, sheet: TicketSheet | None) -> None:
        if sheet is None:
            self.say("No queda ningún ticket por tomar.")
            return
        self.leave_ticket()
        self.load(sheet)
        self.begin()
