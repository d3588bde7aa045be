"""How requests arrive at the site's own server: forms with files go to the disk while they are read, and have threads of
their own, for looking into a picture takes seconds and no page may wait for it.
"""

from __future__ import annotations

import io
from copy import copy
from functools import cache
from typing import Any, BinaryIO

from waitress.adjustments import Adjustments
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.task import ThreadedTaskDispatcher
from waitress.utilities import BadRequest, RequestEntityTooLarge

from core.files import store
from intake_web import parts

PATIENCE = 5 * parts.LARGEST_PARCEL
"""Bytes that are read of a form with files, so that whoever sends too much reads why; what is beyond the limit is dropped."""
_IN_MEMORY = 1 << 18
_BETWEEN_LOOKS = 1 << 22
_UPLOAD_THREADS = 2
_LONGEST_CHUNK_HEAD = 1 << 12
_LONGEST_TRAILER = 1 << 15
_TOO_LARGE = (
    '<!doctype html><html lang="es"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
    "<title>Ayuda Migraciones</title><h1>Es demasiado grande</h1><p>Vuelve atrás y envía menos cada vez: lo que ya habías "
    "guardado sigue ahí.</p>"
)


class Spool:
    """A body on its way in: its beginning in memory, the rest on the disk; `cut` says why it does not hold everything."""

    def __init__(self) -> None:
        self.cut = ""
        self._file: BinaryIO = io.BytesIO()
        self._length = self._kept = self._looked = 0
        self._on_disk = False

    def __len__(self) -> int:
        return self._length

    def append(self, piece: bytes) -> None:
        """Take the next bytes in; what there is no room for is only counted."""
        self._length += len(piece)
        if self._length > parts.LARGEST_PARCEL:
            self.cut = self.cut or "large"
        if not self.cut:
            try:
                self._put(piece)
            except OSError:
                self.cut = "room"

    def _put(self, piece: bytes) -> None:
        if not self._on_disk and self._length > _IN_MEMORY:
            self._file, self._on_disk = self._moved(), True
        if self._length - self._looked > _BETWEEN_LOOKS:
            self._looked = self._length
            store.require_room()
        if self._file.write(piece) < len(piece):
            raise OSError("the disk is full")

    def _moved(self) -> BinaryIO:
        beginning = self._file.getvalue()  # type: ignore[attr-defined]
        file = store.scratch(buffering=0)
        if file.write(beginning) < len(beginning):
            file.close()
            raise OSError("the disk is full")
        return file

    def getfile(self) -> Spool:
        """Itself, from its beginning: what the application reads."""
        self._file.seek(0)
        return self

    def read(self, count: int = -1) -> bytes:
        """The next bytes; fewer than were sent when it was cut."""
        return self._file.read(count)

    def close(self) -> None:
        """Forget the body."""
        self._file.close()


class _TooLarge(RequestEntityTooLarge):
    def to_response(self, ident: str | None = None) -> tuple[str, list[tuple[str, str]], bytes]:
        return f"{self.code} {self.reason}", [("Content-Type", "text/html; charset=utf-8")], _TOO_LARGE.encode()


class Parser(HTTPRequestParser):
    """Reads one request; only where files are taken may it be long."""

    takes_files = False
    adj: Any
    error: Any

    def parse_header(self, header_plus: bytes) -> None:
        """What the first lines say, and with it how much may follow."""
        super().parse_header(header_plus)
        self.takes_files = (
            self.body_rcv is not None
            and self.command == "POST"
            and self.path.startswith(parts.TAKES_FILES)
            and parts.is_kind(self.headers.get("CONTENT_TYPE", ""))
        )
        if self.takes_files:
            self.adj = _patient(self.adj)
            self.body_rcv.buf = Spool()

    def received(self, data: bytes) -> int:
        """Take the next bytes in; how many of them belong to this request."""
        consumed = int(super().received(data))
        if self.chunked and not self.error and _is_endless(self.body_rcv):
            self.error, self.completed = BadRequest("chunk"), True
        if isinstance(self.error, RequestEntityTooLarge):
            self.error = _TooLarge("body")
        return consumed


def _is_endless(receiver: Any) -> bool:
    """Whether what stands between the pieces of a body is longer than any honest sender's."""
    return len(receiver.control_line) > _LONGEST_CHUNK_HEAD or len(receiver.trailer) > _LONGEST_TRAILER


@cache
def _patient(given: Adjustments) -> Adjustments:
    """The server's settings with more room in a request."""
    patient = copy(given)
    patient.max_request_body_size = PATIENCE
    return patient


class Channel(HTTPChannel):
    """A visitor's connection."""

    parser_class = Parser


class Lanes(ThreadedTaskDispatcher):
    """The threads that answer; forms with files queue up for two of their own."""

    def __init__(self) -> None:
        super().__init__()
        self._uploads = ThreadedTaskDispatcher()

    def set_thread_count(self, count: int) -> None:
        """Start or end threads."""
        super().set_thread_count(count)
        self._uploads.set_thread_count(_UPLOAD_THREADS if count else 0)

    def add_task(self, task: Channel) -> None:
        """Let a request be answered."""
        if task.requests[0].takes_files:
            self._uploads.add_task(task)
        else:
            super().add_task(task)

    def shutdown(self, cancel_pending: bool = True, timeout: int = 5) -> bool:
        """End all threads; whether what still waited was given up."""
        self._uploads.shutdown(cancel_pending, timeout)
        return bool(super().shutdown(cancel_pending, timeout))
