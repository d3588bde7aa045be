"""Drafts in files of this machine, while the database is away: one file each, gone as soon as the database has its text."""

from __future__ import annotations

import fcntl
import json
import os
import re
import tempfile
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from core.errors import NoSpace

_NAME = re.compile(r"(\d+)-(\d+)-([a-z]+)\.json\Z")
_HALF = ".escribiendo-"
_MOST_OTHERS = 5
MANY = 0, "muchos"
"""The place of the answer to many that somebody has in hand: no ticket's."""
_folder: Path | None = None


@dataclass(frozen=True, slots=True)
class Shelved:
    """A draft in a file: whose it is, what of (a kind of message), its words, when it was written (epoch seconds)."""

    staff_id: int
    ticket_id: int
    kind: str
    folio: str
    body: str
    aside: str
    at: int
    writer: str
    """Which editor wrote it: two terminals of one person do not write over each other's words."""
    others: tuple[str, ...] = ()
    """What other editors had written in its place."""


def use(folder: Path) -> None:
    """Keep drafts in this folder from now on; the composition root says it once."""
    global _folder
    _folder = folder


def put(draft: Shelved) -> None:
    """Write a draft to the disk, whole or not at all; raises `NoSpace` when that cannot be."""
    try:
        with _alone(_made()) as folder:
            before = _read(folder / _name_of(draft))
            others = (*before.others, *((before.body,) if before.writer != draft.writer else ())) if before else ()
            kept = tuple(dict.fromkeys(other for other in (*others, *draft.others) if other and other not in draft.body))
            _write(folder / _name_of(draft), replace(draft, others=kept[-_MOST_OTHERS:]))
    except OSError as reason:
        raise NoSpace("Ni la base ni este equipo pueden guardar tu borrador: cópialo aparte antes de salir.") from reason


def remove(draft: Shelved) -> None:
    """Forget a draft that is safe elsewhere, unless the file says something else by now."""
    if _folder is None or not _folder.is_dir():
        return
    with _alone(_folder) as folder:
        path = folder / _name_of(draft)
        if _read(path) == draft:
            path.unlink(missing_ok=True)


def settle(staff_id: int, ticket_id: int, kind: str, writer: str, known: Collection[str]) -> None:
    """Forget the file of an editor whose text, and those `known`, the database has; what other editors left in it stays."""
    found = next((each for each in of_staff(staff_id) if (each.ticket_id, each.kind) == (ticket_id, kind)), None)
    if found is not None and found.writer == writer and set(found.others) <= set(known):
        remove(found)


def of_staff(staff_id: int) -> tuple[Shelved, ...]:
    """What lies here of one of the staff."""
    names = (path for path in _files() if path.name.startswith(f"{staff_id}-"))
    return tuple(draft for path in names if (draft := _read(path)) is not None)


def holds(staff_id: int, ticket_id: int) -> bool:
    """Whether something lies here of one of the staff about a ticket."""
    return any(path.name.startswith(f"{staff_id}-{ticket_id}-") for path in _files())


def forget(ticket_ids: Sequence[int]) -> None:
    """Remove all drafts about these tickets, whoever wrote them."""
    for path in _files():
        if int(path.name.split("-")[1]) in ticket_ids:
            path.unlink(missing_ok=True)


def forget_older(at: int) -> None:
    """Remove what was written before an instant (epoch seconds): nobody came back to it."""
    for path in _files():
        draft = _read(path)
        if draft is not None and draft.at < at:
            path.unlink(missing_ok=True)


def _files() -> Iterator[Path]:
    """The files of drafts, none when there is no folder."""
    if _folder is not None and _folder.is_dir():
        yield from (path for path in sorted(_folder.iterdir()) if _NAME.match(path.name))


def _name_of(draft: Shelved) -> str:
    """Ids only: a name says nothing about anybody."""
    return f"{draft.staff_id}-{draft.ticket_id}-{draft.kind}.json"


def _made() -> Path:
    if _folder is None:
        raise FileNotFoundError("no folder for drafts")
    _folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return _folder


@contextmanager
def _alone(folder: Path) -> Iterator[Path]:
    """One terminal at a time changes what lies here."""
    holder = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(holder, fcntl.LOCK_EX)
        yield folder
        os.fsync(holder)
    finally:
        os.close(holder)


def _read(path: Path) -> Shelved | None:
    """The draft in a file; None when there is none, or when the file is something else."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        return Shelved(**{**found, "others": tuple(found["others"])})
    except (OSError, ValueError, TypeError, KeyError):
        return None


def _write(path: Path, draft: Shelved) -> None:
    """Beside its place first, to the disk, then into its place."""
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, prefix=_HALF, delete=False) as new:
        try:
            json.dump(asdict(draft), new, ensure_ascii=False)
            new.flush()
            os.fsync(new.fileno())
            Path(new.name).replace(path)
        except BaseException:
            Path(new.name).unlink(missing_ok=True)
            raise
