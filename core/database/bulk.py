"""Very many rows at once: indexes and foreign keys stay away while they come in, and are checked when they return."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import Any

from core.database import engines
from core.database.binding import db

Row = Sequence[Any]

_CACHE_KIB = 400_000
_PIECE = 1 << 20
_ESCAPES = str.maketrans({"\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"})


@contextmanager
def loading(tables: Iterable[str]) -> Iterator[None]:
    """Inside a writing transaction: without what slows many inserts into these tables down."""
    names = tuple(tables)
    remove, restore = (_sqlite_indexes if engines.is_sqlite(db.obj) else _postgresql_indexes)(names)
    for statement in remove:
        db.execute_sql(statement)
    yield
    for statement in restore:
        db.execute_sql(statement)
    if not engines.is_sqlite(db.obj):
        _continue_numbering(names)


def insert(table: str, columns: Sequence[str], rows: Iterable[Row]) -> None:
    """Add rows of these columns to a table, in their order."""
    if engines.is_sqlite(db.obj):
        marks = ", ".join("?" * len(columns))
        db.cursor().executemany(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", rows)
        return
    db.cursor().copy_expert(f"COPY {table} ({', '.join(columns)}) FROM STDIN", _Copied(rows), _PIECE)


def next_id(table: str) -> int:
    """The id that the next row of a table gets when nobody else writes."""
    return int(db.execute_sql(f"SELECT coalesce(max(id), 0) + 1 FROM {table}").fetchone()[0])


@contextmanager
def large_cache() -> Iterator[None]:
    """Around the transaction: memory for SQLite's pages, so that each is written once."""
    if not engines.is_sqlite(db.obj):
        yield
        return
    db.connect(reuse_if_open=True)
    usual = db.execute_sql("PRAGMA cache_size").fetchone()[0]
    db.execute_sql(f"PRAGMA cache_size = -{_CACHE_KIB}")
    try:
        yield
    finally:
        db.execute_sql(f"PRAGMA cache_size = {usual}")
        db.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")


def _sqlite_indexes(tables: Sequence[str]) -> tuple[list[str], list[str]]:
    marks = ", ".join("?" * len(tables))
    found = db.execute_sql(
        f"SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN ({marks}) ORDER BY rowid",
        tables,
    ).fetchall()
    return [f"DROP INDEX {name}" for name, _ in found], [sql for _, sql in found]


def _postgresql_indexes(tables: Sequence[str]) -> tuple[list[str], list[str]]:
    keys = db.execute_sql(
        "SELECT conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid) FROM pg_constraint "
        "WHERE contype IN ('f', 'u') AND conrelid = ANY(%s::regclass[]) ORDER BY contype DESC, oid",
        (list(tables),),
    ).fetchall()
    indexes = db.execute_sql(
        "SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid) FROM pg_index i "
        "WHERE i.indrelid = ANY(%s::regclass[]) "
        "AND NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conindid = i.indexrelid) ORDER BY i.indexrelid",
        (list(tables),),
    ).fetchall()
    remove = [f"ALTER TABLE {table} DROP CONSTRAINT {name}" for table, name, _ in reversed(keys)]
    restore = ["SET LOCAL maintenance_work_mem = '512MB'", *(definition for _, definition in indexes)]
    restore += [f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}" for table, name, definition in keys]
    return [*remove, *(f"DROP INDEX {name}" for name, _ in indexes)], restore


def _continue_numbering(tables: Sequence[str]) -> None:
    """Rows came with their ids: the sequences go on after them."""
    for table in tables:
        sequence = db.execute_sql(
            "SELECT pg_get_serial_sequence(table_name, column_name) FROM information_schema.columns "
            "WHERE table_name = %s AND column_name = 'id' AND is_identity = 'YES'",
            (table,),
        ).fetchone()
        if sequence:
            db.execute_sql(f"SELECT setval(%s, (SELECT coalesce(max(id), 0) + 1 FROM {table}), false)", sequence)


class _Copied:
    """Rows as PostgreSQL's COPY reads them from a file."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._lines = (self._line(row) for row in rows)
        self._rest = ""

    def read(self, size: int) -> str:
        """The next piece of text, of at most so many characters; empty at the end."""
        while len(self._rest) < size and (lines := "".join(islice(self._lines, 500))):
            self._rest += lines
        piece, self._rest = self._rest[:size], self._rest[size:]
        return piece

    @staticmethod
    def _line(row: Row) -> str:
        return "\t".join(["\\N" if value is None else _spelled(value) for value in row]) + "\n"


def _spelled(value: object) -> str:
    text = str(value)
    return text.translate(_ESCAPES) if "\n" in text or "\\" in text or "\t" in text or "\r" in text else text
