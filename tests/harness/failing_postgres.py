"""A PostgreSQL that can be stopped, started again and frozen: its own for one test."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

from tests.harness import postgres
from tests.harness.processes import free_port


class Stopped:
    """A PostgreSQL of one test's own, which can be stopped and started again where it was."""

    def __init__(self, place: Path, home: Path) -> None:
        self._place, self._home, self._port = place, home, free_port()
        self.url = ""

    def start(self) -> postgres.Server:
        self._running = postgres.server(self._place, self._home, port=self._port)
        running = self._running.__enter__()
        self.url = running.url("ayuda")
        return running

    def stop(self) -> None:
        self._running.__exit__(None, None, None)

    @contextmanager
    def frozen(self) -> Iterator[None]:
        """Every process of the server stands still: connections stay, and nothing is said."""
        found = [each for each in psutil.process_iter() if f"{self._home}/data" in " ".join(cmdline_of(each))]
        (leader,) = [each for each in found if each.name() == "postgres"]
        everybody = [leader, *leader.children()]
        for each in everybody:
            each.suspend()
        try:
            yield
        finally:
            for each in everybody:
                each.resume()


def cmdline_of(process: psutil.Process) -> list[str]:
    """The words of a process's command; none once it has ended."""
    try:
        return process.cmdline()
    except psutil.Error:
        return []
