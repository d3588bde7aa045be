"""Sixteen clients at once, in a process of their own: `python -m tests.bench.clients WHAT PORT SECONDS`.

Sessions come in on standard input, a line each; what was done goes out as JSON.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from queue import Empty, SimpleQueue
from typing import Any

from tests.bench.browser import Browser, journey
from tests.harness.processes import ROOT

CLIENTS = 16

Work = Callable[[Browser], list[float]]
"""One piece of work, again and again by each client: the seconds of its requests; `Empty` when nothing is left."""


def run(what: str, port: int, seconds: float, sessions: Sequence[str] = ()) -> dict[str, Any]:
    """Start the clients and wait for them: `per_s` pieces of work, `steps` in milliseconds."""
    command = [sys.executable, "-m", "tests.bench.clients", what, str(port), str(seconds)]
    given = "\n".join(sessions)
    done = subprocess.run(command, input=given, capture_output=True, text=True, cwd=ROOT, timeout=seconds + 300, check=False)
    if done.returncode:
        raise AssertionError(f"the clients failed:\n{done.stderr[-3000:]}")
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _look(_port: int, _sessions: SimpleQueue[str]) -> Work:
    """The front page."""

    def work(browser: Browser) -> list[float]:
        answer = browser.get("/")
        if answer.status != 200:
            raise AssertionError(f"the front page answered {answer.status}")
        return [answer.seconds]

    return work


def _travel(_port: int, sessions: SimpleQueue[str]) -> Work:
    """One signed-in person after the other, from the portal to the receipt."""

    def work(browser: Browser) -> list[float]:
        browser.cookies = {"sesion": sessions.get_nowait()}
        return journey(browser)

    return work


def _submit(port: int, sessions: SimpleQueue[str]) -> Work:
    """The last page of tickets that were written, and read as browsers do, beforehand."""
    ready: SimpleQueue[tuple[dict[str, str], str, dict[str, str]]] = SimpleQueue()
    reader = Browser(port)
    while not sessions.empty():
        reader.cookies = {"sesion": sessions.get_nowait()}
        action, hidden = reader.get("/ticket/nuevo/revisar").form()
        ready.put((reader.cookies, action, hidden))

    def work(browser: Browser) -> list[float]:
        browser.cookies, action, hidden = ready.get_nowait()
        answer = browser.post(action, hidden)
        if answer.status != 303:
            raise AssertionError(f"a ticket was answered with {answer.status}:\n{answer.text[:2000]}")
        return [answer.seconds]

    return work


_KINDS = {"look": _look, "travel": _travel, "submit": _submit}


class _Crowd:
    """Clients that begin together and go on for a while, or until nothing is left to do."""

    def __init__(self, work: Work, port: int, seconds: float) -> None:
        self._work, self._port, self._seconds = work, port, seconds
        self._gate = threading.Barrier(CLIENTS + 1)
        self._steps: list[float] = []
        self._done: list[float] = []
        self._trouble: list[Exception] = []

    def run(self) -> dict[str, Any]:
        threads = [threading.Thread(target=self._go) for _ in range(CLIENTS)]
        for thread in threads:
            thread.start()
        begin = time.perf_counter()
        self._gate.wait()
        for thread in threads:
            thread.join()
        if self._trouble:
            raise self._trouble[0]
        return {"per_s": len(self._done) / (max(self._done) - begin), "steps": [1000 * step for step in self._steps]}

    def _go(self) -> None:
        browser = Browser(self._port)
        self._gate.wait()
        end = time.perf_counter() + self._seconds
        try:
            while time.perf_counter() < end:
                self._steps += self._work(browser)
                self._done.append(time.perf_counter())
        except Empty:
            pass
        except Exception as reason:  # noqa: BLE001 (whatever it is, the run is worth nothing)
            self._trouble.append(reason)
        finally:
            browser.close()


def main() -> None:
    """Be the clients."""
    what, port, seconds = sys.argv[1], int(sys.argv[2]), float(sys.argv[3])
    sessions: SimpleQueue[str] = SimpleQueue()
    for line in sys.stdin.read().split():
        sessions.put(line)
    work = _KINDS[what](port, sessions)
    json.dump(_Crowd(work, port, seconds).run(), sys.stdout)


if __name__ == "__main__":
    main()
