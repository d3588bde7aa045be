"""Views, the search line, filters and orders: what the list holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widgets import Input

from analyst_tui import feed
from analyst_tui.background import ask, is_busy
from analyst_tui.command_tables.command import Command
from analyst_tui.lister import Choice
from analyst_tui.screens.queue_parts.listing import ListingScreen
from analyst_tui.widgets.columns import BY_COLUMN
from core.tickets.lists import queue

if TYPE_CHECKING:
    from core.tickets.searching.views import OrderName, OwnView

_USUAL = "usual"


class Finding(ListingScreen):
    """Chooses what the list holds."""

    _opens_for: str | None = None
    """The line that is still being searched and whose first ticket was asked for."""

    def do_view(self, digit: int) -> None:
        views, own = [view.code for view in queue.listed()], self.own_views
        if digit <= len(views):
            self._choose(views[digit - 1])
        elif digit <= len(views) + len(own):
            self._choose(self.lister.view, own[digit - len(views) - 1])
        else:
            self.say(f"Las vistas van del 1 al {len(views) + len(own)}.")

    def _choose(self, view: str, own: OwnView | None = None) -> None:
        self.close_search()
        self.lister.choose(view, own)
        self.desk.keys_wait_for(lambda: not is_busy(self.tickets, "list"))

    def do_next_view(self) -> None:
        self.do_view(self.chosen_view % (len(queue.listed()) + len(self.own_views)) + 1)

    # searching

    def do_search(self) -> None:
        if self.search is None:
            self._open_search("")
        else:
            self.search.box.focus()

    def _open_search(self, line: str) -> None:
        from analyst_tui.widgets.search_line import SearchLine

        box = self.search = SearchLine(line)
        self.mount(box, before="#middle")
        self.desk.keys_wait_for(lambda: box.box.has_focus)

    def do_filter(self) -> None:
        """Search within what stands in the list."""
        choice = self.lister.choice
        if self.search is not None:
            self.search.box.focus()
            return
        line = choice.own.line if choice.own else "" if choice.view == "abiertos" else feed.line_of(choice.view)
        asked = choice.asked
        if asked is not None:
            self.lister.narrow(Choice(choice.view, None, asked.order, asked.closed, line))
        self._open_search(f"{line} " if line else "")

    def on_input_changed(self, event: Input.Changed) -> None:
        self.lister.search(event.value)
        if self.search is not None:
            self.search.complete()
        self.paint_views()

    def do_with_closed(self) -> None:
        self.lister.with_closed()

    def do_back(self) -> None:
        if self.search is not None or self.lister.choice.searches:
            self.close_search()
            self.lister.end_search()

    def on_input_submitted(self) -> None:
        """Open the first that the line finds, once it is found: not what was listed before."""
        self.tickets.focus()
        if is_busy(self.tickets, "list"):
            self._opens_for = self.lister.line
            self.desk.keys_wait_for(lambda: not is_busy(self.tickets, "list"))
        else:
            self.action_perform("open")

    def _list_told(self) -> None:
        super()._list_told()
        line, self._opens_for = self._opens_for, None
        if line is not None and line == self.lister.line:
            self.action_perform("open")

    # orders

    def do_sort(self) -> None:
        """Choose an order from a list of all of them."""
        from core.tickets.searching import search

        ask(self, "orders", lambda _: search.orders(), self._ask_order, leads=True)

    def _ask_order(self, orders: tuple[OrderName, ...]) -> None:
        from analyst_tui.palette import Palette

        now = self.lister.choice.order
        entries = [(_USUAL, "" if now else "✓", "Como siempre", "")]
        entries += [(order.code, "✓" if order.code == now else order.arrow, order.words, "") for order in orders]
        self.app.push_screen(Palette(entries, "ordenar por"), self._sort)

    def _sort(self, order: str | None) -> None:
        if order:
            self.lister.sort("" if order == _USUAL else order)

    def _chosen(self, command_id: str | None) -> None:
        if command_id and command_id.startswith(BY_COLUMN):
            self._sort_by(command_id.removeprefix(BY_COLUMN))
        else:
            super()._chosen(command_id)

    def _sort_by(self, column: str) -> None:
        """A click on a column's title: its order, then the other way round, then the usual one."""
        after = {column: f"-{column}", f"-{column}": _USUAL}
        self._sort(after.get(self.lister.choice.order, column))

    # what can be done now

    def offered(self) -> tuple[Command, ...]:
        hidden = set() if self.search is not None else {"back"}
        if self.lister.choice.is_view:
            hidden.add("with_closed")
        return tuple(c for c in super().offered() if c.id not in hidden)

    def why_not(self, command_id: str) -> str:
        if command_id == "arrivals" and not self.lister.arrived:
            return "No ha llegado nada nuevo a esta vista."
        if command_id == "with_closed" and self.lister.choice.is_view:
            return f"Los cerrados se ven al buscar ({self.key_of('search')}) y en Todos."
        return super().why_not(command_id)

    def do_arrivals(self) -> None:
        self.lister.to_arrivals(lambda: self.say("Lo nuevo no está en esta vista, o ya lo tomó alguien."))

    def palette_entries(self) -> list[tuple[str, str, str, str]]:
        names = [*(view.name for view in queue.listed()), *(own.name for own in self.own_views)]
        views = [(f"view:{place}", str(place), f"ver {name}", "") for place, name in enumerate(names, start=1)]
        return [*(entry for entry in super().palette_entries() if entry[0] != "view"), *views]

    def help_lines(self) -> list[tuple[str, str, str]]:
        from core.tickets.searching import search

        line = [
            ("", "", ""),
            ("búsqueda", 'Palabras, o claves con un valor: tipo:reclamo nombre:"rosa" -materia:multas pasaporte.', ""),
            ('"…"', 'Palabras que van seguidas: "multa pagada".', ""),
            ("tab →", "Completa la clave o el valor que se escribe.", ""),
        ]
        return [*super().help_lines(), *line, *((key, words, "") for key, words in search.key_help())]
