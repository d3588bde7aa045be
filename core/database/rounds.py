"""Writers of one process on SQLite: whoever comes while somebody writes is written along, in the order of arrival.

SQLite lets one write at a time, its own back-off is unfair, and every commit waits for the disk. So the first to come
opens a transaction, runs in it whatever has come up meanwhile, each behind a savepoint, and commits once for all.
Nobody goes on before that: what a service has said is then on the disk, or everybody of the round hears that it is not.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from contextvars import copy_context
from typing import Any, TypeVar

import peewee

R = TypeVar("R")

_MOST = 16
"""Services in one round: the first waits for the last."""


class Rounds:
    """The line of those who want to write to a database, and the rounds in which they do."""

    def __init__(self, database: peewee.SqliteDatabase) -> None:
        self._database = database
        self._guard = threading.Lock()
        self._line: deque[_Writer] = deque()
        self._busy = False

    def write(self, work: Callable[[], R]) -> R:
        """Run this in a transaction, alone or with others; what it returned or raised, once it cannot change any more."""
        mine = _Writer(work)
        with self._guard:
            if self._busy:
                self._line.append(mine)
            else:
                self._busy = True
                mine.lead()
        mine.turn.acquire()
        if mine.leads:
            self._serve(mine)
        return mine.outcome()

    def _serve(self, first: _Writer) -> None:
        served = [first]
        try:
            with self._database.atomic("IMMEDIATE"):
                first.run()
                while len(served) < _MOST and (other := self._next()) is not None:
                    served.append(other)
                    self._run_apart(other)
        except BaseException as reason:  # noqa: BLE001 (raised again in each of them)
            for each in served:
                each.failure = reason
        self._hand_on()
        for other in served[1:]:
            other.turn.release()

    def _run_apart(self, other: _Writer) -> None:
        """Undo what it did if it fails, and nothing else, unless SQLite has given up the whole transaction."""
        self._database.execute_sql("SAVEPOINT one_of_several")
        try:
            other.run()
        except Exception as reason:
            if not self._database.connection().in_transaction:
                raise
            self._database.execute_sql("ROLLBACK TO one_of_several")
            other.failure = reason
        self._database.execute_sql("RELEASE one_of_several")

    def _next(self) -> _Writer | None:
        with self._guard:
            return self._line.popleft() if self._line else None

    def _hand_on(self) -> None:
        with self._guard:
            if self._line:
                self._line.popleft().lead()
            else:
                self._busy = False


class _Writer:
    """A service on its way into a transaction, in its caller's context whichever thread runs it."""

    def __init__(self, work: Callable[[], Any]) -> None:
        self._work, self._context = work, copy_context()
        self._result: Any = None
        self.failure: BaseException | None = None
        self.leads = False
        self.turn = threading.Lock()
        self.turn.acquire()

    def lead(self) -> None:
        """Let it open the next round."""
        self.leads = True
        self.turn.release()

    def run(self) -> None:
        self._result = self._context.run(self._work)

    def outcome(self) -> Any:
        if self.failure is not None:
            raise self.failure
        return self._result
