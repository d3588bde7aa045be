"""What is done to the ticket of the cursor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyst_tui import feed, marks
from analyst_tui.background import change
from analyst_tui.screens.queue_parts.listing import NO_TICKET, ListingScreen
from core.people.views import Staff
from core.tickets.lists.views import TicketRow

if TYPE_CHECKING:
    from core.tickets.views import TicketSheet


class Acting(ListingScreen):
    """Opens, takes and claims."""

    def why_not(self, command_id: str) -> str:
        if command_id in ("open", "claim", "answer", "note") and self.tickets.current is None:
            return NO_TICKET
        if command_id == "claim" and (row := self.tickets.current) is not None:
            return _why_no_claim(row, self.actor)
        return super().why_not(command_id)

    def do_open(self, then: str = "") -> None:
        if (row := self.tickets.current) is not None:
            self.open_ticket(row.id, then)

    def do_answer(self) -> None:
        self.do_open("respuesta")

    def do_note(self) -> None:
        self.do_open("nota")

    def do_take(self) -> None:
        change(self, "take", feed.taken, self._taken)
        self.desk.keys_wait_for(lambda: self.app.screen is not self)

    def _taken(self, sheet: TicketSheet | None) -> None:
        if sheet is None:
            self.desk.keys_go_on()
            self.say("No queda ningún ticket por tomar.")
        else:
            self.desk.show_ticket(sheet)

    def do_claim(self) -> None:
        row = self.tickets.current
        if row is not None:
            change(self, "claim", lambda me: _claim(me, row.id), lambda _: self._claimed(row))

    def _claimed(self, row: TicketRow) -> None:
        self.say(f"{row.folio} es tuyo.")
        self.lister.refresh()


def _why_no_claim(row: TicketRow, actor: Staff) -> str:
    if not row.is_open:
        return f"{row.folio} ya está {marks.state(row)}."
    return "Ya es tuyo." if row.assignee_id == actor.id else ""


def _claim(me: Staff, ticket_id: int) -> None:
    from core.tickets import desk

    desk.claim(me, ticket_id)
