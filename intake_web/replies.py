"""What a page gives back: an answer of bytes and headers, compressed once for whoever can read it."""

from __future__ import annotations

import hashlib
import os
import re
import zlib
from dataclasses import dataclass, field
from typing import Any, BinaryIO
from urllib.parse import quote

from core import language
from intake_web import templating
from intake_web.visit import Visit

Headers = list[tuple[str, str]]

PERSONAL = "no-store"
SHARED = "no-cache"  # may be kept, must be asked for again: a banner has to show within seconds
FOR_EVER = "public, max-age=31536000, immutable"
HTML = "text/html; charset=utf-8"
VARIES = "Accept-Encoding, Accept-Language, Cookie"
_WORTH_COMPRESSING = 600
_GZIP = 31


@dataclass(slots=True)
class Reply:
    """An answer: status, body, and the headers that are its own."""

    status: int
    body: bytes = b""
    headers: Headers = field(default_factory=list)
    file: BinaryIO | None = None
    """Sent in place of the body, from its beginning, and then closed."""

    file_length: int = 0
    """Known from the start: whoever asks for the headers alone has the file closed first."""

    def __post_init__(self) -> None:
        if self.file is not None:
            self.file_length = os.fstat(self.file.fileno()).st_size

    @property
    def length(self) -> int:
        """How many bytes follow the headers."""
        return len(self.body) if self.file is None else self.file_length


def show(visit: Visit, template: str, status: int = 200, /, **values: Any) -> Reply:
    """A page made for this visit: never kept by anyone, compressed when the browser can."""
    values["errors"] = values.get("errors") or {}
    body = templating.render(template, **{"visit": visit, "here": visit.here, **values}).encode()
    reply = Reply(status, body, [("Content-Type", HTML), ("Cache-Control", PERSONAL)])
    reply.headers.append(("Content-Language", language.current()))
    reply.headers.append(("Vary", VARIES))
    if len(body) > _WORTH_COMPRESSING and reads_gzip(visit.environ):
        reply.body = compress(body, level=5)
        reply.headers.append(("Content-Encoding", "gzip"))
    return reply


def go(path: str) -> Reply:
    """On to another page of this site."""
    return Reply(303, b"", [("Location", path), ("Cache-Control", PERSONAL)])


def leave(address: str) -> Reply:
    """On to a page of somebody else: only ever to an address that our own settings name."""
    return Reply(303, b"", [("Location", address), ("Cache-Control", PERSONAL)])


def text(body: str, kind: str = "text/plain; charset=utf-8", status: int = 200, cache: str = SHARED) -> Reply:
    """A few lines for a program to read."""
    return Reply(status, body.encode(), [("Content-Type", kind), ("Cache-Control", cache)])


def save(file: BinaryIO, kind: str, name: str) -> Reply:
    """A file to be saved, never opened as a page of this site (RFC 6266; names of any script by RFC 8187)."""
    plain = re.sub(r"[^\w .()-]", "_", name, flags=re.ASCII)
    extended = "" if plain == name else f"; filename*=UTF-8''{quote(name, safe='')}"
    headers = [
        ("Content-Type", kind),
        ("Content-Disposition", f'attachment; filename="{plain}"{extended}'),
        ("Content-Security-Policy", "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox"),
        ("Cache-Control", PERSONAL),
    ]
    return Reply(200, b"", headers, file)


def compress(body: bytes, level: int = 9) -> bytes:
    """The gzip form of a body, the same every time."""
    packer = zlib.compressobj(level, zlib.DEFLATED, _GZIP)
    return packer.compress(body) + packer.flush()


def reads_gzip(environ: dict[str, Any]) -> bool:
    """Whether the browser said that it reads gzip."""
    return "gzip" in environ.get("HTTP_ACCEPT_ENCODING", "")


class Kept:
    """A page that is the same for everybody: rendered, compressed and fingerprinted once."""

    def __init__(self, body: bytes, kind: str, cache: str, speaks: str = "") -> None:
        tag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        packed = compress(body)
        headers = [("Content-Type", kind), ("Cache-Control", cache)]
        headers += [("Content-Language", speaks), ("Vary", VARIES)] if speaks else [("Vary", "Accept-Encoding")]
        self._tags = {False: tag, True: f'{tag[:-1]}-gz"'}
        self._plain = Reply(200, body, [*headers, ("ETag", self._tags[False])])
        self._packed = Reply(200, packed, [*headers, ("ETag", self._tags[True]), ("Content-Encoding", "gzip")])

    def reply(self, environ: dict[str, Any]) -> Reply:
        """The answer, or 304 when the browser has it already."""
        packed = reads_gzip(environ)
        reply = self._packed if packed else self._plain
        known = environ.get("HTTP_IF_NONE_MATCH")
        if known and any(tag in known for tag in self._tags.values()):
            return Reply(304, b"", [header for header in reply.headers if header[0] != "Content-Type"])
        return reply
