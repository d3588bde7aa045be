"""Views and the search line."""

from __future__ import annotations

from textual.widgets import Input

from analyst_tui.command_tables.command import Command
from analyst_tui.screens.queue_parts.listing import ListingScreen
from core.tickets import queue


class Finding(ListingScreen):
    """Chooses what the list holds."""

    def do_view(self, digit: int) -> None:
        views = [view.code for view in queue.listed()]
        if digit <= len(views):
            self.close_search()
            self.lister.choose(views[digit - 1])
        else:
            self.say(f"Las vistas van del 1 al {len(views)}.")

    def do_next_view(self) -> None:
        views = [view.code for view in queue.listed()]
        place = views.index(self.lister.view) + 1 if self.lister.view in views else 0
        self.do_view(place % len(views) + 1)

    def do_search(self) -> None:
        if self.search is None:
            from analyst_tui.widgets.search_line import SearchLine

            box = self.search = SearchLine()
            self.mount(box, before="#middle")
            self.desk.keys_wait_for(lambda: box.box.has_focus)
        else:
            self.search.box.focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        self.lister.search(event.value)
        self.paint_views()

    def do_back(self) -> None:
        if self.search is not None or self.lister.line:
            self.close_search()
            self.lister.end_search()

    def on_input_submitted(self) -> None:
        self.tickets.focus()
        self.action_perform("open")

    def offered(self) -> tuple[Command, ...]:
        return tuple(c for c in super().offered() if c.id != "back" or self.search is not None)

    def why_not(self, command_id: str) -> str:
        if command_id == "arrivals" and not self.lister.arrived:
            return "No ha llegado nada nuevo a esta vista."
        return super().why_not(command_id)

    def do_arrivals(self) -> None:
        self.lister.to_arrivals(lambda: self.say("Lo nuevo no está en esta vista, o ya lo tomó alguien."))
