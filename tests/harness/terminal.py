"""A terminal that a program cannot tell from a real one: a pseudo-terminal with an emulated screen.

Times are seconds from the key to the read that completed the picture; the emulator's own work does not count.
"""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

import pyte

KEYS = {
    "down": b"\x1b[B",
    "up": b"\x1b[A",
    "right": b"\x1b[C",
    "left": b"\x1b[D",
    "pagedown": b"\x1b[6~",
    "pageup": b"\x1b[5~",
    "home": b"\x1b[H",
    "end": b"\x1b[F",
    "enter": b"\r",
    "tab": b"\t",
    "escape": b"\x1b",
    "backspace": b"\x7f",
    "space": b" ",
    **{f"ctrl+{letter}": bytes([ord(letter) - 96]) for letter in "abcdefghijklmnopqrstuvwxyz"},
}
_TITLE_OR_CLIPBOARD = re.compile(rb"\x1b\](?:0|1|2|52);[^\x07\x1b]*(?:\x07|\x1b\\)")
_KEPT_BYTES = 2_000_000

Seen = str | Callable[[str], bool]


class Terminal:
    """A program on an emulated screen; a context manager that ends it."""

    def __init__(
        self,
        command: Sequence[str],
        columns: int = 120,
        rows: int = 40,
        env: Mapping[str, str] | None = None,
        cwd: Path | None = None,
    ) -> None:
        self.raw = bytearray()
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)
        self.started = time.perf_counter()
        self.pid, self._fd = open_terminal(command, columns, rows, env or {}, cwd)

    def __enter__(self) -> Terminal:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def lines(self) -> list[str]:
        """What can be read, line by line."""
        return list(self._screen.display)

    @property
    def text(self) -> str:
        """What can be read."""
        return "\n".join(self._screen.display)

    @property
    def cursor_line(self) -> str:
        """The line on which the terminal's cursor stands; nothing when the cursor is hidden."""
        cursor = self._screen.cursor
        return "" if cursor.hidden else self._screen.display[cursor.y].rstrip()

    def wait(self, seen: Seen, seconds: float = 30, since: float | None = None) -> float:
        """Seconds from the program's start (or `since`) until something can be read; AssertionError when it cannot."""
        is_there = seen if callable(seen) else lambda text: seen in text
        begin = self.started if since is None else since
        deadline = time.perf_counter() + seconds
        if since is None and is_there(self.text):
            return 0.0
        while (left := deadline - time.perf_counter()) > 0:
            at = self._read(left)
            if at is not None and is_there(self.text):
                return at - begin
        raise AssertionError(f"not on the screen in {seconds:g} s: {seen!r}\n{self.text}")

    def send(self, *keys: str) -> None:
        """Press keys, by name, or type text."""
        os.write(self._fd, b"".join(KEYS.get(key, key.encode()) for key in keys))

    def press(self, key: str, seen: Seen, seconds: float = 10) -> float:
        """Seconds from a key to what it paints."""
        begin = time.perf_counter()
        self.send(key)
        return self.wait(seen, seconds, since=begin)

    def settle(self, quiet: float = 0.15, seconds: float = 3) -> None:
        """Read until the program has painted nothing for a while."""
        deadline = time.perf_counter() + seconds
        while time.perf_counter() < deadline and self._read(quiet) is not None:
            pass

    def smuggled(self) -> list[bytes]:
        """Whatever the program sent that sets the window's title or the clipboard."""
        return _TITLE_OR_CLIPBOARD.findall(bytes(self.raw))

    def resident_mb(self) -> float:
        """Resident memory of the program and its children, in MB."""
        import psutil

        program = psutil.Process(self.pid)
        return float(sum(process.memory_info().rss for process in (program, *program.children(recursive=True))) / 1e6)

    def exit_code(self, seconds: float = 10) -> int:
        """The program's exit code, once it has ended; AssertionError when it goes on."""
        deadline = time.perf_counter() + seconds
        while time.perf_counter() < deadline:
            with suppress(EOFError):
                self._read(0.05)
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.pid = 0
                return os.waitstatus_to_exitcode(status)
        raise AssertionError(f"the program goes on after {seconds:g} s\n{self.text}")

    def cut(self) -> None:
        """Take the terminal away, as a lost connection does."""
        os.close(self._fd)
        self._fd = -1

    def ended(self, seconds: float = 20) -> int:
        """The exit code of a program without a terminal (minus the signal that ended it); AssertionError when it goes on."""
        deadline = time.perf_counter() + seconds
        while time.perf_counter() < deadline:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.pid = 0
                return os.waitstatus_to_exitcode(status)
            time.sleep(0.02)
        raise AssertionError(f"the program goes on after {seconds:g} s without a terminal")

    def close(self) -> None:
        """End the program, whatever it is doing."""
        if self.pid:
            with suppress(ProcessLookupError, ChildProcessError):
                os.kill(self.pid, signal.SIGKILL)
                os.waitpid(self.pid, 0)
            self.pid = 0
        with suppress(OSError):
            os.close(self._fd)

    def _rest(self) -> bytes:
        """What else is there of the same picture: the emulator is so slow that it must not stand between its pieces."""
        pieces = bytearray()
        with suppress(OSError):  # the end is met by the next look
            while select.select([self._fd], [], [], 0)[0] and (piece := os.read(self._fd, 65_536)):
                pieces += piece
        return bytes(pieces)

    def _read(self, seconds: float) -> float | None:
        """The moment at which more was painted; None when nothing was; EOFError when the program has ended."""
        if not select.select([self._fd], [], [], max(0.0, seconds))[0]:
            return None
        try:
            piece = os.read(self._fd, 65_536)
        except OSError as reason:
            raise EOFError("the program has ended:\n" + self.text) from reason
        if not piece:
            raise EOFError("the program has ended:\n" + self.text)
        piece += self._rest()
        at = time.perf_counter()
        self.raw += piece
        if len(self.raw) > _KEPT_BYTES:
            del self.raw[: _KEPT_BYTES // 2]
        self._stream.feed(piece)
        return at


def open_terminal(command: Sequence[str], columns: int, rows: int, env: Mapping[str, str], cwd: Path | None) -> tuple[int, int]:
    """Start a program on a new terminal of that size: its process and the terminal's other end."""
    surroundings = {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8", **env}
    for name in ("TMUX", "COLUMNS", "LINES"):  # of the terminal in which the tests run, if any
        surroundings.pop(name, None)
    pid, fd = pty.fork()
    if pid == 0:
        try:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
            if cwd is not None:
                os.chdir(cwd)
            os.execvpe(command[0], list(command), surroundings)
        finally:
            os._exit(127)
    return pid, fd
