"""Writing under the conversation: an answer, a note, a letter of another kind; and sending it."""

from __future__ import annotations

from analyst_tui import telling
from analyst_tui.outgoing import ANSWER, EXTENSION, KINDS, NOTE, REFERRAL, REQUEST
from analyst_tui.screens.ticket_parts.onward import GoingOn
from analyst_tui.widgets.writing import Outcome, Writing
from core.errors import Conflict, Problem
from core.tickets.views import TicketSheet

_SENT_WITHIN = 3.0
"""Seconds for which what is typed behind an answer waits for the next ticket."""


class Composing(GoingOn):
    """Begins a text, sends it, and keeps it when somebody else was faster."""

    def why_not(self, command_id: str) -> str:
        if command_id == "send" and (self.writing is None or self.writing.sending):
            return "No hay nada que enviar." if self.writing is None else "Ya se está enviando."
        return super().why_not(command_id)

    def do_answer(self) -> None:
        self._write(ANSWER)

    def do_note(self) -> None:
        self._write(NOTE)

    def do_ask(self) -> None:
        self._write(REQUEST)

    def do_extend(self) -> None:
        self._write(EXTENSION)

    def do_refer(self) -> None:
        self._write(REFERRAL)

    def _write(self, kind: str) -> None:
        """Begin or go on writing; a colleague who already writes an answer is named first."""
        others = [w for w in self.watchers if w.writing]
        if kind != NOTE and others and not self.warned and self.writing is None:
            self.warned = True
            again = f"pulsa {self.key_of(KINDS[kind].command)} otra vez para escribir también"
            self.say(f"{telling.watching(others[0])}; {again}.", alarm=True)
            return
        self.open_editor(kind, focus=True)
        self.desk.keys_wait_for(lambda: self.writes)

    def do_send(self) -> None:
        writing = self.writing
        if writing is not None:
            writing.send(lambda outcome: self._sent(writing, outcome), self._not_sent)
            self.desk.keys_wait_for(lambda: self.writing is not writing or not writing.sending, _SENT_WITHIN)

    def _sent(self, writing: Writing, outcome: Outcome) -> None:
        if outcome.onward is not None:
            self.go_on(writing, outcome.onward, outcome.sheet)
        elif outcome.sheet is not None:
            self._stay(writing, outcome.sheet)

    def _stay(self, writing: Writing, sheet: TicketSheet) -> None:
        onward = "" if writing.kind == NOTE else f" {self.key_of('take')} toma el siguiente."
        self.desk.say(writing.about.done.format(folio=sheet.row.folio) + onward)
        if self.writing is writing and self.is_running:
            self.writing = None
            writing.remove()
            self.set_focus(None)
            self.show(sheet)

    def _not_sent(self, problem: Problem) -> None:
        """Say why, keep the text; after a lost race the next attempt answers the ticket as it is now."""
        self.desk.say(problem.message, alarm=True)
        if isinstance(problem, Conflict) and self.is_running:
            self.reload("race", self._lost_race)

    def _lost_race(self, sheet: TicketSheet) -> None:
        changes = telling.what_changed(self.sheet, sheet)
        self.show(sheet, keep_place=True)
        self.conversation.to_end()
        if self.writing is None:
            return
        self.writing.version = sheet.row.version
        reason = sheet.can.get(self.writing.about.verb, "")
        again = f"no se puede: {reason}" if reason else f"{self.key_of('send')} otra vez para enviar igual"
        self.say(f"Tu texto sigue aquí; {again}. {changes[:1].upper()}{changes[1:] or 'El ticket cambió'}.", alarm=True)
