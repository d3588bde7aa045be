"""What a file is, by its content alone: names and what browsers say of them are worth nothing."""

from __future__ import annotations

from typing import BinaryIO

from core.files.views import Refused

HEAD = 1024
_HEIC = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs"})
_MAYBE_HEIC = frozenset({b"mif1", b"msf1"})
_BOX = 4
_BLANK = b"\xef\xbb\xbf\r\n\t "
"""What some programs leave before a PDF, and no other format begins with: a mark of UTF-8, an empty line."""


def kind_of(source: BinaryIO) -> str:
    """`pdf`, `jpeg`, `png` or `heic`; raises `Refused` for all else."""
    source.seek(0)
    head = source.read(HEAD)
    source.seek(0)
    if head.lstrip(_BLANK).startswith(b"%PDF-"):
        return "pdf"
    if head.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if _is_heic(head):
        return "heic"
    raise Refused("hidden-pdf" if b"%PDF-" in head else "kind")


def _is_heic(head: bytes) -> bool:
    """Whether it says so in its first box (ISO 23008-12): by its brand, or by one that it is compatible with."""
    if head[4:8] != b"ftyp":
        return False
    length = min(int.from_bytes(head[:4], "big"), len(head))
    brands = [head[place : place + _BOX] for place in range(16, length, _BOX)]
    return head[8:12] in _HEIC or (head[8:12] in _MAYBE_HEIC and any(brand in _HEIC for brand in brands))
