"""A line on which everything arrives late: a relay in front of a port, for a terminal far away."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from queue import SimpleQueue


class SlowLine:
    """Relays one port; each byte is on its way for so many seconds, in both directions."""

    def __init__(self, to: int, seconds: float) -> None:
        self._to, self._seconds = to, seconds
        self._door = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._door.getsockname()[1])
        self._ends: list[socket.socket] = []
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self._door.accept()
                far = socket.create_connection(("127.0.0.1", self._to))
                self._ends += [near, far]
                for here, there in ((near, far), (far, near)):
                    self._relay(here, there)

    def _relay(self, here: socket.socket, there: socket.socket) -> None:
        line: SimpleQueue[tuple[float, bytes]] = SimpleQueue()
        threading.Thread(target=self._take, args=(here, line), daemon=True).start()
        threading.Thread(target=self._give, args=(line, there), daemon=True).start()

    def _take(self, here: socket.socket, line: SimpleQueue[tuple[float, bytes]]) -> None:
        piece = b" "
        while piece:
            try:
                piece = here.recv(65_536)
            except OSError:
                piece = b""
            line.put((time.monotonic() + self._seconds, piece))

    def _give(self, line: SimpleQueue[tuple[float, bytes]], there: socket.socket) -> None:
        with suppress(OSError):
            while True:
                due, piece = line.get()
                time.sleep(max(due - time.monotonic(), 0))
                if not piece:
                    there.shutdown(socket.SHUT_WR)
                    return
                there.sendall(piece)

    def cut(self) -> None:
        """Break every connection at once."""
        for end in self._ends:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()
        self._ends.clear()

    def close(self) -> None:
        """Take the line down."""
        self._door.close()
        self.cut()


@contextmanager
def slow_line(to: int, seconds: float) -> Iterator[SlowLine]:
    """Such a line for a while."""
    line = SlowLine(to, seconds)
    try:
        yield line
    finally:
        line.close()
