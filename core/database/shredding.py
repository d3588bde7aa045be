"""Removing for good: what was erased must not linger in freed pages, in the journal or in lists of words.

PostgreSQL's own vacuum overwrites what was removed; SQLite has to be told to.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from core.database import engines
from core.database.binding import db, unlocked, writes

_PAGES = 500
"""Pages of the index merged in one go, so that writers get their turn in between."""
_FEWEST_CHANGES = 2
"""FTS5 says by fewer changes than these that there is nothing left to merge."""


@contextmanager
def for_good() -> Iterator[None]:
    """Around the transaction that removes: what it removes is overwritten, copies of it included."""
    db.connect(reuse_if_open=True)
    if not engines.is_sqlite(db.obj):
        yield
        return
    db.execute_sql("PRAGMA secure_delete = ON")
    try:
        yield
        _merge_words()
        db.connect(reuse_if_open=True)
        db.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        if not db.is_closed():
            db.execute_sql("PRAGMA secure_delete = OFF")


@unlocked
def _merge_words() -> None:
    """Write the full-text index anew, step by step: only then the words of removed rows are gone from its pages."""
    begun = _merge(-_PAGES)
    while begun:
        begun = _merge(_PAGES)


@writes
def _merge(pages: int) -> bool:
    """One step; whether there was something to do. A negative number begins a merge of everything."""
    before = db.connection().total_changes
    db.execute_sql("INSERT INTO ticket_search (ticket_search, rank) VALUES ('merge', ?)", (pages,))
    return db.connection().total_changes - before >= _FEWEST_CHANGES
