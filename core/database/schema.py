"""The schema's numbered steps: which are applied, and how the missing ones are."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import peewee

from core.database import engines
from core.database.binding import db, reads, unlocked
from core.errors import Misconfigured

_STEPS = Path(__file__).parent / "steps"
_HISTORY = "schema_migration"
_LOCK = 20_210_325  # any number, the same for all processes


def known_steps() -> list[str]:
    """The names of the steps of this version of the program, in order."""
    return sorted(path.stem for path in _STEPS.glob("[0-9]*.py"))


@reads
def applied_steps() -> list[str]:
    """The names of the steps that this database has gone through, in order."""
    if not db.table_exists(_HISTORY):
        return []
    return sorted(name for (name,) in db.execute_sql(f"SELECT name FROM {_HISTORY}"))


def require_current() -> None:
    """Raise `Misconfigured` unless the database has exactly the schema that this program knows."""
    applied, known = set(applied_steps()), set(known_steps())
    if applied - known:
        raise Misconfigured(_newer(applied - known))
    if known - applied:
        raise Misconfigured("La base de datos no está al día: ejecuta ayuda init.")


@reads
def describe() -> str:
    """One line about the engine in use."""
    if not engines.is_sqlite(db.obj):
        (version,) = db.execute_sql("SHOW server_version").fetchone()
        return f"PostgreSQL {version} responde"
    library = engines.sqlite_version()
    if engines.has_safe_wal():
        return f"SQLite {library} con diario WAL"
    return f"SQLite {library} con diario DELETE (más lento): instala pysqlite3 para usar WAL sin riesgo"


@unlocked
def upgrade() -> list[str]:
    """Apply the missing steps, each whole or not at all; the names of those applied."""
    from playhouse.migrations import Runner

    newer = set(applied_steps()) - set(known_steps())
    if newer:
        raise Misconfigured(_newer(newer))
    with _one_at_a_time():
        return list(Runner(db.obj, str(_STEPS), table_name=_HISTORY).up())


def _newer(steps: set[str]) -> str:
    return f"La base de datos es de una versión más nueva ({max(steps)}): actualiza el programa."


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Keep a second `ayuda init` waiting until the first is done."""
    db.connect(reuse_if_open=True)
    if engines.is_sqlite(db.obj):
        with db.atomic("IMMEDIATE"):
            yield
        return
    db.execute_sql("SELECT pg_advisory_lock(%s)", (_LOCK,))
    try:
        yield
    finally:
        try:
            db.execute_sql("SELECT pg_advisory_unlock(%s)", (_LOCK,))
        except peewee.PeeweeException:
            db.close()
