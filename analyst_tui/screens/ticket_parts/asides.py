"""What is kept beside the ticket: its tags, its history, the tickets that it has to do with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyst_tui.background import ask
from analyst_tui.screens.ticket_parts.working import WorkingScreen
from core.people.views import Staff

if TYPE_CHECKING:
    from core.tickets.asides.history import Happened


class Asides(WorkingScreen):
    """Opens each, and reads the ticket again on the way back."""

    def why_not(self, command_id: str) -> str:
        if command_id == "tags" and self.sheet.row.frozen:
            return f"No se puede: datos {self.sheet.row.frozen}."
        return super().why_not(command_id)

    def do_tags(self) -> None:
        from analyst_tui.screens.tags import TagsScreen

        self.app.push_screen(TagsScreen(self.sheet.row), self._came_back)

    def do_related(self) -> None:
        from analyst_tui.screens.related import RelatedScreen

        self.app.push_screen(RelatedScreen(self.sheet), self._came_back)

    def do_history(self) -> None:
        ticket_id = self.sheet.row.id

        def read(me: Staff) -> tuple[Happened, ...]:
            from core.tickets.asides import history

            return history.of_ticket(me, ticket_id)

        ask(self, "history", read, self._show_history, leads=True)

    def _show_history(self, happened: tuple[Happened, ...]) -> None:
        from analyst_tui.screens.history import HistoryScreen

        self.app.push_screen(HistoryScreen(self.sheet, happened))
