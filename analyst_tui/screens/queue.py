"""The queue: the lists of tickets, with search, views and a preview."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.timer import Timer
from textual.widgets import Input

from analyst_tui import feed, marks, spoken, theme
from analyst_tui.background import ask
from analyst_tui.commands import QUEUE, bindings
from analyst_tui.feed import Listing
from analyst_tui.lister import Lister
from analyst_tui.screens.base import DeskScreen
from analyst_tui.widgets.columns import title_line
from analyst_tui.widgets.line import Line, Part
from analyst_tui.widgets.pane import Pane
from analyst_tui.widgets.ticket_list import TicketList
from core.people.views import Staff
from core.tickets import queue
from core.tickets.views import TicketRow, TicketSheet

if TYPE_CHECKING:
    from analyst_tui.widgets.search_box import SearchBox

_WIDE = 140
_PREVIEW_DELAY = 0.12


class QueueScreen(DeskScreen):
    """The analysts' first screen, and the one to which they return."""

    PLACES = (QUEUE,)
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(QUEUE)]

    def __init__(self, actor: Staff, first: Listing) -> None:
        super().__init__()
        self.actor = actor
        self.views = Line(id="views")
        self.titles = Line(id="titles")
        self.tickets = TicketList(id="tickets")
        self.preview = Pane(id="preview")
        self.lister = Lister(self.tickets, actor, self._list_told)
        self._first = first
        self._box: SearchBox | None = None
        self._wants_preview = True
        self._rest: Timer | None = None

    def body(self) -> ComposeResult:
        yield self.views
        with Horizontal(id="middle"):
            with Vertical(id="lists"):
                yield self.titles
                yield self.tickets
            yield self.preview

    def on_mount(self) -> None:
        self.preview.display = self._has_room
        self.tickets.focus()
        self.lister.show(self._first)

    def changed(self) -> None:
        self.lister.refresh()

    def on_screen_resume(self) -> None:
        super().on_screen_resume()
        if self.lister.pulse is not None:
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
        pulse = self.lister.pulse
        parts = [Part(" ")]
        for place, view in enumerate(queue.VIEWS.values(), start=1):
            chosen = view.code == self.lister.view and not self.lister.line
            count = None if pulse is None else feed.view_count(view.code, pulse.counts)
            words = view.name if count is None else f"{view.name} {spoken.number(count)}"
            action = f"view:{place}"
            parts.append(Part(f"{place} ", theme.key, action))
            parts.append(Part(words, theme.chosen if chosen else theme.quiet, action))
            parts.append(Part("   "))
        self.views.show(parts)

    def _paint_status(self) -> None:
        lister, tickets = self.lister, self.tickets
        if lister.found is not None:
            more = " o más" if lister.found.more else ""
            self.show_status((Part(f" {lister.found.understood}{more}", theme.accent),))
            return
        total = tickets.window.total
        where = f" {spoken.number(tickets.cursor + 1)} de {spoken.number(total)}" if total else " Ningún ticket aquí"
        left = [Part(f"{where} · {queue.VIEWS[lister.view].name}", theme.quiet)]
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
        self._place_preview()
        super().on_resize(event)
        self.call_after_refresh(self._paint_titles)

    def on_ticket_list_moved(self) -> None:
        self._paint_status()
        self._preview_soon()

    def on_ticket_list_wanted(self) -> None:
        self.lister.load()

    def on_ticket_list_opened(self) -> None:
        self.action_perform("open")

    def on_line_chosen(self, event: Line.Chosen) -> None:
        name, _, digit = event.command.partition(":")
        self.action_perform(name, int(digit) if digit else None)
        event.stop()

    # the preview beside the list

    @property
    def _has_room(self) -> bool:
        return self._wants_preview and self.app.size.width >= _WIDE

    def _place_preview(self) -> None:
        self.preview.display = self._has_room
        self._preview_soon()

    def _preview_soon(self) -> None:
        """Read the ticket for the preview once the cursor rests."""
        if self._rest is not None:
            self._rest.stop()
        if self.preview.display:
            self._rest = self.set_timer(_PREVIEW_DELAY, self._preview_now)

    def _preview_now(self) -> None:
        from analyst_tui import telling

        row = self.tickets.current
        if row is None:
            self.preview.show(())
            return
        self.preview.show(telling.preview(row, None))
        ask(self.preview, "preview", lambda: feed.sheet(self.actor, row.id), self._show_preview, quiet=True)

    def _show_preview(self, sheet: TicketSheet) -> None:
        from analyst_tui import telling

        current = self.tickets.current
        if current is not None and current.id == sheet.row.id:
            self.preview.show(telling.preview(current, sheet))

    def do_preview(self) -> None:
        """Show or hide the ticket beside the list, or instead of it where both do not fit."""
        if self.size.width >= _WIDE:
            self._wants_preview = not self._wants_preview
            self._place_preview()
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
        if self._box is None:
            from analyst_tui.widgets.search_box import SearchBox

            self._box = SearchBox()
            self.mount(self._box, after=self.views)
        self._box.focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        self.lister.search(event.value)
        self._paint_views()

    def do_back(self) -> None:
        if self._box is not None or self.lister.line:
            self._close_box()
            self.lister.end_search()

    def _close_box(self) -> None:
        if self._box is not None:
            self._box.remove()
            self._box = None
            self.tickets.focus()

    def on_input_submitted(self) -> None:
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

    def do_open(self, then: str = "") -> None:
        if (row := self.tickets.current) is not None:
            self._open(row.id, then)

    def do_answer(self) -> None:
        self.do_open("respuesta")

    def do_note(self) -> None:
        self.do_open("nota")

    def _open(self, ticket_id: int, then: str = "") -> None:
        ask(self, "open", lambda: feed.sheet(self.actor, ticket_id), lambda sheet: self._show_ticket(sheet, then))

    def _show_ticket(self, sheet: TicketSheet | None, then: str = "") -> None:
        if sheet is None:
            self.say("No queda ningún ticket por tomar.")
            return
        from analyst_tui.screens.ticket import TicketScreen

        self.app.push_screen(TicketScreen(self.actor, sheet, then))

    def do_take(self) -> None:
        ask(self, "open", lambda: feed.taken(self.actor), self._show_ticket)

    def do_claim(self) -> None:
        row = self.tickets.current
        if row is not None:
            ask(self, "claim", lambda: feed.claimed(self.actor, row.id), lambda _: self._claimed(row))

    def _claimed(self, row: TicketRow) -> None:
        self.say(f"{row.folio} es tuyo.")
        self.lister.refresh()


def _why_no_claim(row: TicketRow, actor: Staff) -> str:
    if not row.is_open:
        return f"{row.folio} ya está {marks.state(row)}."
    return "Ya es tuyo." if row.assignee_id == actor.id else ""
