"""Marking rows, and what is done to all of them together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from analyst_tui import feed, spoken, theme
from analyst_tui.background import ask
from analyst_tui.screens.queue_parts.finding import Finding
from analyst_tui.screens.queue_parts.listing import NO_TICKET
from analyst_tui.widgets.line import Part
from core.tickets.lists.views import TicketRow

MOST_MARKED = 200


class Marking(Finding):
    """Rows stay marked while the list changes under them; escape lets them go."""

    def __init__(self, first: feed.Listing) -> None:
        super().__init__(first)
        self.typed: dict[str, dict[str, str]] = {}
        """What was typed for an action and not carried out, by the action's code."""

    def marked_words(self) -> tuple[Part, ...]:
        count = len(self.tickets.marked)
        if not count:
            return ()
        words = spoken.counted(count, "marcado", "marcados")
        return (Part(f"   ● {words}, {self.key_of('batch')} para actuar", theme.mark, "batch"),)

    def why_not(self, command_id: str) -> str:
        if command_id == "mark" and self.tickets.current is None:
            return NO_TICKET
        if command_id == "mark" and len(self.tickets.marked) >= MOST_MARKED and not self._is_marked:
            return f"Se marcan {MOST_MARKED} tickets a lo más."
        return super().why_not(command_id)

    @property
    def _is_marked(self) -> bool:
        row = self.tickets.current
        return row is not None and row.id in self.tickets.marked

    def do_mark(self) -> None:
        row = self.tickets.current
        if row is None:
            return
        if self.tickets.marked.pop(row.id, None) is None:
            self.tickets.marked[row.id] = row
        self.tickets.move_by(1)
        self._marks_changed()

    def do_mark_all(self) -> None:
        """Mark the first rows of what stands in the list."""
        choice, found, total = self.lister.choice, self.lister.found, self.tickets.window.total
        code = feed.list_code(choice.view, choice.order)
        ask(self, "mark", lambda me: feed.first_rows(me, code, found, MOST_MARKED), lambda rows: self._mark_these(rows, total))

    def _mark_these(self, rows: Sequence[TicketRow], total: int) -> None:
        self.keep_marked(rows)
        if total > len(rows):
            self.say(f"Marcados los primeros {len(rows)} de {spoken.number(total)}.")

    def keep_marked(self, rows: Iterable[TicketRow]) -> None:
        """Let these rows be marked and no others."""
        self.tickets.marked = {row.id: row for row in rows}
        self._marks_changed()

    def _marks_changed(self) -> None:
        self.tickets.refresh()
        self._paint_status()
        self.paint_hints()

    def restart(self, listing: feed.Listing) -> None:
        self.tickets.marked = {}
        super().restart(listing)

    def do_back(self) -> None:
        if self.search is None and not self.lister.choice.searches and self.tickets.marked:
            self.keep_marked(())
        else:
            super().do_back()

    def do_batch(self) -> None:
        from analyst_tui.screens.many.acting import choose

        choose(self)
