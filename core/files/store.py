"""Where files lie: by the hash of their content, in a folder that no web server knows.

A file is written whole and to the disk before anybody learns its hash, and is never changed afterwards.
"""

from __future__ import annotations

import errno
import fcntl
import hashlib
import os
import re
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

from core.errors import Misconfigured
from core.files.views import Refused

_PIECE = 1 << 18
_NEW = "nuevos"
_TURN = "turno"
_COPYING = "copia"
_RESERVE = 200_000_000
"""Bytes that stay free on the disk for what people write."""
_DIGEST = re.compile(r"[0-9a-f]{64}\Z")
_folder: Path | None = None


def use(folder: Path) -> None:
    """Keep files in this folder from now on; the composition root says it once."""
    global _folder
    _folder = folder


def folder() -> Path:
    """The folder of all files, made when it is first needed."""
    if _folder is None:
        raise Misconfigured("Falta decir dónde se guardan los archivos: AYUDA_ATTACHMENTS_URL.")
    (_folder / _NEW).mkdir(mode=0o700, parents=True, exist_ok=True)
    return _folder


def scratch(buffering: int = -1) -> BinaryIO:
    """A nameless file beside the kept ones, gone when it is closed; raises `OSError` when the disk is almost full."""
    require_room()
    return cast("BinaryIO", tempfile.TemporaryFile(buffering=buffering, dir=folder() / _NEW))


def require_room() -> None:
    """Raise `OSError` when what is free on the disk is kept for what people write."""
    left = os.statvfs(folder())
    if left.f_bavail * left.f_frsize < _RESERVE:
        raise OSError(errno.ENOSPC, "queda muy poco espacio en el disco")


def keep(source: BinaryIO) -> str:
    """The digest under which the content now lies on the disk, for good; raises `Refused` when it cannot."""
    try:
        require_room()
        with tempfile.NamedTemporaryFile(dir=folder() / _NEW, delete=False) as new:
            try:
                digest = _copy(source, new)  # type: ignore[arg-type]
                new.flush()
                os.fsync(new.fileno())
                _move(Path(new.name), digest)
            except BaseException:
                Path(new.name).unlink(missing_ok=True)
                raise
    except OSError as reason:
        raise Refused("room") from reason
    return digest


def _copy(source: BinaryIO, target: BinaryIO) -> str:
    digest = hashlib.sha256()
    source.seek(0)
    while piece := source.read(_PIECE):
        digest.update(piece)
        target.write(piece)
    return digest.hexdigest()


def _move(new: Path, digest: str) -> None:
    """Its name and its folder's name reach the disk too."""
    place = path_of(digest)
    place.parent.mkdir(mode=0o700, exist_ok=True)
    new.replace(place)
    for each in (place.parent, place.parent.parent):
        holder = os.open(each, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(holder)
        finally:
            os.close(holder)


def path_of(digest: str) -> Path:
    """Where the content of this digest lies or would lie."""
    if not _DIGEST.match(digest):
        raise ValueError("not a digest")
    return folder() / digest[:2] / digest


def has(digest: str) -> bool:
    """Whether the content is there."""
    return path_of(digest).is_file()


def digest_of(path: Path) -> str:
    """The digest of what a file holds now."""
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def remove(digest: str) -> None:
    """Forget the content; only for what nothing refers to any more."""
    path_of(digest).unlink(missing_ok=True)


def older_than(seconds: int) -> Iterator[list[str]]:
    """The digests of what has lain here for longer, a shelf at a time."""
    before = _file_clock() - seconds
    for shelf in sorted(each for each in folder().iterdir() if len(each.name) == 2):
        yield [each.name for each in sorted(shelf.iterdir()) if _DIGEST.match(each.name) and each.stat().st_mtime < before]


def everything() -> Iterator[str]:
    """The digests of all content, whether anything refers to it or not."""
    for shelf in sorted(each for each in folder().iterdir() if len(each.name) == 2):
        yield from (each.name for each in sorted(shelf.iterdir()) if _DIGEST.match(each.name))


def forget_halves(seconds: int) -> None:
    """Remove what was being written so long ago that nobody can be writing it still."""
    before = _file_clock() - seconds
    for half in (folder() / _NEW).iterdir():
        if half.stat().st_mtime < before:
            half.unlink(missing_ok=True)


def _file_clock() -> float:
    """The time that a file written now is marked with: neither a stopped clock nor another machine's counts here."""
    with tempfile.TemporaryFile(dir=folder() / _NEW) as new:
        return os.fstat(new.fileno()).st_mtime


@contextmanager
def copying() -> Iterator[None]:
    """While a copy of everything is made nothing is removed."""
    with _lock(_COPYING) as holder:
        fcntl.flock(holder, fcntl.LOCK_SH)
        yield


@contextmanager
def removing() -> Iterator[bool]:
    """Whether something may be removed now: not while a copy is being made."""
    with _lock(_COPYING) as holder:
        yield _taken(holder)


@contextmanager
def turn(patience: float) -> Iterator[None]:
    """One file at a time is looked into on this machine; raises `Refused` when the turn does not come in so many seconds."""
    with _lock(_TURN) as holder:
        deadline = time.monotonic() + patience
        while not _taken(holder):
            if time.monotonic() > deadline:
                raise Refused("busy")
            time.sleep(0.01)
        yield


@contextmanager
def _lock(name: str) -> Iterator[int]:
    holder = os.open(folder() / name, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        yield holder
    finally:
        os.close(holder)


def _taken(holder: int) -> bool:
    try:
        fcntl.flock(holder, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
