"""Work that must not block typing: one helper for threads, stale answers, refusals and a database that is away."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast
from weakref import WeakKeyDictionary, WeakValueDictionary

from textual.app import App
from textual.widget import Widget
from textual.worker import Worker, get_current_worker

from core.errors import NotAllowed, Problem, TooOften, TryLater
from core.people.views import Staff

if TYPE_CHECKING:
    from analyst_tui.desk import DeskApp

T = TypeVar("T")
Node = Widget | App[Any]

log = logging.getLogger("ayuda.terminal")

_SHOWN_AFTER = 0.15
_LONGEST_PAUSE = 10
_newest: WeakKeyDictionary[Node, WeakValueDictionary[str, Errand[Any]]] = WeakKeyDictionary()
"""The last errand of each group on each node; it keeps neither alive: a screen that was left must go."""
UNEXPECTED = "Algo falló sin aviso y quedó anotado; lo que escribiste sigue aquí. Prueba otra vez."


class Errand(Generic[T]):
    """One piece of work: `work` runs in a thread, `then` gets its answer on the screen's own turn.

    A newer errand of the same group on the same node makes the answer of an older one be dropped.
    """

    def __init__(
        self,
        node: Node,
        group: str,
        work: Callable[[Staff], T],
        then: Callable[[T], object],
        refused: Callable[[Problem], object] | None = None,
        quiet: bool = False,
    ) -> None:
        self.desk = cast("DeskApp", node.app)
        self.node, self.group, self.work, self.then, self.refused, self.quiet = node, group, work, then, refused, quiet
        self.pending = True
        self._asked_by = self.desk.actor
        self._worker: Worker[Any] | None = None

    def start(self) -> None:
        """Run it; a wait of more than 150 ms shows, unless the errand is quiet."""
        _newest.setdefault(self.node, WeakValueDictionary())[self.group] = self
        worker = self._worker = self.node.run_worker(
            self._run, group=self.group, exclusive=True, thread=True, exit_on_error=False
        )
        if not self.quiet:
            self.node.set_timer(_SHOWN_AFTER, lambda: _show_wait(self.desk, worker))

    @property
    def under_way(self) -> bool:
        """Whether a thread is at it now."""
        return self._worker is not None and not self._worker.is_finished

    def _run(self) -> None:
        worker = get_current_worker()
        try:
            answer = self.work(cast("Staff", self.desk.actor))
        except Exception as reason:  # noqa: BLE001 - the outermost handler of this thread
            self._deliver(worker, self._fail, reason)
        else:
            self._deliver(worker, self._succeed, answer)

    def _deliver(self, worker: Worker[Any], handler: Callable[[Any], object], answer: object) -> None:
        if not worker.is_cancelled:
            self.node.call_later(self._arrive, worker, handler, answer)

    def _arrive(self, worker: Worker[Any], handler: Callable[[Any], object], answer: object) -> None:
        if worker.is_cancelled or not self.node.is_running:
            return
        if not (self.quiet and _somebody_waits()):
            self.desk.waiting(False)
        handler(answer)

    def _succeed(self, answer: T) -> None:
        self.pending = False
        self.desk.away("")
        self.then(answer)

    def _fail(self, reason: Exception) -> None:
        if isinstance(reason, TryLater) and not isinstance(reason, TooOften):
            self.desk.away(reason.message)
            self.node.set_timer(min(max(reason.retry_after, 1), _LONGEST_PAUSE), self._again)
            return
        self.pending = False
        self.desk.keys_go_on()
        if isinstance(reason, Problem):
            self.desk.away("")
            (self.refused or self._say)(reason)
            if isinstance(reason, NotAllowed):
                self.desk.check_session()
        else:
            note_unexpected(reason)
            self.desk.say(UNEXPECTED, alarm=True)

    def _again(self) -> None:
        """Try once more, unless something newer or somebody else took its place meanwhile."""
        if _latest(self.node, self.group) is self and _same_person(self._asked_by, self.desk.actor):
            self.start()

    def _say(self, problem: Problem) -> None:
        self.desk.say(problem.message, alarm=True)


def run(
    node: Node,
    group: str,
    work: Callable[[], T],
    then: Callable[[T], object],
    refused: Callable[[Problem], object] | None = None,
    quiet: bool = False,
) -> None:
    """Run `work` in a thread and hand its answer to `then`; a refusal goes to `refused`, or is said."""
    Errand(node, group, lambda _: work(), then, refused, quiet).start()


def ask(
    node: Node,
    group: str,
    work: Callable[[Staff], T],
    then: Callable[[T], object],
    refused: Callable[[Problem], object] | None = None,
    quiet: bool = False,
    leads: bool = False,
) -> None:
    """The same for work that is done in the name of whoever is signed in when it starts.

    When it `leads` to another screen, the keys that are typed meanwhile are for that one.
    """
    errand = Errand(node, group, work, then, refused, quiet)
    errand.start()
    if leads:
        errand.desk.keys_wait_for(lambda: not errand.pending)


def change(
    node: Node,
    group: str,
    work: Callable[[Staff], T],
    then: Callable[[T], object],
    refused: Callable[[Problem], object] | None = None,
) -> None:
    """The same for work that changes something: while it runs, asking for it again does nothing."""
    if not is_busy(node, group):
        Errand(node, group, work, then, refused).start()


def is_busy(node: Node, *groups: str) -> bool:
    """Whether work of one of these groups is still on its way."""
    return any(errand.pending for group in groups if (errand := _latest(node, group)))


def _somebody_waits() -> bool:
    """Whether something is on its way whose wait shows."""
    return any(errand.pending and not errand.quiet for errands in _newest.values() for errand in errands.values())


def is_under_way(node: Node, group: str) -> bool:
    """Whether a thread is at the latest work of a group; between two attempts none is."""
    errand = _latest(node, group)
    return errand is not None and errand.under_way


def _latest(node: Node, group: str) -> Errand[Any] | None:
    errands = _newest.get(node)
    return None if errands is None else errands.get(group)


def note_unexpected(reason: BaseException) -> None:
    """One log line that says what failed and where, without any value that might be a person's."""
    log.error("terminal: %s at %s", type(reason).__name__, _place(reason))


def _place(reason: BaseException) -> str:
    frames = traceback.extract_tb(reason.__traceback__)
    ours = [f for f in frames if "/analyst_tui/" in f.filename or "/core/" in f.filename] or list(frames)
    return " < ".join(f"{Path(f.filename).name}:{f.lineno}" for f in reversed(ours[-4:])) or "unknown"


def _same_person(one: Staff | None, other: Staff | None) -> bool:
    return (one and one.id) == (other and other.id)


def _show_wait(desk: DeskApp, worker: Worker[Any]) -> None:
    if not worker.is_finished and not worker.is_cancelled:
        desk.waiting(True)
