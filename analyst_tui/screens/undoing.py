"""Taking back what was sent a moment ago."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyst_tui import hold_feed
from analyst_tui.background import change
from analyst_tui.command_tables.command import Command
from analyst_tui.screens.base import DeskScreen
from core import clock
from core.errors import Problem
from core.tickets.answers.holding_time import left

if TYPE_CHECKING:
    from core.tickets.views import TicketSheet


class Undoing(DeskScreen):
    """Offers the latest answer on hold back, with the seconds that are left for it."""

    def offered(self) -> tuple[Command, ...]:
        return tuple(self._counted(c) for c in super().offered() if c.id != "undo" or self.desk.held)

    def _counted(self, offer: Command) -> Command:
        if offer.id != "undo":
            return offer
        seconds = left(self.desk.held[-1].release_at, clock.now())
        return offer._replace(words=f"{offer.words} ({seconds} s)")

    def why_not(self, command_id: str) -> str:
        if command_id == "undo" and not self.desk.held:
            return "No hay ninguna respuesta tuya por salir."
        return super().why_not(command_id)

    def do_undo(self) -> None:
        ticket_id = self.desk.held[-1].ticket_id
        change(self.app, "undo", lambda me: hold_feed.taken_back(me, ticket_id), self._taken_back, self._too_late)
        self.desk.keys_wait_for(lambda: self.desk.desk_screens[-1].types)

    def _taken_back(self, sheet: TicketSheet) -> None:
        self.desk.end_hold(sheet.row.id)
        self.reopen(sheet)
        self.desk.say(f"La respuesta de {sheet.row.folio} no sale: es otra vez tu borrador.")

    def _too_late(self, problem: Problem) -> None:
        self.desk.keys_go_on()
        self.desk.say(problem.message, alarm=True)
        self.desk.ask_holds()

    def reopen(self, sheet: TicketSheet) -> None:
        """Show the ticket whose answer came back, ready to go on writing."""
        from analyst_tui.outgoing import ANSWER

        self.desk.show_ticket(sheet, ANSWER)

    def paint_holds(self) -> None:
        self.paint_hints()
