"""What is told about files, and how they are handed in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import BinaryIO

MOST_FILES = 5
"""How many go with one sending."""
LARGEST_FILE = 15 * 1024 * 1024
"""Bytes of one file, as it is sent."""
MOST_PIXELS = 50_000_000
TYPES = {"pdf": ("application/pdf", ".pdf"), "jpeg": ("image/jpeg", ".jpg"), "png": ("image/png", ".png")}
"""What is kept: its media type and the ending of its name."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that is kept; `number` is its place in the ticket, 0 while it has not been sent."""

    id: int
    number: int
    message_id: int | None
    name: str
    kind: str
    size: int
    added_at: int

    @property
    def media_type(self) -> str:
        """Its type as HTTP says it."""
        return TYPES[self.kind][0]


@dataclass(frozen=True, slots=True)
class Arrived:
    """A file as somebody chose it; `content` is None when there was no room to keep it or it was far too large."""

    name: str
    content: BinaryIO | None
    size: int


@dataclass(frozen=True, slots=True)
class Opened:
    """A kept file with its bytes; whoever asked for it closes them."""

    about: Attachment
    content: BinaryIO


class Refused(Exception):
    """A file that is not kept; `why` is a code, the sentence for people is made of it in `words`."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why
