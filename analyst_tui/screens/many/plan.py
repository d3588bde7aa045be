"""What an action will do, ticket by ticket, before it does; then how far it is, and what became of each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import BindingType

from analyst_tui import marks, naming, spoken, theme
from analyst_tui.background import change, is_busy
from analyst_tui.command_tables.command import PLAN
from analyst_tui.commands import bindings
from analyst_tui.screens.base import DeskScreen
from analyst_tui.shown import fitted, shown
from analyst_tui.widgets.line import Part
from analyst_tui.widgets.pane import Block, Pane
from core.people.views import Staff
from core.tickets.answers import holding_time
from core.tickets.lists.views import TicketRow
from core.tickets.many import batches, surges
from core.tickets.many.actions import Action
from core.tickets.many.views import Outcome, Planned

_HERE, _ELSEWHERE = "▌ ", "  "
_BATCH = "batch"
_WIDE = 110
"""Columns from which a line also says what the ticket is about."""


class PlanScreen(DeskScreen):
    """A preview with a cursor; one key does it, and escape stops it after the ticket in hand."""

    PLACES = (PLAN,)
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(PLAN)]

    def __init__(
        self,
        action: Action,
        plan: tuple[Planned, ...],
        fields: dict[str, str],
        keep_marked: Callable[[Iterable[TicketRow]], object],
        words: str = "",
    ) -> None:
        """`words` say what is done where the action's own do not say enough."""
        super().__init__()
        self._words = words or action.words.capitalize()
        self.action, self.planned, self.fields, self._keep_marked = action, plan, fields, keep_marked
        self.pane = Pane(id="plan", widest=140)
        self.cursor = 0
        self.left_out: set[int] = set()
        self.outcome: Outcome | None = None
        self._stop_asked = False
        self._made = 0

    def body(self) -> ComposeResult:
        yield self.pane

    def on_mount(self) -> None:
        self._paint()

    @property
    def chosen(self) -> tuple[Planned, ...]:
        """Those that will be changed."""
        return tuple(each for each in self.planned if not each.why_not and each.row.id not in self.left_out)

    @property
    def _busy(self) -> bool:
        return is_busy(self, _BATCH)

    def paint_top(self) -> None:
        self.top.show((Part(f" {self._words}: {self._so_far()}", theme.strong),), self.desk.corner())

    @property
    def _surge(self) -> int:
        """The answer to many that is sent; 0 for anything else."""
        return int(self.fields.get("surge", 0))

    def _so_far(self) -> str:
        total = len(self.planned)
        if self.outcome is not None:
            return f"{len(self.outcome.done)} de {total}"
        return f"{self._made} de {len(self.chosen)}…" if self._busy else f"cambiarán {len(self.chosen)} de {total}"

    def _paint(self) -> None:
        self.pane.show(self._told(), keep_place=True)
        self.pane.scroll_to(y=max(self.cursor - self.pane.size.height // 2, 0), animate=False)
        self.paint_top()
        self.paint_hints()

    def _told(self) -> Iterator[Block]:
        for place, each in enumerate(self.planned):
            mark, words, tone = self._fate(each)
            text = Text(end="").append(f"{mark} {each.row.folio}  ", theme.strong if tone == theme.ink else tone)
            text.append_text(shown(fitted(naming.person(each.row), 20), tone)).append("  ")
            if self.size.width >= _WIDE:
                text.append_text(shown(fitted(naming.subject(each.row), 34), tone)).append("  ")
            text.append_text(shown(words, tone))
            yield Block(text, _HERE if place == self.cursor else _ELSEWHERE, theme.accent, _ELSEWHERE)

    def _fate(self, each: Planned) -> tuple[str, str, theme.Tone]:
        """The sign of a ticket, what becomes or became of it, and how that is painted."""
        row_id = each.row.id
        if each.why_not:
            return "×", f"sigue {marks.state(each.row)}: {each.why_not}", theme.quiet
        if row_id in self.left_out:
            return "–", "lo quitaste: sigue igual", theme.quiet
        if self.outcome is None:
            return "→", self.action.becomes, theme.ink
        if row_id in self.outcome.refused:
            return "!", self.outcome.refused[row_id], theme.late
        if row_id in self.outcome.left:
            return "–", "no se alcanzó: sigue marcado", theme.late
        return "✓", self.action.becomes, theme.ink

    def why_not(self, command_id: str) -> str:
        if command_id in ("send", "take_out"):
            if self.outcome is not None:
                return "Ya se hizo: vuelve a la lista."
            if self._busy:
                return f"Ya se está haciendo; {self.key_of('back')} lo detiene."
        if command_id == "undo" and not (self._surge and self.outcome and self.outcome.done):
            return "Aquí no hay respuestas que deshacer."
        if command_id == "send" and not self.chosen:
            return "No hay ningún ticket al que se le pueda hacer."
        if command_id == "take_out" and (not self.planned or self.planned[self.cursor].why_not):
            return "Ese ticket no iba a cambiar."
        return super().why_not(command_id)

    def do_down(self) -> None:
        self._move(1)

    def do_up(self) -> None:
        self._move(-1)

    def do_page_down(self) -> None:
        self._move(max(self.pane.size.height - 1, 1))

    def do_page_up(self) -> None:
        self._move(-max(self.pane.size.height - 1, 1))

    def _move(self, by: int) -> None:
        self.cursor = max(min(self.cursor + by, len(self.planned) - 1), 0)
        self._paint()

    def do_take_out(self) -> None:
        self.left_out ^= {self.planned[self.cursor].row.id}
        self._move(1)

    def do_send(self) -> None:
        chosen = self.chosen
        change(self, _BATCH, lambda me: self._carry_out(me, chosen), self._finished)
        self._paint()

    def _carry_out(self, me: Staff, chosen: tuple[Planned, ...]) -> Outcome:
        """In a thread of its own, while the screen goes on."""
        outcome = batches.carry_out(me, self.action.code, chosen, self.fields, self._go_on)
        if self._surge and not outcome.left and not outcome.trouble:
            surges.finish(me, self._surge)
        return outcome

    def _go_on(self, done: int) -> bool:
        self.call_later(self._progress, done)
        return not self._stop_asked

    def _progress(self, done: int) -> None:
        self._made = done
        self.paint_top()

    def _finished(self, outcome: Outcome) -> None:
        self.outcome = outcome
        self._keep_marked(each.row for each in self.planned if each.row.id not in outcome.done)
        self._paint()
        undo = f" {self.key_of('undo')} las deshace ({holding_time.SECONDS} s)." if self._surge and outcome.done else ""
        self.say(summary(outcome, len(self.planned)) + undo, alarm=bool(outcome.trouble))

    def do_undo(self) -> None:
        surge_id, done = self._surge, self.outcome.done if self.outcome else ()
        change(self, "undo", lambda me: surges.take_all_back(me, surge_id, done), self._undone)

    def _undone(self, back: int) -> None:
        done = len(self.outcome.done) if self.outcome else 0
        self._keep_marked(each.row for each in self.planned)
        self.dismiss()
        more = "" if back == done else "; las demás ya salieron"
        self.desk.call_later(self.desk.say, f"Deshechas {back} de {done}{more}. Siguen en tu respuesta a muchos.")

    def do_back(self) -> None:
        if self._busy:
            self._stop_asked = True
            self.say("Se detiene después del ticket en curso.")
        else:
            self.dismiss()

    def safe_to_leave(self) -> bool:
        return not self._busy


def summary(outcome: Outcome, total: int) -> str:
    """What was done and what was not, in a sentence or two."""
    done = f"{len(outcome.done)} de {spoken.counted(total, 'ticket', 'tickets')}"
    if outcome.trouble:
        return f"{outcome.trouble} Se alcanzaron a hacer {done}; los demás siguen marcados."
    kept = total - len(outcome.done)
    changed = len(outcome.refused)
    why = f"{changed} {'cambió' if changed == 1 else 'cambiaron'} mientras tanto; " if changed else ""
    stopped = "lo detuviste; " if outcome.left else ""
    rest = f"{why}{stopped}{'queda' if kept == 1 else 'quedan'} {spoken.counted(kept, 'marcado', 'marcados')}"
    return f"{done}; {rest}." if kept else f"{done}: todos."
