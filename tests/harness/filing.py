"""Files in the hands of those who send them, and those that lie in the store."""

from __future__ import annotations

import io
import os
from pathlib import Path

from core.files import receiving
from core.files.inspection import Seen
from core.files.views import Arrived
from core.people.account_views import Account


class _Chosen(io.FileIO):
    """A file that nobody has to close."""

    def __del__(self) -> None:
        self.close()


def arrived(content: bytes, name: str = "foto.jpg") -> Arrived:
    """A file as the site receives it."""
    file = _Chosen(os.memfd_create("chosen"), "r+b")
    file.write(content)
    return Arrived(name, file, len(content))  # type: ignore[arg-type]


def seen(word: str) -> Seen:
    """A file that was looked into."""
    return Seen("pdf", io.BytesIO(f"%PDF-1.7 {word}".encode()), word)


def put(owner: Account, word: str, ticket_id: int | None = None) -> None:
    """Keep a file that needs no looking into, in the draft or with what is being added to a ticket."""
    receiving._keep(receiving.Place(owner.persons[0].id, ticket_id), f"{word}.pdf", seen(word))


def contents(folder: Path) -> list[Path]:
    """Everything that is kept in a store."""
    return [path for shelf in folder.iterdir() if len(shelf.name) == 2 for path in shelf.iterdir()]


def make_older(folder: Path, seconds: int) -> None:
    """Let everything in a store be so much older."""
    for path in (*contents(folder), *(folder / "nuevos").iterdir()):
        at = path.stat().st_mtime - seconds
        os.utime(path, (at, at))
