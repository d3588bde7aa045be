"""Answers on hold: which of them can still be taken back here, for how long, and what became of the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyst_tui import hold_feed
from analyst_tui.background import ask
from analyst_tui.desk_parts.furniture import Furniture
from analyst_tui.hold_feed import Holds
from core import clock

if TYPE_CHECKING:
    from core.tickets.answers.views import Held


class Holding(Furniture):
    """Counts down once a second, and says when an answer did not go out."""

    def keep_hold(self, answer: Held | None) -> None:
        """An answer was sent just now: it can be taken back for a while."""
        if answer is not None:
            self.held = (*(each for each in self.held if each.ticket_id != answer.ticket_id), answer)
            self._paint_holds()

    def end_hold(self, ticket_id: int) -> None:
        """An answer was taken back."""
        self.held = tuple(each for each in self.held if each.ticket_id != ticket_id)
        self._paint_holds()

    def count_down(self) -> None:
        """Once a second: paint how long it takes, and ask what became of what should be out."""
        if any(each.release_at <= clock.now() for each in self.held):
            self.ask_holds()
        self._paint_holds()

    def ask_holds(self) -> None:
        """Learn which answers are on hold, and which did not go out."""
        if self.actor is not None:
            ask(self, "holds", hold_feed.holds, self._know_holds, quiet=True)

    def _know_holds(self, holds: Holds) -> None:
        self.held = holds.held
        news = [each for each in holds.returned if each.event_id not in self.told_returns]
        self.told_returns |= {each.event_id for each in holds.returned}
        self._paint_holds()
        if news:
            one = "; ".join(f"{each.folio}: {each.reason}" for each in news[-3:])
            self.say(f"No salió tu respuesta y es otra vez tu borrador. {one}.", alarm=True)

    def _paint_holds(self) -> None:
        if self.desk_screens and self.desk_screens[-1].is_running:
            self.desk_screens[-1].paint_holds()
