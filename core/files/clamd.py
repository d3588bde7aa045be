"""Asking an antivirus, clamd, about a file; without one that is configured nothing is asked."""

from __future__ import annotations

import logging
import socket
from contextlib import closing
from typing import BinaryIO
from urllib.parse import urlsplit

from core.errors import Misconfigured
from core.files.views import Refused

_SECONDS = 20
_PIECE = 1 << 17
_LONGEST_ANSWER = 4096
_PORT = 3310
_url = ""
log = logging.getLogger("ayuda.files")
log.addHandler(logging.NullHandler())


def use(url: str) -> None:
    """Ask the clamd at `tcp://host:port` or `unix:///path` from now on; an empty address asks nobody."""
    global _url
    _url = url


def require_clean(source: BinaryIO) -> None:
    """Raise `Refused` when the file is infected, or when nobody can tell because clamd does not answer."""
    if not _url:
        return
    try:
        answer = _scan(source)
    except OSError as reason:
        log.error("clamd: %s", reason)
        raise Refused("unchecked") from reason
    if answer.endswith(" FOUND"):
        log.warning("clamd: %s", answer)
        raise Refused("infected")
    if not answer.endswith(" OK"):
        log.error("clamd: %s", answer or "no answer")
        raise Refused("unchecked")


def describe() -> str:
    """One line about the clamd in use; raises `Misconfigured` when it does not answer."""
    if not _url:
        return "sin configurar: los archivos no pasan por un antivirus"
    try:
        with closing(_connect()) as clamd:
            clamd.sendall(b"zPING\0")
            answer = _answer(clamd)
    except OSError as reason:
        raise Misconfigured(
            f"AYUDA_CLAMD_URL: {_url} no responde ({reason}); mientras tanto no se recibe ningún archivo"
        ) from reason
    if answer != "PONG":
        raise Misconfigured(f"AYUDA_CLAMD_URL: {_url} no es clamd")
    return f"{_url} responde"


def _connect() -> socket.socket:
    parts = urlsplit(_url)
    if parts.scheme == "tcp":
        return socket.create_connection((parts.hostname or "", parts.port or _PORT), timeout=_SECONDS)
    clamd = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        clamd.settimeout(_SECONDS)
        clamd.connect(parts.path)
    except OSError:
        clamd.close()
        raise
    return clamd


def _scan(source: BinaryIO) -> str:
    """What clamd says of the file, sent in pieces with their lengths (INSTREAM)."""
    source.seek(0)
    with closing(_connect()) as clamd:
        clamd.sendall(b"zINSTREAM\0")
        while piece := source.read(_PIECE):
            clamd.sendall(len(piece).to_bytes(4, "big") + piece)
        clamd.sendall(bytes(4))
        return _answer(clamd)


def _answer(clamd: socket.socket) -> str:
    received = b""
    while b"\0" not in received and len(received) < _LONGEST_ANSWER:
        piece = clamd.recv(_LONGEST_ANSWER)
        if not piece:
            break
        received += piece
    return received.partition(b"\0")[0].decode("utf-8", "replace").strip()
