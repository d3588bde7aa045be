"""What an analyst is writing under a conversation: an answer or a note, its draft never more than 2 s behind."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical

from analyst_tui import feed, theme
from analyst_tui.background import ask, change
from analyst_tui.outgoing import KINDS, Outgoing
from analyst_tui.widgets.editor import Editor
from analyst_tui.widgets.field import Field
from analyst_tui.widgets.line import Line, Part
from core import clock
from core.errors import Problem
from core.people.views import Staff
from core.tickets import desk
from core.tickets.views import Overruled, TicketRow, TicketSheet

_SAVED_EVERY = 2.0
Unsaved = dict[tuple[int, str], str]
"""Texts on their way to the database, by ticket and kind: they outlive the screen that they were written on."""


class Writing(Vertical):
    """The editor with its title; saves by itself, sends once."""

    DEFAULT_CSS = """
    Writing { height: 45%; min-height: 6; border-top: solid $border; }
    Writing Field { height: 1; }
    """

    def __init__(self, row: TicketRow, kind: str, draft: str, focus: bool, unsaved: Unsaved) -> None:
        super().__init__()
        self.kind = kind
        self.version = row.version
        """The ticket as it was when the writer last knew about it."""
        self.overruled = Overruled()
        """What the gate found in it and goes out all the same."""
        self.sending = False
        self._ticket_id = row.id
        self.about = KINDS[kind]
        self.aside = Field(self.about.aside, longest=120) if self.about.aside else None
        self._title = Line()
        self.editor = Editor(draft)
        self._unsaved = unsaved
        self._place = (row.id, kind)
        self._latest = draft
        self._saved = "" if self._place in unsaved else draft
        self._key = uuid.uuid4().hex
        self._one_at_a_time = threading.Lock()
        self._sent = False
        self._takes_focus = focus

    def compose(self) -> ComposeResult:
        yield self._title
        if self.aside is not None:
            self.aside.value = self.about.filled
            yield self.aside
        yield self.editor

    def on_mount(self) -> None:
        self._paint("borrador recuperado" if self._latest else "")
        self.set_interval(_SAVED_EVERY, self.save)
        if self._takes_focus:
            self.take_focus()

    def take_focus(self) -> None:
        """Put the cursor where something is missing."""
        (self.editor if self.aside is None or self.aside.value else self.aside).focus()

    @property
    def is_in_use(self) -> bool:
        """Whether somebody types here now."""
        return self.editor.has_focus or (self.aside is not None and self.aside.has_focus)

    def on_input_submitted(self) -> None:
        self.editor.focus()

    @property
    def unsaved(self) -> bool:
        """Whether some of it would be lost if the terminal ended now."""
        return not self._sent and (self.sending or self.editor.text != self._saved)

    @property
    def blank(self) -> bool:
        """Whether there is nothing in it."""
        return not self.editor.text.strip()

    def save(self, then: Callable[[], object] | None = None) -> None:
        """Keep the draft if it changed; `then` is called when it is kept."""
        self._latest = self.editor.text
        if self._latest == self._saved or self._sent:
            self._unsaved.pop(self._place, None)
            if then is not None:
                then()
            return
        self._unsaved[self._place] = self._latest
        ask(self.app, f"draft {self.kind} {self._ticket_id}", self._keep, lambda text: self._kept(text, then), quiet=True)

    def _keep(self, me: Staff) -> str:
        with self._one_at_a_time:
            text = self._latest
            if not self._sent:
                desk.save_draft(me, self._ticket_id, self.kind, text)
            return text

    def _kept(self, text: str, then: Callable[[], object] | None) -> None:
        self._saved = text
        if self._unsaved.get(self._place) == text:
            del self._unsaved[self._place]
        if self.is_running and not self.sending:
            self._paint(f"borrador guardado {clock.local(clock.now()):%H:%M:%S}")
        if then is not None:
            then()

    def send(self, done: Callable[[TicketSheet], object], refused: Callable[[Problem], object]) -> None:
        """Send it, once; a refusal leaves the text as it is."""
        self.sending = self.editor.read_only = True
        self._latest = self._unsaved[self._place] = self.editor.text
        self._paint(self.about.busy)
        group = f"send {self.kind} {self._ticket_id}"
        change(self.app, group, self._send, lambda s: self._done(s, done), lambda problem: self._refused(problem, refused))

    def _done(self, sheet: TicketSheet, done: Callable[[TicketSheet], object]) -> None:
        self._unsaved.pop(self._place, None)
        done(sheet)

    def _send(self, me: Staff) -> TicketSheet:
        with self._one_at_a_time:
            aside = self.aside.value if self.aside is not None else ""
            self.about.send(me, Outgoing(self._ticket_id, self.version, self._latest, aside, self._key, self.overruled))
            self._sent = True
        return feed.sheet(me, self._ticket_id)

    def _refused(self, problem: Problem, refused: Callable[[Problem], object]) -> None:
        self.sending = self.editor.read_only = False
        self._paint("sin enviar")
        refused(problem)

    def discard(self) -> None:
        """Save nothing of it any more: it belongs to somebody who has left."""
        self._sent = True

    def on_descendant_blur(self, event: events.DescendantBlur) -> None:
        self.save()

    def _paint(self, words: str) -> None:
        asked = f"   {self.about.aside}: arriba del texto" if self.about.aside else ""
        left = (Part(f" {self.about.title}", theme.mark), Part(f"{asked}   {words}", theme.quiet))
        self._title.show(left)
