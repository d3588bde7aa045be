"""What can be looked at beside the conversation: facts, files, the term, earlier tickets."""

from __future__ import annotations

from analyst_tui import feed, others
from analyst_tui.background import ask
from analyst_tui.motive import reach
from analyst_tui.screens.reading import WIDE
from analyst_tui.screens.ticket_parts.working import WorkingScreen
from core.calendar.ledger import Ledger
from core.tickets.views import TicketSheet


class Looking(WorkingScreen):
    """Opens what belongs to the ticket, and goes back."""

    def why_not(self, command_id: str) -> str:
        if command_id == "facts" and self.has_room(WIDE) and not self.facts.max_scroll_y:
            return "La ficha ya está a la vista."
        if command_id == "files" and not self.sheet.files:
            return "La persona no envió archivos."
        if command_id == "earlier" and not others.numbered(self.sheet):
            return "La ficha no tiene otros tickets que puedas abrir."
        return super().why_not(command_id)

    def do_files(self) -> None:
        from analyst_tui.screens.files import FilesScreen

        self.app.push_screen(FilesScreen(self.sheet, self.desk.folder))

    def do_term(self) -> None:
        ticket_id = self.sheet.row.id
        ask(self, "term", lambda me: feed.ledger(me, ticket_id), self._show_term, leads=True)

    def _show_term(self, counted: Ledger) -> None:
        from analyst_tui.screens.term import TermScreen

        self.app.push_screen(TermScreen(self.sheet, counted))

    def do_earlier(self, digit: int) -> None:
        numbered = others.numbered(self.sheet)
        if digit > len(numbered):
            self.say(f"Los tickets de la ficha van del 1 al {len(numbered)}.")
            return
        ticket_id = numbered[digit - 1].id
        reach(self, "earlier", lambda me, reason: feed.sheet(me, ticket_id, reason), self._show_earlier)

    def _show_earlier(self, sheet: TicketSheet) -> None:
        self.app.push_screen(type(self)(sheet))

    def do_facts(self) -> None:
        if self.has_room(WIDE):
            self.facts.page_round()
        else:
            self.facts_asked = not self.facts_asked
            self.paint()

    def do_back(self) -> None:
        if self.writes and self.writing is not None:
            self.stop_writing(self.writing)
        elif self.facts_asked and not self.has_room(WIDE):
            self.do_facts()
        else:
            self.leave_ticket()
            self.dismiss()
