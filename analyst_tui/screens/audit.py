"""The audit trail: who looked at whose file, when and what for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Input

from analyst_tui import spoken, theme
from analyst_tui.background import ask
from analyst_tui.command_tables.command import AUDIT
from analyst_tui.commands import bindings
from analyst_tui.screens.scrolling import Scrolling
from analyst_tui.shown import fitted, shown
from analyst_tui.widgets.field import Field
from analyst_tui.widgets.line import Part
from analyst_tui.widgets.pane import Block, Pane
from core import clock
from core.tickets import auditing, looks
from core.tickets.auditing import Seen, Trail

_EXAMPLE = "folio, trámite, correo, fecha (hoy, 26-11-2026) o nombre de analista"
_WHEN, _WHO, _WHAT, _FOLIO = 14, 18, 17, 17
_CONSOLE = "consola"
_KINDS = {
    "abierto": "abrió",
    "vista": "vio junto a lista",
    "archivo": "sacó un archivo",
    "texto": "leyó un PDF",
    "expediente": "expediente",
    "horas": "lista de horas",
    "comentario": "leyó un comentario",
    "exportado": "exportó los datos",
    "auditoria": "leyó la auditoría",
}
_REASONS = {"propio": "", "seguimiento": "lo había abierto antes", **looks.REASONS}


class AuditScreen(Scrolling):
    """Looks, the newest first, a page more at a time; one line says which."""

    PLACES = (AUDIT,)
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(AUDIT)]

    def __init__(self) -> None:
        super().__init__()
        self.field = Field(_EXAMPLE, longest=auditing.LONGEST_LINE, id="which")
        self.pane = Pane(id="looks")
        self.rows: tuple[Seen, ...] = ()
        self._line = ""
        self._more = False

    def body(self) -> ComposeResult:
        yield self.field
        yield self.pane

    def on_mount(self) -> None:
        self.do_refresh()

    def do_refresh(self) -> None:
        line = self._line
        ask(self, "audit", lambda me: auditing.trail(me, line), self._begin)

    def _begin(self, trail: Trail) -> None:
        self.rows = ()
        self._add(trail)
        self.pane.scroll_home(animate=False)

    def _add(self, trail: Trail) -> None:
        self.rows += trail.rows
        self._more = trail.more
        self.pane.show(told(self.rows), keep_place=True)
        count = spoken.counted(len(self.rows), "mirada", "miradas")
        which = f"{trail.understood} → " if trail.understood else ""
        self.show_status((Part(f" {which}{count}{', y hay más antiguas' if self._more else ''}", theme.quiet),))
        self.paint_hints()

    def paint_top(self) -> None:
        self.top.show((Part(" Auditoría: quién miró qué, y para qué", theme.strong),), self.desk.corner())

    def why_not(self, command_id: str) -> str:
        if command_id == "older" and not self._more:
            return "No hay miradas más antiguas."
        return super().why_not(command_id)

    def do_audit(self) -> None:
        self.do_refresh()

    def do_search(self) -> None:
        self.field.focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        self._line = event.value
        self.set_focus(None)
        self.do_refresh()

    def do_older(self) -> None:
        line, last = self._line, self.rows[-1].id
        ask(self, "audit", lambda me: auditing.trail(me, line, last), self._add)

    def do_back(self) -> None:
        if self.field.has_focus:
            self.set_focus(None)
        else:
            self.dismiss()


def told(rows: tuple[Seen, ...]) -> Iterator[Block]:
    """Looks as lines: when, who, in which way, which ticket, of whom, what for."""
    if not rows:
        yield Block(Text("Nadie ha mirado nada de eso.", theme.quiet))
    for row in rows:
        yield Block(_line(row), again=" " * (_WHEN + _WHO))


def _line(row: Seen) -> Text:
    text = Text(fitted(spoken.moment(row.at, clock.today()), _WHEN), theme.quiet, end="")
    text.append(fitted(row.staff_name or _CONSOLE, _WHO - 1) + " ", theme.strong)
    text.append(fitted(_KINDS.get(row.kind, row.kind), _WHAT) + " ", theme.ink)
    text.append(fitted(row.folio, _FOLIO) + " ", theme.ink).append_text(shown(row.person_name, theme.quiet))
    why = _REASONS.get(row.reason, row.reason)
    if row.words:
        why = f"{why}: {row.words}"
    return text.append_text(shown(f"  {why}" if why else "", theme.accent))
