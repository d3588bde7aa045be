"""What keeps rows and files true to each other: clearing away what nothing refers to, finding what is lost."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence

from core.database import engines
from core.database.binding import db, reads, unlocked, writes
from core.files import store
from core.files.models import Attachment

_GRACE = 3600
"""Seconds that content may lie without a row: it is being looked into, or its draft was thrown away just now."""
_ABANDONED = 24 * 3600
log = logging.getLogger("ayuda.files")


@unlocked
def forget_orphans() -> int:
    """Remove content that nothing refers to any more, and what was never written to its end; how many."""
    store.forget_halves(_ABANDONED)
    return sum(clear_away(shelf) for shelf in store.older_than(_GRACE) if shelf)


@writes
def clear_away(digests: Sequence[str]) -> int:
    """Remove of this content what no row refers to; how many. Nothing while a copy of everything is being made."""
    with store.removing() as may:
        if not may or not digests:
            return 0
        engines.hold_table(db.obj, "attachment")
        known = {row.digest for row in Attachment.select(Attachment.digest).where(Attachment.digest.in_(list(digests)))}
        return sum(_removed(digest) for digest in set(digests) - known)


def _removed(digest: str) -> bool:
    try:
        store.remove(digest)
    except OSError as reason:
        log.error("files: %s", reason)
        return False
    return True


@reads
def digests() -> tuple[str, ...]:
    """The digests of all content that a row refers to."""
    query = Attachment.select(Attachment.digest).distinct().order_by(Attachment.digest)
    return tuple(row.digest for row in query)


@reads
def breaches() -> Iterator[str]:
    """A line for each file that is lost or no longer what was sent."""
    query = Attachment.select(Attachment.id, Attachment.digest, Attachment.size).order_by(Attachment.digest, Attachment.id)
    told = ("", "")
    for row in query:
        if row.digest != told[0]:
            told = (row.digest, _breach(row.digest, row.size))
        if told[1]:
            yield f"archivo {row.id}: {told[1]}"


def _breach(digest: str, size: int) -> str:
    try:
        path = store.path_of(digest)
        if path.stat().st_size != size or store.digest_of(path) != digest:
            return "su contenido cambió"
    except OSError:
        return "falta su contenido"
    return ""
