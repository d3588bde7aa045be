"""The queue: the lists of tickets, with search, views and a preview."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Input

from analyst_tui import feed, marks, spoken, theme
from analyst_tui.background import ask, change
from analyst_tui.commands import QUEUE, Command, bindings
from analyst_tui.feed import Listing
from analyst_tui.lister import Lister
from analyst_tui.screens.base import Across, DeskScreen, Down
from analyst_tui.widgets.columns import title_line
from analyst_tui.widgets.line import Line, Part
from analyst_tui.widgets.preview import Preview
from analyst_tui.widgets.ticket_list import TicketList
from core.people.views import Staff
from core.tickets import queue
from core.tickets.views import TicketRow, TicketSheet

if TYPE_CHECKING:
    from analyst_tui.widgets.search_line import SearchLine

_WIDE = 140
_WIDEST = 160
_NARROW = 110


class QueueScreen(DeskScreen):
    """The analysts' first screen, and the one to which they return."""

    PLACES = (QUEUE,)
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(QUEUE)]

    def __init__(self, first: Listing) -> None:
        super().__init__()
        self.views = Line(id="views")
        self.margin = Line(id="margin")
        self.titles = Line(id="titles")
        self.tickets = TicketList(self._moved)
        self.preview = Preview()
        self.lister = Lister(self.tickets, self._list_told)
        self._first = first
        self._search: SearchLine | None = None
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
        self._close_box()
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
        self.top.show(left, self.desk.corner())

    def _paint_views(self) -> None:
        if self._has_margin:
            self.margin.show_rows(self._view_rows(short=False))
            return
        rows = [_together(*row) for row in self._view_rows(short=self.app.size.width < _NARROW)]
        chosen = list(queue.VIEWS).index(self.lister.view)  # always in sight, however narrow the terminal
        while chosen and sum(cell_len(part.text) for row in rows[: chosen + 1] for part in row) > self.app.size.width:
            rows, chosen = rows[1:], chosen - 1
        self.views.show([Part(" "), *(part for row in rows for part in row)])

    def _view_rows(self, short: bool) -> list[tuple[list[Part], list[Part]]]:
        return [self._view_parts(place, view, short) for place, view in enumerate(queue.VIEWS.values(), start=1)]

    def _view_parts(self, place: int, view: queue.View, short: bool) -> tuple[list[Part], list[Part]]:
        """A view's key and name, and how many tickets it holds."""
        pulse, action = self.lister.pulse, f"view:{place}"
        style = theme.chosen if view.code == self.lister.view and not self.lister.line else theme.quiet
        count = None if pulse is None else feed.view_count(view.code, pulse.counts)
        words = [] if count is None else [Part(spoken.number(count), style, action)]
        return [
            Part(f"{place} ", theme.key, action),
            Part(view.short if short and view.short else view.name, style, action),
        ], words

    def _paint_status(self) -> None:
        lister, tickets = self.lister, self.tickets
        total, found = tickets.window.total, lister.found
        if self._search is not None:
            more = " o más" if found is not None and found.more else ""
            self._search.understood.show((Part(f" {found.understood}{more}" if found else "", theme.accent),))
        where = f" {spoken.number(tickets.cursor + 1)} de {spoken.number(total)}" if total else " Ningún ticket aquí"
        left = [Part(f"{where} · {'Búsqueda' if found else queue.VIEWS[lister.view].name}", theme.quiet)]
        if lister.arrived:
            words = spoken.counted(lister.arrived, "nuevo", "nuevos")
            see = "verlo" if lister.arrived == 1 else "verlos"
            left.append(Part(f"   {words}, {self.key_of('arrivals')} para {see}", theme.mark, "arrivals"))
        self.show_status(left)

    def _list_told(self) -> None:
        """The list has news: paint what surrounds it."""
        self._paint_views()
        self._paint_titles()
        self._paint_status()
        self.paint_top()
        self.paint_hints()

    def _paint_titles(self) -> None:
        self.titles.show((Part(title_line(self.tickets.shape), theme.title),))

    def on_resize(self, event: events.Resize) -> None:
        self._place_panes()
        self._paint_views()
        self.call_after_refresh(self._paint_titles)

    def _moved(self) -> None:
        self._paint_status()
        self.preview.follow(self.tickets.current)

    def on_ticket_list_wanted(self) -> None:
        self.lister.load()

    def on_ticket_list_opened(self) -> None:
        self.action_perform("open")

    # the preview beside the list

    @property
    def _has_margin(self) -> bool:
        return self.app.size.width >= _WIDEST

    def _place_panes(self) -> None:
        """Show the panes that this width has room for."""
        self.preview.display = self._wants_preview and self.app.size.width >= _WIDE
        self.margin.display = self._has_margin
        self.views.display = not self._has_margin
        self.preview.follow(self.tickets.current)

    def do_preview(self) -> None:
        """Show or hide the ticket beside the list, or instead of it where both do not fit."""
        if self.size.width >= _WIDE:
            self._wants_preview = not self._wants_preview
            self._place_panes()
        elif (row := self.tickets.current) is not None:
            self._open(row.id)

    # moving

    def do_down(self) -> None:
        self.tickets.move_by(1)

    def do_up(self) -> None:
        self.tickets.move_by(-1)

    def do_page_down(self) -> None:
        self.tickets.move_page(1)

    def do_page_up(self) -> None:
        self.tickets.move_page(-1)

    def do_first(self) -> None:
        self.tickets.move_to(0)

    def do_last(self) -> None:
        self.tickets.move_to(self.tickets.window.total - 1)

    def do_arrivals(self) -> None:
        self.lister.to_arrivals(lambda: self.say("Lo nuevo no está en esta vista, o ya lo tomó alguien."))

    # views and search

    def do_view(self, digit: int) -> None:
        views = list(queue.VIEWS)
        if digit <= len(views):
            self._close_box()
            self.lister.choose(views[digit - 1])
        else:
            self.say(f"Las vistas van del 1 al {len(views)}.")

    def do_next_view(self) -> None:
        views = list(queue.VIEWS)
        self.do_view((views.index(self.lister.view) + 1) % len(views) + 1)

    def do_search(self) -> None:
        if self._search is None:
            from analyst_tui.widgets.search_line import SearchLine

            self._search = SearchLine()
            self.mount(self._search, before="#middle")
        else:
            self._search.box.focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        self.lister.search(event.value)
        self._paint_views()

    def do_back(self) -> None:
        if self._search is not None or self.lister.line:
            self._close_box()
            self.lister.end_search()

    def _close_box(self) -> None:
        if self._search is not None:
            self._search.remove()
            self._search = None
            self.tickets.focus()

    def on_input_submitted(self) -> None:
        self.tickets.focus()
        self.action_perform("open")

    # what is done to tickets

    def why_not(self, command_id: str) -> str:
        if command_id in ("open", "claim", "answer", "note", "preview") and self.tickets.current is None:
            return "No hay ningún ticket bajo el cursor."
        if command_id == "arrivals" and not self.lister.arrived:
            return "No ha llegado nada nuevo a esta vista."
        if command_id == "claim" and (row := self.tickets.current) is not None:
            return _why_no_claim(row, self.actor)
        return super().why_not(command_id)

    def offered(self) -> tuple[Command, ...]:
        return tuple(c for c in super().offered() if c.id != "back" or self._search is not None)

    def do_open(self, then: str = "") -> None:
        if (row := self.tickets.current) is not None:
            self._open(row.id, then)

    def do_answer(self) -> None:
        self.do_open("respuesta")

    def do_note(self) -> None:
        self.do_open("nota")

    def _open(self, ticket_id: int, then: str = "") -> None:
        ask(self, "open", lambda me: feed.sheet(me, ticket_id), lambda sheet: self._show_ticket(sheet, then))

    def _show_ticket(self, sheet: TicketSheet | None, then: str = "") -> None:
        if sheet is None:
            self.say("No queda ningún ticket por tomar.")
            return
        self.desk.show_ticket(sheet, then)

    def do_take(self) -> None:
        change(self, "take", feed.taken, self._show_ticket)

    def do_claim(self) -> None:
        row = self.tickets.current
        if row is not None:
            change(self, "claim", lambda me: feed.claimed(me, row.id), lambda _: self._claimed(row))

    def _claimed(self, row: TicketRow) -> None:
        self.say(f"{row.folio} es tuyo.")
        self.lister.refresh()


def _together(name: list[Part], count: list[Part]) -> list[Part]:
    return [*name, *([Part(" "), *count] if count else []), Part("  ")]


def _why_no_claim(row: TicketRow, actor: Staff) -> str:
    if not row.is_open:
        return f"{row.folio} ya está {marks.state(row)}."
    return "Ya es tuyo." if row.assignee_id == actor.id else ""
