"""The dossier of a trámite: what happened in all its tickets, the newest first, and its answers side by side."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Input

from analyst_tui import compared, feed, spoken, theme
from analyst_tui.command_tables.command import DOSSIER
from analyst_tui.commands import bindings
from analyst_tui.motive import reach
from analyst_tui.screens.scrolling import Scrolling
from analyst_tui.widgets.field import Field
from analyst_tui.widgets.line import Part
from analyst_tui.widgets.pane import Pane
from core.operations.dossier import reading
from core.operations.dossier.views import Dossier, Entry
from core.text import words
from core.tickets.views import TicketSheet

_ASKS, _SEARCHES = "ID del trámite, en cualquier forma", "palabras, nombre o folio"


class DossierScreen(Scrolling):
    """A list of what happened, with a cursor; without a trámite it asks for one."""

    PLACES = (DOSSIER,)
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(DOSSIER)]

    def __init__(self, dossier: Dossier | None) -> None:
        super().__init__()
        self.dossier, self.cursor = dossier, 0
        self.pane = Pane(id="dossier")
        self._field: Field | None = None
        self._asks = False
        self._wanted: tuple[str, ...] = ()

    def body(self) -> ComposeResult:
        yield self.pane

    def on_mount(self) -> None:
        self._paint()
        if self.dossier is None:
            self.do_other()

    @property
    def entries(self) -> list[Entry]:
        """What is shown: everything, or what has all the words that are looked for."""
        told = self.dossier.entries if self.dossier else ()
        return [entry for entry in told if compared.has(entry, self._wanted)]

    def _show(self, dossier: Dossier) -> None:
        self.dossier, self.cursor = dossier, 0
        self._close_field()
        self._paint()

    def _paint(self) -> None:
        entries = self.entries
        self.cursor = max(min(self.cursor, len(entries) - 1), 0)
        lead = list(compared.lead(self.dossier, max(self.size.width - 4, 40))) if self.dossier else []
        self.pane.show([*lead, *compared.told(entries, self.cursor)], keep_place=True)
        if self.cursor:
            self.pane.to_block(len(lead) + self.cursor)
        else:
            self.pane.scroll_home(animate=False)
        self.paint_top()
        self.paint_hints()
        count = spoken.counted(len(entries), "cosa que pasó", "cosas que pasaron")
        self.show_status((Part(f" {count}" if self.dossier else " Escribe el ID y enter.", theme.quiet),))

    def paint_top(self) -> None:
        words = compared.heading(self.dossier) if self.dossier else "Expediente de un trámite"
        self.top.show((Part(f" {words}", theme.strong),), self.desk.corner())

    def on_resize(self, event: events.Resize) -> None:
        self._paint()

    def why_not(self, command_id: str) -> str:
        if command_id == "open" and not self.entries:
            return "No hay nada bajo el cursor."
        if command_id in ("search", "refresh") and self.dossier is None:
            return "Escribe primero el ID del trámite."
        return super().why_not(command_id)

    # the line for an ID, or for words

    def do_other(self) -> None:
        self._open_field(asks=True)

    def do_search(self) -> None:
        self._open_field(asks=False)

    def _open_field(self, asks: bool) -> None:
        self._close_field()
        self._asks = asks
        self._field = Field(_ASKS if asks else _SEARCHES)
        self.mount(self._field, before=self.pane)
        self._field.focus()

    def _close_field(self) -> None:
        if self._field is not None:
            self._field.remove()
            self._field, self._wanted = None, ()
            self.set_focus(None)

    def on_input_changed(self, event: Input.Changed) -> None:
        if not self._asks:
            self._wanted = tuple(words(event.value))
            self._paint()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        if self._asks:
            self._read(event.value)
        else:
            self.set_focus(None)

    def _read(self, typed: str) -> None:
        reach(self, "dossier", lambda me, reason: reading.of_tramite(me, typed, reason), self._show)

    def do_refresh(self) -> None:
        if self.dossier is not None:
            self._read(self.dossier.tramite_id)

    # moving and opening

    def do_down(self) -> None:
        self._move(1)

    def do_up(self) -> None:
        self._move(-1)

    def do_first(self) -> None:
        self._move(-self.cursor)

    def do_last(self) -> None:
        self._move(len(self.entries))

    def _move(self, by: int) -> None:
        self.cursor = max(self.cursor + by, 0)
        self._paint()

    def do_open(self) -> None:
        ticket_id = self.entries[self.cursor].ticket_id
        reach(self, "open", lambda me, reason: feed.sheet(me, ticket_id, reason), self._open)

    def _open(self, sheet: TicketSheet) -> None:
        from analyst_tui.screens.ticket import TicketScreen

        self.app.push_screen(TicketScreen(sheet))

    def do_back(self) -> None:
        if self._field is not None and self.dossier is not None:
            self._close_field()
            self._paint()
        else:
            self.dismiss()
