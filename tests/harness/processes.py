"""Processes of a test: started with a lifeline, watched, and gone when the test is."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
AYUDA = (sys.executable, "-m", "ayuda")


def free_port() -> int:
    """A TCP port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answers(port: int) -> bool:
    """Whether somebody listens on a TCP port of this machine."""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def wait_until(true: Callable[[], object], what: str, seconds: float = 20, every: float = 0.02) -> None:
    """Return as soon as a condition holds; an AssertionError that names it when it does not in time."""
    deadline = time.monotonic() + seconds
    while not true():
        if time.monotonic() > deadline:
            raise AssertionError(f"not in {seconds:g} s: {what}")
        time.sleep(every)


class Process:
    """A running command whose output goes to a file; it ends with the tests, however these end."""

    def __init__(
        self,
        command: Sequence[str],
        log: Path,
        env: Mapping[str, str] | None = None,
        user: str = "",
        ending: str = "SIGTERM",
        remove: Path | None = None,
    ) -> None:
        self.log = log
        wishes = (user, ending, str(remove or ""))
        keeper = [sys.executable, "-I", "-S", str(Path(__file__).with_name("keeper.py")), *wishes, *command]
        with log.open("ab") as output:
            self._keeper = subprocess.Popen(
                keeper,
                stdin=subprocess.PIPE,
                stdout=output,
                stderr=output,
                cwd=ROOT,
                env=None if env is None else dict(env),
                start_new_session=True,
            )

    @property
    def pid(self) -> int:
        """The process id of the command itself."""
        import psutil

        wait_until(lambda: psutil.Process(self._keeper.pid).children(), "the command to start")
        return int(psutil.Process(self._keeper.pid).children()[0].pid)

    @property
    def running(self) -> bool:
        """Whether it has not ended."""
        return self._keeper.poll() is None

    def said(self) -> str:
        """What it wrote until now, errors included."""
        return self.log.read_text(errors="replace")

    def kill(self) -> None:
        """End it as a power cut would."""
        os.kill(self.pid, signal.SIGKILL)
        self.stop()

    def stop(self) -> int:
        """End it politely; its exit code."""
        if self._keeper.stdin is not None:
            self._keeper.stdin.close()
        return self._keeper.wait(30)
