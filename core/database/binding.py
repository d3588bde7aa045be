"""One database for the process: a connection for each thread, transactions around services.

Services are marked `@reads` or `@writes`; they never open, commit or roll back anything themselves.
"""

from __future__ import annotations

import functools
import logging
from collections.abc import Callable
from typing import ParamSpec, TypeVar

import peewee

from core.database import engines

P = ParamSpec("P")
R = TypeVar("R")

db = peewee.DatabaseProxy()
log = logging.getLogger("ayuda.database")
log.addHandler(logging.NullHandler())  # whoever runs on sets up a log; a command says its one line

_TROUBLE = (peewee.OperationalError, peewee.InterfaceError, peewee.DatabaseError)
"""The database is away, full or damaged; its other exceptions, all kinds of the last one, are the caller's doing."""


class Table(peewee.Model):
    """What every table has in common: the bound database and its own name."""

    class Meta:
        database = db
        legacy_table_names = False


def bind(url: str, durable: bool = True) -> None:
    """Use this database from now on; the composition root calls it once."""
    db.initialize(engines.open_database(url, durable))


def bound() -> peewee.Database | None:
    """The database in use, to tell whether what was read is still about it; None when there is none."""
    return db.obj


def unbind() -> None:
    """Close this thread's connection and forget the database."""
    if db.obj is not None:
        close()
        db.initialize(None)


def close() -> None:
    """Close this thread's connection, for a thread that ends or a process that forks."""
    if not db.is_closed():
        db.close()


def reads(service: Callable[P, R]) -> Callable[P, R]:
    """A service that only looks: it runs on this thread's connection, outside any transaction."""

    @functools.wraps(service)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> R:
        return _guarded(lambda: service(*args, **kwargs))

    wrapped.transaction = "reads"  # type: ignore[attr-defined]
    return wrapped


def writes(service: Callable[P, R]) -> Callable[P, R]:
    """A service that changes something: all of it happens, or nothing; nested calls join the outer one."""

    @functools.wraps(service)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> R:
        if db.obj is not None and not db.is_closed() and db.in_transaction():
            return service(*args, **kwargs)
        return _guarded(lambda: engines.in_transaction(db.obj, lambda: service(*args, **kwargs)))

    wrapped.transaction = "writes"  # type: ignore[attr-defined]
    return wrapped


def unlocked(service: Callable[P, R]) -> Callable[P, R]:
    """A service of several transactions with something slow between them, such as hashing a password."""

    @functools.wraps(service)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> R:
        if db.obj is not None and not db.is_closed() and db.in_transaction():
            raise RuntimeError(f"{service.__qualname__} must not run inside a transaction")
        return service(*args, **kwargs)

    wrapped.transaction = "unlocked"  # type: ignore[attr-defined]
    return wrapped


def _guarded(work: Callable[[], R]) -> R:
    """Open the connection if needed; a broken one is closed, so that the next call gets a new one."""
    try:
        db.connect(reuse_if_open=True)
        return work()
    except (peewee.DatabaseError, peewee.InterfaceError) as reason:
        if type(reason) not in _TROUBLE:
            raise
        log.error("database: %s", " ".join(str(engines.first_trouble(reason)).split()))
        if not db.in_transaction():
            _discard_connection()
        raise engines.refusal(reason) from reason


def _discard_connection() -> None:
    try:
        db.close()
    except peewee.PeeweeException:
        db.obj._state.reset()
