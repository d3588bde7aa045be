"""Colleagues at their terminals: `python -m tests.bench.desks SESSION…`, a terminal for each session.

Each presses one key every two seconds, at moments of its own, and its screen is read and thrown away. Prints a line
when all show their list, and ends when its standard input does.
"""

from __future__ import annotations

import os
import select
import signal
import sys
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from tests.harness.processes import AYUDA, ROOT
from tests.harness.terminal import KEYS, open_terminal

READY = "listas"
_EVERY = 2.0
_STARTING = 4
"""Terminals that start at once."""
_PATIENCE = 180
_SHOWN = b"AM-20"


class _Colleague:
    """One terminal that nobody looks at."""

    def __init__(self, session: Path) -> None:
        self.pid, self.screen = open_terminal((*AYUDA, "tui", "--session-file", str(session)), 120, 40, {}, ROOT)
        self.shows_list = False
        self._downward = True
        self.next_at = 0.0

    def read(self) -> None:
        self.shows_list |= _SHOWN in os.read(self.screen, 65_536)

    def press(self) -> None:
        """Down, then up, so that the same rows are seen again."""
        os.write(self.screen, KEYS["down" if self._downward else "up"])
        self._downward = not self._downward
        self.next_at += _EVERY

    def end(self) -> None:
        with suppress(ProcessLookupError, ChildProcessError):
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)


def _read(colleagues: Iterable[_Colleague], seconds: float, more: tuple[int, ...] = ()) -> list[int]:
    """Read whatever is painted within so many seconds; which of the other files can be read."""
    screens = {colleague.screen: colleague for colleague in colleagues}
    ready = select.select([*screens, *more], [], [], max(seconds, 0))[0]
    for file in ready:
        if file in screens:
            screens[file].read()
    return [file for file in ready if file in more]


def _all_start(sessions: list[Path]) -> list[_Colleague]:
    colleagues: list[_Colleague] = []
    deadline = time.monotonic() + _PATIENCE
    while len(colleagues) < len(sessions) or not all(each.shows_list for each in colleagues):
        if time.monotonic() > deadline:
            raise AssertionError(f"{sum(not each.shows_list for each in colleagues)} terminals show no list")
        if len(colleagues) < len(sessions) and sum(not each.shows_list for each in colleagues) < _STARTING:
            colleagues.append(_Colleague(sessions[len(colleagues)]))
        _read(colleagues, 0.2)
    return colleagues


def _work(colleagues: list[_Colleague]) -> None:
    """Press keys, spread over the two seconds, until nobody wants it any more."""
    start = time.monotonic()
    for place, colleague in enumerate(colleagues):
        colleague.next_at = start + _EVERY * place / len(colleagues)
    while True:
        soonest = min(colleagues, key=lambda each: each.next_at)
        if _read(colleagues, soonest.next_at - time.monotonic(), (sys.stdin.fileno(),)):
            return
        if soonest.next_at <= time.monotonic():
            soonest.press()


def main() -> None:
    """Be the colleagues."""
    colleagues = _all_start([Path(word) for word in sys.argv[1:]])
    print(READY, flush=True)
    try:
        _work(colleagues)
    finally:
        for colleague in colleagues:
            colleague.end()


if __name__ == "__main__":
    main()
