"""The list with everything that surrounds it: views, titles, status, preview."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual import events
from textual.app import ComposeResult

from analyst_tui import feed, linear, spoken, theme
from analyst_tui.feed import Listing
from analyst_tui.lister import Lister
from analyst_tui.motive import reach
from analyst_tui.screens.base import Across, DeskScreen, Down
from analyst_tui.widgets.columns import title_parts
from analyst_tui.widgets.line import Line, Part
from analyst_tui.widgets.preview import Preview
from analyst_tui.widgets.ticket_list import TicketList
from core.tickets.lists import queue

if TYPE_CHECKING:
    from analyst_tui.widgets.search_line import SearchLine
    from core.tickets.searching.views import Found, OwnView

_WIDE = 140
_WIDEST = 160
_NARROW = 110
_DIGITS = 9
NO_TICKET = "No hay ningún ticket bajo el cursor."


class ListingScreen(DeskScreen):
    """Shows the list and keeps it true; what can be done to it comes in families of commands."""

    def __init__(self, first: Listing) -> None:
        super().__init__()
        self.views = Line(id="views")
        self.margin = Line(id="margin")
        self.titles = Line(id="titles")
        self.tickets = TicketList(self._moved)
        self.preview = Preview()
        self.lister = Lister(self.tickets, self._list_told)
        self._first = first
        self.search: SearchLine | None = None
        self.own_views: tuple[OwnView, ...] = ()
        self.own_sizes: dict[int, str] = {}
        """How many tickets one's own views hold, as they are written beside them."""
        self._wants_preview = True
        self._left = False

    def body(self) -> ComposeResult:
        yield self.views
        with Across(id="middle"):
            yield self.margin
            with Down(id="lists"):
                yield self.titles
                yield self.tickets
            yield self.preview

    def on_mount(self) -> None:
        self._place_panes()
        self.tickets.focus()
        self.lister.show(self._first)

    def restart(self, listing: Listing) -> None:
        """Begin again for somebody else."""
        self.close_search()
        self.own_views, self.own_sizes = (), {}
        self.lister.restart(listing)

    def changed(self) -> None:
        self.lister.refresh()

    def on_screen_suspend(self) -> None:
        self._left = True

    def on_screen_resume(self) -> None:
        if self._left:
            self.lister.refresh()

    # painting

    def paint_top(self) -> None:
        pulse = self.lister.pulse
        left = [Part(" Ayuda Migraciones", theme.strong)]
        if pulse is not None:
            overdue = pulse.counts.overdue
            left += [Part("    vencidos ", theme.quiet), Part(spoken.number(overdue), theme.late if overdue else theme.ink)]
            left += [Part("   por vencer ", theme.quiet), Part(spoken.number(pulse.counts.due_soon))]
            left += [Part("   sin asignar ", theme.quiet), Part(spoken.number(pulse.counts.unassigned))]
            if mentions := pulse.counts.mentions:
                left += [Part("   "), Part(spoken.counted(mentions, "mención", "menciones"), theme.mark, "mentions")]
            if surges := pulse.counts.surges:
                words = spoken.counted(surges, "respuesta a muchos", "respuestas a muchos")
                left += [Part("   "), Part(f"{words}: {self.key_of('batch')}", theme.mark, "batch")]
        self.top.show(left, self.desk.corner())

    def paint_views(self) -> None:
        """Paint the views with their keys and counts: down the margin, or in a line that keeps the chosen one in sight."""
        if self._has_margin:
            rows, ours = self._view_rows(short=False), len(queue.listed())
            own: list[tuple[list[Part], list[Part]]] = [([Part("── mías ──", theme.dim)], [])] if self.own_views else []
            self.margin.show_rows([*rows[:ours], *own, *rows[ours:]])
            return
        together = [_together(*row) for row in self._view_rows(short=self.app.size.width < _NARROW)]
        chosen = self.chosen_view - 1
        while chosen > 0 and sum(cell_len(part.text) for row in together[: chosen + 1] for part in row) > self.app.size.width:
            together, chosen = together[1:], chosen - 1
        self.views.show([Part(" "), *(part for row in together for part in row)])

    @property
    def chosen_view(self) -> int:
        """The number of the view that was chosen, ours first and then one's own; 0 for one with a key of its own."""
        own, ids = self.lister.choice.own, [view.id for view in self.own_views]
        if own is not None and own.id in ids:
            return len(queue.listed()) + ids.index(own.id) + 1
        return next((place for place, view in enumerate(queue.listed(), start=1) if view.code == self.lister.view), 0)

    def _view_rows(self, short: bool) -> list[tuple[list[Part], list[Part]]]:
        pulse = self.lister.pulse
        rows = []
        for place, view in enumerate(queue.listed(), start=1):
            count = None if pulse is None else feed.view_count(view.code, pulse.counts)
            name = view.short if short and view.short else view.name
            rows.append(self._view_parts(place, name, "" if count is None else spoken.number(count)))
        for place, own in enumerate(self.own_views, start=len(queue.listed()) + 1):
            rows.append(self._view_parts(place, own.name, self.own_sizes.get(own.id, "")))
        return rows

    def _view_parts(self, place: int, name: str, count: str) -> tuple[list[Part], list[Part]]:
        """A view's key and name, and how many tickets it holds."""
        action = f"view:{place}"
        chosen = place == self.chosen_view and not self.lister.choice.searches
        style = theme.chosen if chosen else theme.quiet
        digit = f"{place} " if place <= _DIGITS else "· "
        return [Part(digit, theme.key, action), Part(name, style, action)], [Part(count, style, action)] if count else []

    def _paint_status(self) -> None:
        lister, tickets = self.lister, self.tickets
        total, found = tickets.window.total, lister.found
        if self.search is not None:
            told = found.understood if found and lister.choice.searches else ""
            self.search.tell(f"{told}{self._more(found)}" if told else "")
        where = f" {spoken.number(tickets.cursor + 1)} de {spoken.number(total)}" if total else " Ningún ticket aquí"
        if linear.is_on(self.app) and total:  # each row says its place: only what changes is worth hearing
            where = f" {spoken.counted(total, 'ticket', 'tickets')}"
        left = [Part(f"{where}{self._more(found)} · {self._list_name()}", theme.quiet)]
        if found is not None and found.more:
            left.append(Part("   con antes: y una fecha se va más atrás", theme.quiet))
        if found is not None and found.also:
            left.append(Part(f"   {found.also}, {self.key_of('with_closed')} para verlos", theme.mark, "with_closed"))
        if lister.arrived:
            words = spoken.counted(lister.arrived, "nuevo", "nuevos")
            see = "verlo" if lister.arrived == 1 else "verlos"
            left.append(Part(f"   {words}, {self.key_of('arrivals')} para {see}", theme.mark, "arrivals"))
        self.show_status([*left, *self.marked_words()])

    def marked_words(self) -> tuple[Part, ...]:
        """How many rows are marked, for the status line."""
        return ()

    @staticmethod
    def _more(found: Found | None) -> str:
        """That there are more than are listed."""
        return " o más" if found is not None and found.more else ""

    def _list_name(self) -> str:
        """What stands in the list: a search, a view, one of one's own, and in which order."""
        choice = self.lister.choice
        name = choice.own.name if choice.own else queue.VIEWS[choice.view].name
        if choice.searches:
            name = "Búsqueda"
        closed = ", con cerrados" if choice.closed else ""
        return f"{name}{closed}{self._order_words(choice.order)}"

    @staticmethod
    def _order_words(order: str) -> str:
        if not order:
            return ""
        from core.tickets.searching import search

        words = search.order_named(order).words
        return f" · {words[:1].lower()}{words[1:]}"

    def _list_told(self) -> None:
        """The list has news: paint what surrounds it."""
        self.paint_views()
        self._paint_titles()
        self._paint_status()
        self.paint_top()
        self.paint_hints()

    def _paint_titles(self) -> None:
        self.titles.show(title_parts(self.tickets.shape, self.tickets.order))

    def on_resize(self, event: events.Resize) -> None:
        self._place_panes()
        self.paint_views()
        self.call_after_refresh(self._paint_titles)

    def _moved(self) -> None:
        self._paint_status()
        self.preview.follow(self.tickets.current, self.tickets.words)

    def on_ticket_list_wanted(self) -> None:
        self.lister.load()

    def on_ticket_list_opened(self) -> None:
        self.action_perform("open")

    def close_search(self) -> None:
        """Put the search line away."""
        if self.search is not None:
            self.search.remove()
            self.search = None
            self.tickets.focus()

    def open_ticket(self, ticket_id: int, then: str = "") -> None:
        """Read a ticket and show it, what was looked for marked; `then` names what is to be written at once."""
        self.desk.looked_for = ticket_id, self.tickets.words
        reach(
            self,
            "open",
            lambda me, reason: feed.sheet(me, ticket_id, reason),
            lambda sheet: self.desk.show_ticket(sheet, then),
        )
        self.desk.keys_wait_for(lambda: self.app.screen is not self)

    # the preview beside the list

    @property
    def _has_margin(self) -> bool:
        return self.has_room(_WIDEST)

    def _place_panes(self) -> None:
        """Show the panes that this width has room for."""
        self.preview.display = self._wants_preview and self.has_room(_WIDE)
        self.margin.display = self._has_margin
        self.views.display = not self._has_margin and not linear.is_on(self.app)
        self.titles.display = not linear.is_on(self.app)
        self.preview.follow(self.tickets.current, self.tickets.words)

    def why_not(self, command_id: str) -> str:
        if command_id == "preview" and self.tickets.current is None:
            return NO_TICKET
        return super().why_not(command_id)

    def do_preview(self) -> None:
        """Show or hide the ticket beside the list, or instead of it where both do not fit."""
        if self.has_room(_WIDE):
            self._wants_preview = not self._wants_preview
            self._place_panes()
        elif (row := self.tickets.current) is not None:
            self.open_ticket(row.id)


def _together(name: list[Part], count: list[Part]) -> list[Part]:
    return [*name, *([Part(" "), *count] if count else []), Part("  ")]
