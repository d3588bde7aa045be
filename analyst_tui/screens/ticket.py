"""A ticket: the conversation, the facts beside it, and the answer under it."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical

from analyst_tui import feed, marks, telling, theme
from analyst_tui.background import ask
from analyst_tui.commands import TICKET, WRITING, bindings
from analyst_tui.screens.base import DeskScreen
from analyst_tui.widgets.line import Part
from analyst_tui.widgets.pane import Pane
from analyst_tui.widgets.writing import ANSWER, NOTE, Writing
from core import clock
from core.errors import Conflict, Problem
from core.people.views import Staff
from core.tickets import presence
from core.tickets.views import TicketSheet, Watcher

_WIDE = 100
_VERBS = {"answer": "reply", "note": "note", "claim": "claim", "release": "release"}


class TicketScreen(DeskScreen):
    """One ticket, opened; it stays true while others work on it."""

    PLACES = (TICKET, WRITING)
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(TICKET, WRITING)]

    def __init__(self, actor: Staff, sheet: TicketSheet, then: str = "") -> None:
        super().__init__()
        self.actor = actor
        self.sheet = sheet
        self.watchers: tuple[Watcher, ...] = sheet.watchers
        self.conversation = Pane(id="conversation")
        self.facts = Pane(id="facts")
        self.talk = Vertical(self.conversation, id="talk")
        self.writing: Writing | None = None
        self._then = then
        self._facts_asked = False
        self._warned = False

    def body(self) -> ComposeResult:
        with Horizontal(id="middle"):
            yield self.talk
            yield self.facts

    def on_mount(self) -> None:
        self.set_interval(presence.HEARTBEAT, self._look)
        self._begin()

    def _begin(self) -> None:
        """What happens whenever another ticket comes onto this screen."""
        self._warned = False
        self._look()
        draft, kind = (self.sheet.answer_draft, ANSWER) if self.sheet.answer_draft else (self.sheet.note_draft, NOTE)
        if self._then:
            self.action_perform("answer" if self._then == ANSWER else "note")
        elif draft and self.sheet.row.is_open:
            self._open_editor(kind, focus=False)
            self.say(f"Hay un borrador tuyo sin enviar: {self.key_of('answer' if kind == ANSWER else 'note')} para seguir.")

    # the ticket as it is now

    def _show(self, sheet: TicketSheet, keep_place: bool = False) -> None:
        self.sheet, self.watchers = sheet, sheet.watchers
        self._paint(keep_place)

    def _paint(self, keep_place: bool = True) -> None:
        wide = self.size.width >= _WIDE
        self.facts.display = wide or self._facts_asked
        self.talk.display = wide or not self._facts_asked
        self.facts.show(telling.facts(self.sheet), keep_place)
        lead = [] if wide else list(telling.brief(self.sheet))
        self.conversation.show([*lead, *telling.conversation(self.sheet)], keep_place)
        self.paint_top()
        self.paint_hints()
        self._paint_status()

    def paint_top(self) -> None:
        row, today = self.sheet.row, clock.today()
        late = marks.is_overdue(row, today)
        left = [Part(f" {row.folio}", theme.strong), Part(f"   {marks.state(row)}", theme.ink)]
        left.append(Part(f"   {marks.all_marks(row, today)}", theme.late if late else theme.mark))
        self.top.show(left, self.desk.corner())

    def _paint_status(self) -> None:
        if self.watchers:
            writes = any(w.writing for w in self.watchers)
            words = " · ".join(telling.watching(w) for w in self.watchers)
            self.show_status((Part(f" {words}", theme.late if writes else theme.quiet),))
        else:
            holder = self.sheet.row.assignee_name or "sin asignar"
            mine = self.sheet.row.assignee_id == self.actor.id
            self.show_status((Part(f" {'tuyo' if mine else holder}", theme.quiet),))

    def on_resize(self, event: events.Resize) -> None:
        super().on_resize(event)
        self._paint()

    def changed(self) -> None:
        self._reload(self._reloaded)

    def _reload(self, then: Callable[[TicketSheet], object]) -> None:
        ticket_id = self.sheet.row.id
        ask(self, "sheet", lambda: feed.sheet(self.actor, ticket_id), then, quiet=True)

    def _reloaded(self, sheet: TicketSheet) -> None:
        changes = telling.what_changed(self.sheet, sheet) if sheet.row.id == self.sheet.row.id else ""
        self._show(sheet, keep_place=True)
        if changes:
            self.say(f"Cambió recién: {changes}.", alarm=self.writing is not None)

    def _look(self) -> None:
        ticket_id, writing = self.sheet.row.id, self._writes
        ask(self, "look", lambda: presence.look(self.actor, ticket_id, writing), self._seen, quiet=True)

    def _seen(self, watchers: tuple[Watcher, ...]) -> None:
        news = [w for w in watchers if w.writing and w not in self.watchers]
        self.watchers = watchers
        self._paint_status()
        if news:
            self.say(f"{telling.watching(news[0])}.", alarm=True)

    # commands

    @property
    def _writes(self) -> bool:
        return self.writing is not None and self.writing.editor.has_focus

    @property
    def place(self) -> str:
        return WRITING if self._writes else TICKET

    def why_not(self, command_id: str) -> str:
        verb = _VERBS.get(command_id, "")
        if verb and (reason := self.sheet.can.get(verb, "")):
            return f"No se puede: {reason}."
        if command_id == "send" and (self.writing is None or self.writing.sending):
            return "No hay nada que enviar." if self.writing is None else "Ya se está enviando."
        if command_id == "facts" and self.size.width >= _WIDE:
            return "La ficha ya está a la vista."
        if command_id == "earlier" and not self.sheet.earlier:
            return "La persona no tiene otros tickets que puedas ver."
        return super().why_not(command_id)

    def do_answer(self) -> None:
        self._write(ANSWER)

    def do_note(self) -> None:
        self._write(NOTE)

    def _write(self, kind: str) -> None:
        """Begin or go on writing; a colleague who already writes an answer is named first."""
        others = [w for w in self.watchers if w.writing]
        if kind == ANSWER and others and not self._warned and self.writing is None:
            self._warned = True
            again = f"pulsa {self.key_of('answer')} otra vez para escribir también"
            self.say(f"{telling.watching(others[0])}; {again}.", alarm=True)
            return
        self._open_editor(kind, focus=True)

    def _open_editor(self, kind: str, focus: bool) -> None:
        if self.writing is not None and self.writing.kind != kind:
            self._close_editor()
        if self.writing is None:
            draft = self.sheet.answer_draft if kind == ANSWER else self.sheet.note_draft
            self.writing = Writing(self.actor, self.sheet.row, kind, draft, focus)
            self.talk.mount(self.writing)
            self._facts_asked = False
            self._paint()
        elif focus:
            self.writing.editor.focus()

    def _close_editor(self) -> None:
        """Put the editor away; its draft is kept first."""
        if self.writing is not None:
            writing, self.writing = self.writing, None
            writing.save(self._refresh_drafts)
            writing.remove()
            self.set_focus(None)

    def _refresh_drafts(self) -> None:
        if self.is_running:
            self._reload(self._reloaded)

    def on_descendant_focus(self) -> None:
        self._look()
        self.paint_hints()

    def on_descendant_blur(self) -> None:
        self.call_after_refresh(self.paint_hints)
        self._look()

    def do_send(self) -> None:
        if self.writing is not None:
            self.writing.send(self._sent, self._not_sent)

    def _sent(self) -> None:
        folio, writing = self.sheet.row.folio, self.writing
        kind = writing.kind if writing else ANSWER
        words = f"Respuesta enviada en {folio}." if kind == ANSWER else f"Nota guardada en {folio}."
        self.desk.say(f"{words} {self.key_of('take')} toma el siguiente." if kind == ANSWER else words)
        self.writing = None
        if writing is not None and self.is_running:
            writing.remove()
            self.set_focus(None)
            self._reload(self._show)

    def _not_sent(self, problem: Problem) -> None:
        """Say why, keep the text; after a lost race the next attempt answers the ticket as it is now."""
        self.desk.say(problem.message, alarm=True)
        if isinstance(problem, Conflict) and self.is_running:
            self._reload(self._lost_race)

    def _lost_race(self, sheet: TicketSheet) -> None:
        changes = telling.what_changed(self.sheet, sheet)
        self._show(sheet, keep_place=True)
        self.conversation.to_end()
        if self.writing is None:
            return
        self.writing.version = sheet.row.version
        reason = sheet.can.get("reply", "")
        again = f"no se puede responder: {reason}" if reason else f"{self.key_of('send')} otra vez para enviar igual"
        self.say(f"Tu texto sigue aquí. {changes[:1].upper()}{changes[1:] or 'El ticket cambió'}; {again}.", alarm=True)

    def do_claim(self) -> None:
        self._do(feed.claimed, "Es tuyo.")

    def do_release(self) -> None:
        self._do(feed.released, "Volvió a los sin asignar.")

    def _do(self, verb: Callable[[Staff, int], TicketSheet], words: str) -> None:
        ticket_id = self.sheet.row.id

        def done(sheet: TicketSheet) -> None:
            self._show(sheet, keep_place=True)
            self.say(words)

        ask(self, "sheet", lambda: verb(self.actor, ticket_id), done)

    def do_take(self) -> None:
        ask(self, "sheet", lambda: feed.taken(self.actor), self._taken)

    def _taken(self, sheet: TicketSheet | None) -> None:
        if sheet is None:
            self.say("No queda ningún ticket por tomar.")
            return
        self._leave_ticket()
        self._then = ""
        self._show(sheet)
        self._begin()

    def do_earlier(self, digit: int) -> None:
        earlier = self.sheet.earlier[:9]
        if digit > len(earlier):
            self.say(f"Los tickets anteriores van del 1 al {len(earlier)}.")
            return
        ticket_id = earlier[digit - 1].id
        ask(self, "earlier", lambda: feed.sheet(self.actor, ticket_id), self._show_earlier)

    def _show_earlier(self, sheet: TicketSheet) -> None:
        self.app.push_screen(TicketScreen(self.actor, sheet))

    def do_facts(self) -> None:
        self._facts_asked = not self._facts_asked
        self._paint()

    def do_back(self) -> None:
        if self._writes and self.writing is not None:
            self._stop_writing(self.writing)
        elif self._facts_asked:
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
        ask(self.app, f"left {ticket_id}", lambda: presence.stop_looking(self.actor, ticket_id), lambda _: None, quiet=True)

    def safe_to_leave(self) -> bool:
        return self.writing is None or not self.writing.unsaved

    @property
    def _pane(self) -> Pane:
        return self.conversation if self.talk.display else self.facts

    def do_down(self) -> None:
        self._pane.scroll_relative(y=1, animate=False)

    def do_up(self) -> None:
        self._pane.scroll_relative(y=-1, animate=False)

    def do_page_down(self) -> None:
        self._pane.scroll_page_down(animate=False)

    def do_page_up(self) -> None:
        self._pane.scroll_page_up(animate=False)

    def do_first(self) -> None:
        self._pane.scroll_home(animate=False)

    def do_last(self) -> None:
        self._pane.to_end()
