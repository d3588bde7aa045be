"""An opened ticket: what can be done to it, and the answer under the conversation."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual.binding import BindingType

from analyst_tui import feed, telling
from analyst_tui.background import ask, change
from analyst_tui.commands import TICKET, WRITING, bindings
from analyst_tui.outgoing import ANSWER, EXTENSION, KINDS, NOTE, REFERRAL, REQUEST
from analyst_tui.screens.reading import VERB, WIDE, ReadingScreen
from analyst_tui.widgets.writing import Writing
from core.calendar.ledger import Ledger
from core.errors import Conflict, Problem
from core.people.views import Staff
from core.tickets import presence
from core.tickets.views import TicketSheet

_VERBS = {"claim": "claim", "release": "release", **{kind.command: kind.verb for kind in KINDS.values()}}


class TicketScreen(ReadingScreen):
    """A ticket to work on."""

    PLACES = (TICKET, WRITING)
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(TICKET, WRITING)]

    def __init__(self, sheet: TicketSheet, then: str = "") -> None:
        super().__init__(sheet)
        self.writing: Writing | None = None
        self._then = then
        self._fresh = True
        self._warned = False

    def load(self, sheet: TicketSheet, then: str = "") -> None:
        """Bring another ticket onto this screen; `then` names what is to be written at once."""
        self._then, self._fresh = then, True
        self.facts_asked = False
        self.show(sheet)

    def on_screen_resume(self) -> None:
        if self._fresh:
            self._begin()

    def _begin(self) -> None:
        """What happens once another ticket is before somebody."""
        self._fresh = self._warned = False
        self.call_after_refresh(self.look)  # the database is not asked while the picture is worked out
        kind = next((kind for kind in KINDS if self._draft(kind)), "")
        if self._then:
            self.action_perform(KINDS[self._then].command)
        elif kind and self.sheet.row.is_open:
            self._open_editor(kind, focus=False)
            self.say(f"Hay un borrador tuyo sin enviar: {self.key_of(KINDS[kind].command)} para seguir.")

    # commands

    @property
    def writes(self) -> bool:
        return self.writing is not None and self.writing.is_in_use

    @property
    def place(self) -> str:
        return WRITING if self.writes else TICKET

    def why_not(self, command_id: str) -> str:
        verb = _VERBS.get(command_id, "")
        if verb and (reason := self.sheet.can.get(verb, "")):
            return f"No se puede: {reason}."
        if command_id == "send" and (self.writing is None or self.writing.sending):
            return "No hay nada que enviar." if self.writing is None else "Ya se está enviando."
        if command_id == "facts" and self.size.width >= WIDE and not self.facts.max_scroll_y:
            return "La ficha ya está a la vista."
        if command_id == "files" and not self.sheet.files:
            return "La persona no envió archivos."
        if command_id == "earlier" and not self.sheet.earlier:
            return "La persona no tiene otros tickets que puedas ver."
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

    def do_files(self) -> None:
        from analyst_tui.screens.files import FilesScreen

        self.app.push_screen(FilesScreen(self.sheet, self.desk.folder))

    def do_term(self) -> None:
        ticket_id = self.sheet.row.id
        ask(self, "term", lambda me: feed.ledger(me, ticket_id), self._show_term)

    def _show_term(self, counted: Ledger) -> None:
        from analyst_tui.screens.term import TermScreen

        self.app.push_screen(TermScreen(self.sheet, counted))

    def _write(self, kind: str) -> None:
        """Begin or go on writing; a colleague who already writes an answer is named first."""
        others = [w for w in self.watchers if w.writing]
        if kind != NOTE and others and not self._warned and self.writing is None:
            self._warned = True
            again = f"pulsa {self.key_of(KINDS[kind].command)} otra vez para escribir también"
            self.say(f"{telling.watching(others[0])}; {again}.", alarm=True)
            return
        self._open_editor(kind, focus=True)

    def _draft(self, kind: str) -> str:
        """What one has written here so far, also what has not reached the database yet."""
        return self.desk.unsaved.get((self.sheet.row.id, kind), self.sheet.drafts.get(kind, ""))

    def _open_editor(self, kind: str, focus: bool) -> None:
        if self.writing is not None and self.writing.kind != kind:
            self._close_editor()
        if self.writing is None:
            self.writing = Writing(self.sheet.row, kind, self._draft(kind), focus, self.desk.unsaved)
            self.talk.mount(self.writing)
            self.facts_asked = False
            self.paint()
        elif focus:
            self.writing.take_focus()

    def _close_editor(self) -> None:
        """Put the editor away; its draft is kept first."""
        if self.writing is not None:
            writing, self.writing = self.writing, None
            writing.save(self._refresh_drafts)
            writing.remove()
            self.set_focus(None)

    def _refresh_drafts(self) -> None:
        if self.is_running:
            self.reload("sheet", self._reloaded)

    def on_descendant_focus(self) -> None:
        self.look()

    def on_descendant_blur(self) -> None:
        self.look()

    def on_text_area_changed(self) -> None:
        self.desk.typed()

    def do_send(self) -> None:
        writing = self.writing
        if writing is not None:
            writing.send(lambda sheet: self._sent(writing, sheet), self._not_sent)

    @property
    def acting(self) -> bool:
        return super().acting or (self.writing is not None and self.writing.sending)

    def _sent(self, writing: Writing, sheet: TicketSheet) -> None:
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

    def do_claim(self) -> None:
        self._do(feed.claimed, "Es tuyo.")

    def do_release(self) -> None:
        self._do(feed.released, "Volvió a los sin asignar.")

    def _do(self, verb: Callable[[Staff, int], TicketSheet], words: str) -> None:
        ticket_id = self.sheet.row.id

        def done(sheet: TicketSheet) -> None:
            self.show(sheet, keep_place=True)
            if self.writing is not None:  # the change is one's own: no race was lost
                self.writing.version = sheet.row.version
            self.say(words)

        change(self, VERB, lambda me: verb(me, ticket_id), done)

    def do_take(self) -> None:
        change(self, VERB, feed.taken, self._taken)

    def _taken(self, sheet: TicketSheet | None) -> None:
        if sheet is None:
            self.say("No queda ningún ticket por tomar.")
            return
        self._leave_ticket()
        self.load(sheet)
        self._begin()

    def do_earlier(self, digit: int) -> None:
        earlier = self.sheet.earlier[:9]
        if digit > len(earlier):
            self.say(f"Los tickets anteriores van del 1 al {len(earlier)}.")
            return
        ticket_id = earlier[digit - 1].id
        ask(self, "earlier", lambda me: feed.sheet(me, ticket_id), self._show_earlier)

    def _show_earlier(self, sheet: TicketSheet) -> None:
        self.app.push_screen(TicketScreen(sheet))

    def do_facts(self) -> None:
        if self.size.width >= WIDE:
            self.facts.page_round()
        else:
            self.facts_asked = not self.facts_asked
            self.paint()

    def do_back(self) -> None:
        if self.writes and self.writing is not None:
            self._stop_writing(self.writing)
        elif self.facts_asked and self.size.width < WIDE:
            self.do_facts()
        else:
            self._leave_ticket()
            self.dismiss()

    def _stop_writing(self, writing: Writing) -> None:
        if writing.blank and not writing.sending:
            self._close_editor()
        else:
            writing.save()
            self.set_focus(None)

    def _leave_ticket(self) -> None:
        """Keep the draft and tell the others that one has left."""
        ticket_id = self.sheet.row.id
        if self.writing is not None:
            self.writing.save()
            self.writing.remove()
            self.writing = None
        ask(self.app, f"left {ticket_id}", lambda me: presence.stop_looking(me, ticket_id), lambda _: None, quiet=True)

    def save_all(self, then: Callable[[], object]) -> None:
        if self.writing is not None and not self.writing.sending:
            self.writing.save(then)
        else:
            then()

    def forget(self) -> None:
        if self.writing is not None:
            self.writing.discard()
            self.writing.remove()
            self.writing = None

    def safe_to_leave(self) -> bool:
        return self.writing is None or not self.writing.unsaved
