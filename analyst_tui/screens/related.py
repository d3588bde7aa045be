"""Related tickets: those that are tied to this one, and those that its trámite proposes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import BindingType

from analyst_tui import feed, marks, naming, spoken, theme
from analyst_tui.background import ask, change
from analyst_tui.command_tables.command import RELATED
from analyst_tui.commands import bindings
from analyst_tui.motive import reach
from analyst_tui.screens.base import DeskScreen
from analyst_tui.screens.form import Asking, FormScreen, Question
from analyst_tui.shown import shown
from analyst_tui.widgets.line import Part
from analyst_tui.widgets.pane import Block, Pane
from core import clock
from core.people.views import Staff
from core.tickets.asides import related
from core.tickets.lists.views import TicketRow
from core.tickets.views import TicketSheet

_HERE, _ELSEWHERE = "▌ ", "  "
Both = tuple[TicketSheet, tuple[TicketRow, ...]]


class RelatedScreen(DeskScreen):
    """Both lists under one cursor: what is tied comes first."""

    PLACES = (RELATED,)
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(RELATED)]

    def __init__(self, sheet: TicketSheet) -> None:
        super().__init__()
        self.sheet, self.cursor = sheet, 0
        self.proposed: tuple[TicketRow, ...] = ()
        self.pane = Pane(id="related", widest=110)
        self._typed: dict[str, str] = {}

    def body(self) -> ComposeResult:
        yield self.pane

    def on_mount(self) -> None:
        self._paint()

    def on_screen_resume(self) -> None:
        self._read()

    def changed(self) -> None:
        self._read()

    def _read(self) -> None:
        ticket_id = self.sheet.row.id
        ask(self, "related", lambda me: _both(me, ticket_id), self._show)

    def _show(self, both: Both) -> None:
        self.sheet, self.proposed = both
        self._paint()
        self.paint_top()

    def _paint(self) -> None:
        self.cursor = max(min(self.cursor, len(self._rows) - 1), 0)
        self.pane.show(self._told(), keep_place=True)
        self.paint_hints()

    @property
    def _rows(self) -> list[TicketRow]:
        return [*(tie.row for tie in self.sheet.related), *self.proposed]

    @property
    def _tied(self) -> bool:
        """Whether the cursor is on a ticket that is tied to this one."""
        return self.cursor < len(self.sheet.related)

    def _told(self) -> Iterator[Block]:
        ties = len(self.sheet.related)
        for place, row in enumerate(self._rows):
            if place == ties:
                yield Block(Text(f"{'' if place == 0 else chr(10)}Del mismo trámite", theme.quiet))
            here = place == self.cursor
            reason = self.sheet.related[place].reason if place < ties else ""
            yield Block(_line(row, reason), _HERE if here else _ELSEWHERE, theme.accent, _ELSEWHERE)
        if not self._rows:
            yield Block(shown(f"Ninguno todavía: {self.key_of('new')} relaciona otro por su folio.", theme.quiet))

    def paint_top(self) -> None:
        words = spoken.counted(len(self.sheet.related), "relacionado", "relacionados")
        self.top.show((Part(f" {self.sheet.row.folio}   {words}", theme.strong),), self.desk.corner())

    def why_not(self, command_id: str) -> str:
        if command_id in ("open", "relate", "separate") and not self._rows:
            return "No hay ningún ticket bajo el cursor."
        if command_id == "relate" and self._tied:
            return "Ya está relacionado."
        if command_id == "separate" and not self._tied:
            return "Solo es una propuesta: todavía no está relacionado."
        return super().why_not(command_id)

    def do_down(self) -> None:
        self._move(1)

    def do_up(self) -> None:
        self._move(-1)

    def _move(self, by: int) -> None:
        self.cursor += by
        self._paint()

    def do_open(self) -> None:
        ticket_id = self._rows[self.cursor].id
        reach(self, "open", lambda me, reason: feed.sheet(me, ticket_id, reason), self._open)

    def _open(self, sheet: TicketSheet) -> None:
        from analyst_tui.screens.ticket import TicketScreen

        self.app.push_screen(TicketScreen(sheet))

    def do_relate(self) -> None:
        ticket_id, folio = self.sheet.row.id, self._rows[self.cursor].folio
        self._change(lambda me: related.relate(me, ticket_id, folio), f"Relacionado con {folio}.")

    def do_separate(self) -> None:
        ticket_id, row = self.sheet.row.id, self._rows[self.cursor]
        self._change(lambda me: related.separate(me, ticket_id, row.id), f"Ya no se relaciona con {row.folio}.")

    def _change(self, verb: Callable[[Staff], object], words: str) -> None:
        ticket_id = self.sheet.row.id

        def work(me: Staff) -> Both:
            verb(me)
            return _both(me, ticket_id)

        def done(both: Both) -> None:
            self._show(both)
            self.say(words)

        change(self, "relate", work, done)

    def do_new(self) -> None:
        ticket_id = self.sheet.row.id

        def send(me: Staff, typed: dict[str, str]) -> None:
            related.relate(me, ticket_id, typed[related.FOLIO], typed[related.REASON])

        questions = [
            Question(related.FOLIO, "¿Con qué ticket tiene que ver?", "AM-2026-000123-K", longest=40),
            Question(related.REASON, "¿Por qué? (si quieres)", "misma familia", longest=related.LONGEST_REASON, counted=True),
        ]
        self.app.push_screen(FormScreen(Asking("Relacionar con otro ticket", questions, send, "Relacionado."), self._typed))

    def do_back(self) -> None:
        self.dismiss()


def _both(me: Staff, ticket_id: int) -> Both:
    return feed.sheet(me, ticket_id), related.proposed(me, ticket_id)


def _line(row: TicketRow, reason: str) -> Text:
    """A ticket in two lines: its folio, state and mark, then whose it is and what it is about."""
    today = clock.today()
    text = Text(end="").append_text(shown(row.folio, theme.ink)).append(f"  {marks.state(row)}", theme.quiet)
    if words := marks.all_marks(row, today):
        text.append(f"  {words}", theme.mark)
    if reason:
        text.append_text(shown(f"  {reason}", theme.accent))
    about = f"\n{naming.person(row)} · {naming.subject(row)} · {spoken.day(clock.day_of(row.opened_at), today)}"
    return text.append_text(shown(about, theme.quiet))
