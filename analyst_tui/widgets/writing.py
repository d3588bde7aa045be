"""What an analyst is writing under a conversation: an answer or a note, its draft never more than 2 s behind."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import NamedTuple

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import TextArea

from analyst_tui import feed, spoken, theme
from analyst_tui.background import change
from analyst_tui.outgoing import ANSWER, KINDS, NOTE, Outgoing
from analyst_tui.widgets.editor import Editor
from analyst_tui.widgets.field import Field
from analyst_tui.widgets.keeper import Keeper, Words
from analyst_tui.widgets.line import Line, Part
from core.errors import Problem
from core.people.views import Staff
from core.tickets.answers.views import Onward
from core.tickets.citizens.forms import LONGEST_TEXT
from core.tickets.lists.views import TicketRow
from core.tickets.views import Overruled, TicketSheet

_SAVED_EVERY = 2.0
_FRAMED = "la carta ya saluda y se despide"
Unsaved = dict[tuple[int, str], Keeper]
"""Drafts on their way to the database, by ticket and kind: they outlive the screen that they were written on."""


class Outcome(NamedTuple):
    """What there is to show after sending: the ticket as it is then, or the next one and what led to it."""

    sheet: TicketSheet | None
    onward: Onward | None = None


class Writing(Vertical):
    """The editor with its title; saves by itself, sends once."""

    DEFAULT_CSS = """
    Writing { height: 45%; min-height: 6; border-top: solid $border; }
    Writing Field { height: 1; }
    """

    def __init__(self, row: TicketRow, keeper: Keeper, focus: bool, files: int = 0) -> None:
        super().__init__()
        self.kind = keeper.kind
        self.version = row.version
        """The ticket as it was when the writer last knew about it."""
        self.overruled = Overruled()
        """What the gate found in it and goes out all the same."""
        self.sending = False
        self.keeper = keeper
        self.about = KINDS[keeper.kind]
        self.aside = Field(self.about.aside, longest=120) if self.about.aside else None
        self._ticket_id = row.id
        self._title = Line()
        self.editor = Editor(keeper.words.body)
        self._key = uuid.uuid4().hex
        self._takes_focus = focus
        self._files = files
        self._said = ""
        self._over = 0

    def compose(self) -> ComposeResult:
        yield self._title
        if self.aside is not None:
            self.aside.value = self.keeper.words.aside or self.about.filled
            yield self.aside
        yield self.editor

    def on_mount(self) -> None:
        self.keeper.told = self._tell
        self._count()
        first = "" if self.kind == NOTE else _FRAMED
        self._tell("borrador recuperado" if self.keeper.words.body else first)
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
        self.collect()
        return self.sending or not self.keeper.is_safe

    @property
    def blank(self) -> bool:
        """Whether there is nothing in it."""
        return not self.editor.text.strip()

    def collect(self) -> None:
        """Let the keeper know what stands here now."""
        aside = self.aside.value if self.aside is not None else ""
        self.keeper.know(Words(self.editor.text, "" if aside == self.about.filled else aside))

    def save(self, then: Callable[[], object] | None = None) -> None:
        """Keep the draft if it changed; `then` is called when it is kept."""
        self.collect()
        self.keeper.save(then)

    def settle(self, then: Callable[[], object] | None = None) -> None:
        """The same where the writer comes to a stop: what is written now will be found among the versions."""
        self.collect()
        self.keeper.stand()
        self.keeper.save(then)

    def replace(self, text: str) -> None:
        """Put another text in the place of this one, which stays among the versions; ctrl+z brings it back too."""
        self.collect()
        self.keeper.stand()
        self.editor.replace(text, (0, 0), self.editor.document.end)
        self.save()

    def send(self, done: Callable[[Outcome], object], refused: Callable[[Problem], object]) -> None:
        """Send it, once; a refusal leaves the text as it is."""
        self.collect()
        self.sending = self.editor.read_only = True
        self._tell(self.about.busy)
        group = f"send {self.kind} {self._ticket_id}"
        change(
            self.app,
            group,
            self._send,
            lambda outcome: self._done(outcome, done),
            lambda problem: self._refused(problem, refused),
        )

    def _done(self, outcome: Outcome, done: Callable[[Outcome], object]) -> None:
        self.keeper.let_go()
        done(outcome)

    def _send(self, me: Staff) -> Outcome:
        aside = self.aside.value if self.aside is not None else ""
        outgoing = Outgoing(self._ticket_id, self.version, self.keeper.words.body, aside, self._key, self.overruled)
        onward = self.keeper.send(me, lambda: self.about.send(me, outgoing))
        if onward is None:
            return Outcome(feed.sheet(me, self._ticket_id))
        return Outcome(feed.sheet(me, onward.next_id) if onward.next_id else None, onward)

    def _refused(self, problem: Problem, refused: Callable[[Problem], object]) -> None:
        self.sending = self.editor.read_only = False
        self._tell("sin enviar")
        refused(problem)

    def discard(self) -> None:
        """Save nothing of it any more: it belongs to somebody who has left."""
        self.keeper.let_go()

    def on_descendant_blur(self, event: events.DescendantBlur) -> None:
        self.settle()

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        if self._count():
            self._paint()

    def _count(self) -> bool:
        """Find out how much longer than an answer can be it is; whether that changed."""
        lines = self.editor.document.lines
        length = sum(map(len, lines)) + len(lines) - 1
        before, self._over = self._over, length if length > LONGEST_TEXT else 0
        return before != self._over

    def count_files(self, files: int) -> None:
        """Say how many files go with it."""
        self._files = files
        self._paint()

    def _tell(self, words: str) -> None:
        self._said = words
        if self.is_running and (not self.sending or words == self.about.busy):
            self._paint()

    def _paint(self) -> None:
        parts = [Part(f" {self.about.title}", theme.mark)]
        if self.about.aside:
            parts.append(Part(f"   {self.about.aside}: arriba del texto", theme.quiet))
        if self._files and self.kind == ANSWER:
            parts.append(Part(f"   {spoken.counted(self._files, 'archivo', 'archivos')}", theme.ink))
        if self._over:
            told = f"   {spoken.number(self._over)} caracteres: caben {spoken.number(LONGEST_TEXT)}, acórtalo antes de enviar"
            parts.append(Part(told, theme.late))
        parts.append(Part(f"   {self._said}", theme.quiet))
        self._title.show(parts)
