"""A draft on its way to the database: in a file of this machine while the database is away, so that no word hangs on it."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable, Collection
from time import monotonic
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from analyst_tui.background import ask
from core import clock
from core.errors import Problem
from core.people.views import Staff
from core.tickets import desk as verbs
from core.tickets.answers import drawer
from core.tickets.answers.drawer import Shelved

if TYPE_CHECKING:
    from analyst_tui.desk import DeskApp

T = TypeVar("T")
_PATIENCE = 1.0
"""Seconds after which a database that does not answer is taken for one that is away."""


class Words(NamedTuple):
    """What is being written, and the line beside it."""

    body: str
    aside: str = ""


class Keeper:
    """Keeps one draft; it outlives the screen on which its words were written."""

    def __init__(self, desk: DeskApp, place: tuple[int, str], folio: str, words: Words) -> None:
        """`place` is a ticket with a kind of message."""
        self.desk, self.place, self.kind = desk, place, place[1]
        self.words = words
        self.told: Callable[[str], object] = lambda _: None
        """Gets a sentence about where the draft is, whenever that changes."""
        self.sent = False
        self._folio = folio
        self._saved = words
        self._stood: list[str] = []
        self._last_stood = words.body
        self._then: list[Callable[[], object]] = []
        self._writer = uuid.uuid4().hex
        self._one_at_a_time = threading.Lock()
        self._shelving = threading.Lock()
        self._busy_since = 0.0
        self._shelved: Words | None = None
        self._complaint = ""

    @property
    def is_safe(self) -> bool:
        """Whether the database has all of it."""
        return self.sent or (self.words == self._saved and not self._stood)

    def know(self, words: Words) -> None:
        """These are the words now; they wait until the database has them."""
        self.words = words
        if not self.is_safe:
            self.desk.unsaved[self.place] = self

    def stand(self) -> None:
        """Let what is written now be a version from the next save on."""
        if self.words.body.strip() and self.words.body != self._last_stood:
            self._last_stood = self.words.body
            self._stood.append(self.words.body)

    def save(self, then: Callable[[], object] | None = None) -> None:
        """Keep what changed; `then` is called when the database has it."""
        if self.is_safe:
            self.desk.unsaved.pop(self.place, None)
            if then is not None:
                then()
            return
        if then is not None:
            self._then.append(then)
        if self._busy_since:
            self._shelve_if_stuck()
            return
        self._busy_since = monotonic()
        ask(self.desk, f"draft {self.kind} {self.place[0]}", self._write, self._written, self._refused, quiet=True)
        self.desk.set_timer(_PATIENCE, self._shelve_if_stuck)

    def _write(self, me: Staff) -> tuple[Words, list[str]]:
        with self._one_at_a_time:
            words, stood = self.words, list(self._stood)
            try:
                if not self.sent:
                    self._put(me, words, stood)
            except Problem:
                self._shelve(me, stood)
                raise
            finally:
                self._busy_since = 0.0
            self._unshelve(me, stood)
            return words, stood

    def _put(self, me: Staff, words: Words, stood: list[str]) -> None:
        """Give them to the database."""
        verbs.save_draft(me, *self.place, words.body, words.aside, stood)

    def _written(self, answer: tuple[Words, list[str]]) -> None:
        self._saved, stood = answer
        self._stood = [text for text in self._stood if text not in stood]
        self._complaint = ""
        self.told(f"borrador guardado {clock.local(clock.now()):%H:%M:%S}")
        if not self.is_safe:
            self.save()
            return
        if self.desk.unsaved.get(self.place) is self:
            del self.desk.unsaved[self.place]
        waiting, self._then = self._then, []
        for then in waiting:
            then()

    def _refused(self, problem: Problem) -> None:
        """What cannot be saved now is told once, not at every attempt."""
        self._then.clear()
        if problem.message != self._complaint:
            self._complaint = problem.message
            self.desk.say(problem.message, alarm=True)

    def send(self, me: Staff, work: Callable[[], T]) -> T:
        """Carry out what sends the words: after it nothing of them is saved; before it is done a file has them if need be."""
        with self._one_at_a_time:
            try:
                answer = work()
            except Problem:
                self._shelve(me, [])
                raise
            self.sent = True
            self._unshelve(me, ())
            return answer

    def let_go(self) -> None:
        """Save nothing of it any more, and forget that it waits: it was sent, or belongs to somebody who has left."""
        self.sent = True
        self.desk.unsaved.pop(self.place, None)

    # in a file

    def shelve(self) -> None:
        """Write it to a file of this machine at once, unless the database or the file has it."""
        me = self.desk.actor
        if me is not None and not self.is_safe:
            self._shelve(me, self._stood)

    def _shelve_if_stuck(self) -> None:
        if self._busy_since and monotonic() - self._busy_since >= _PATIENCE:
            try:
                self.shelve()
            except Problem as reason:
                self.desk.say(reason.message, alarm=True)

    def _shelve(self, me: Staff, stood: list[str]) -> None:
        """The words as they are now: a save that fails late must not put older ones in their place."""
        with self._shelving:
            words = self.words
            if words == self._shelved:
                return
            at, others = clock.now(), tuple(text for text in stood if text != words.body)
            drawer.put(Shelved(me.id, *self.place, self._folio, *words, at, self._writer, others))
            self._shelved = words
            self.desk.call_later(self.told, f"la base no responde: borrador en este equipo {clock.local(at):%H:%M:%S}")

    def _unshelve(self, me: Staff, stood: Collection[str]) -> None:
        if self._shelved is not None:
            self._shelved = None
            drawer.settle(me.id, *self.place, self._writer, stood)
