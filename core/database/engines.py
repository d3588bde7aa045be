"""What differs between SQLite and PostgreSQL, apart from full text."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import parse_qsl, unquote, urlsplit

import peewee

from core.database.rounds import Rounds
from core.errors import Misconfigured, NoSpace, TryLater
from core.language import _

R = TypeVar("R")

WAL_RESET_FIXED_IN = (3, 51, 3)
_BUSY_SECONDS = 30
_NO_DATABASE = re.compile(r'database "([^"]+)" does not exist|no existe la base de datos «([^»]+)»')


def open_database(url: str, durable: bool = True) -> peewee.Database:
    """The database of a URL: `sqlite:///path` or `postgresql://user:pass@host:port[,host2:port]/name`."""
    if url.startswith("sqlite:///"):
        return _sqlite(Path(unquote(url.removeprefix("sqlite:///"))), durable)
    if url.startswith("postgresql://"):
        return _postgresql(url, durable)
    raise Misconfigured("AYUDA_DATABASE_URL no se entiende: escribe sqlite:///ruta o postgresql://….")


def is_sqlite(database: Any) -> bool:
    """Whether this is the embedded engine."""
    return isinstance(database, peewee.SqliteDatabase)


def has_safe_wal() -> bool:
    """Whether SQLite's library is free of the WAL-reset bug, which can lose commits."""
    return tuple(peewee.sqlite3.sqlite_version_info) >= WAL_RESET_FIXED_IN


class _SharedSqlite(peewee.SqliteDatabase):
    """SQLite with a line for the writers of this process: first come, first served."""

    def init(self, *args: Any, **kwargs: Any) -> None:
        super().init(*args, **kwargs)
        self.rounds = Rounds(self)

    def rollback(self) -> None:
        """Undo a transaction, unless SQLite has done so already, as it does by itself when the disk is full."""
        if self.is_closed() or self.connection().in_transaction:
            super().rollback()


def _sqlite(path: Path, durable: bool) -> peewee.Database:
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as reason:
        raise Misconfigured(f"No se puede crear {path.parent} para la base de datos: {reason.strerror}.") from reason
    pragmas = {
        "journal_mode": "wal" if has_safe_wal() else "delete",
        "synchronous": "full" if durable else "off",
        "foreign_keys": 1,
        "busy_timeout": _BUSY_SECONDS * 1000,
        "cache_size": -4_000,  # of each connection, one for every thread; the system keeps the rest of the file
        "mmap_size": 0,
        "temp_store": "memory",
    }
    return _SharedSqlite(path, pragmas=pragmas, timeout=_BUSY_SECONDS, autoconnect=False)


def _postgresql(url: str, durable: bool) -> peewee.Database:
    parts = urlsplit(url)
    credentials, _, hosts = parts.netloc.rpartition("@")
    user, _, password = credentials.partition(":")
    places = [place.rpartition(":") if ":" in place else (place, "", "5432") for place in hosts.split(",")]
    options: dict[str, Any] = dict(parse_qsl(parts.query))
    options.update(
        host=",".join(unquote(host) for host, _, _ in places),
        port=",".join(port for _, _, port in places),
        target_session_attrs="read-write",
        connect_timeout=5,
        application_name="ayuda",
        keepalives_idle=10,
        keepalives_interval=5,
        keepalives_count=3,
        tcp_user_timeout=25_000,  # ms until a network that carries nothing any more is a broken connection
        options="-c synchronous_commit=" + ("on" if durable else "off") + " -c jit=off",
    )
    if user:
        options["user"] = unquote(user)
    if password:
        options["password"] = unquote(password)
    return peewee.PostgresqlDatabase(unquote(parts.path.lstrip("/")), autoconnect=False, **options)


def in_transaction(database: Any, work: Callable[[], R]) -> R:
    """Run something that writes in a transaction; on SQLite with the lock from its beginning, or it could fail half way."""
    if isinstance(database, _SharedSqlite):
        return database.rounds.write(work)
    with database.atomic():
        return work()


def for_change(database: Any, query: Any) -> Any:
    """The rows of a query, nobody else's to change until the transaction ends; SQLite lets one write at a time anyway."""
    return query if is_sqlite(database) else query.for_update("FOR UPDATE")


def for_one(database: Any, query: Any) -> Any:
    """The same, but for rows that somebody else is changing just now: whoever takes any row does not wait for one."""
    return query if is_sqlite(database) else query.for_update("FOR UPDATE SKIP LOCKED")


def hold_table(database: Any, table: str) -> None:
    """Let nobody add to a table until the transaction ends; SQLite lets one write at a time anyway."""
    if not is_sqlite(database):
        database.execute_sql(f"LOCK TABLE {table} IN SHARE ROW EXCLUSIVE MODE")


def refusal(reason: BaseException) -> TryLater:
    """What people are told about a database that does not answer, from the first thing that went wrong."""
    told = str(first_trouble(reason))
    words = told.lower()
    if "full" in words or "no space" in words or "no queda espacio" in words or "could not extend" in words:
        return NoSpace(_("No queda espacio para guardar. Tu texto sigue aquí: inténtalo de nuevo en unos minutos."))
    if "not a database" in words or "malformed" in words:
        return TryLater(_("El archivo de la base de datos está dañado o no es una base de datos."))
    missing = _NO_DATABASE.search(told)
    if missing:
        return TryLater(f"La base de datos «{missing[1] or missing[2]}» no existe en ese servidor: hay que crearla.")
    if "no such table" in words or "does not exist" in words:
        return TryLater(_("La base de datos no está preparada: ejecuta ayuda init."))
    return TryLater(_("La base de datos no responde. Inténtalo de nuevo en unos segundos."))


def first_trouble(reason: BaseException) -> BaseException:
    """The trouble that came first: SQLite ends a transaction by itself when the disk is full, so that ending it fails."""
    found, earlier = reason, reason.__context__
    while earlier is not None:
        found = earlier if isinstance(earlier, peewee.DatabaseError | peewee.InterfaceError) else found
        earlier = earlier.__context__
    return found


def sqlite_version() -> str:
    """The version of the SQLite library in use."""
    return str(peewee.sqlite3.sqlite_version)


def tool_environment(password: str) -> dict[str, str]:
    """The environment for PostgreSQL's own tools, with the password that they must not see on a command line."""
    return {"PGPASSWORD": password, "PATH": "/usr/bin:/bin:/usr/local/bin", "LC_ALL": "C.UTF-8"}


def tool_place(database: Any) -> list[str]:
    """The arguments that tell PostgreSQL's own tools where the database is."""
    given = database.connect_params
    names = {"host": "host", "port": "port", "user": "username"}
    return [f"--dbname={database.database}"] + [f"--{names[key]}={given[key]}" for key in names if given.get(key)]
