"""A private PostgreSQL, made of the system's binaries, for as long as the tests run."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import psycopg2

from tests.harness.processes import Process, answers, free_port, wait_until

HASTE = {  # a crash of the machine loses it, which is no loss
    "fsync": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_connections": "120",
    "shared_buffers": "64MB",
    "autovacuum": "off",
    "unix_socket_directories": "",
    "listen_addresses": "127.0.0.1",
}


def binaries() -> Path | None:
    """The folder of the newest PostgreSQL server on this machine, if there is one."""
    by_version = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda path: int(path.parts[-3]))
    found = shutil.which("postgres")
    places = [path.parent for path in reversed(by_version)] + ([Path(found).resolve().parent] if found else [])
    return next((place for place in places if (place / "initdb").exists()), None)


class Server:
    """A running server: makes databases, and forgets them."""

    def __init__(self, port: int) -> None:
        self.port = port
        self._sweeper: Any = None

    def url(self, name: str) -> str:
        """The address of a database, as settings take it."""
        return f"postgresql://ayuda@127.0.0.1:{self.port}/{name}"

    def create(self, name: str, template: str = "template0") -> str:
        """A new database, equal to its template; its address."""
        self.run(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        return self.url(name)

    def empty(self, name: str) -> None:
        """Make every table of a database empty but the schema's history, whoever still uses it."""
        if self._sweeper is None or self._sweeper.closed or self._sweeper.info.dbname != name:
            self._sweeper = self._connect(name)
            self._sweeper.autocommit = True
        with self._sweeper.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s AND pid <> pg_backend_pid()",
                (name,),
            )
            cursor.execute(
                "SELECT string_agg('DELETE FROM ' || quote_ident(tablename), '; ') FROM pg_tables"
                " WHERE schemaname = 'public' AND tablename <> 'schema_migration'"
            )
            # Without triggers and keys, row by row: truncating makes files anew and takes fifty times as long.
            cursor.execute(f"SET session_replication_role = replica; {cursor.fetchone()[0]}")

    def drop(self, name: str) -> None:
        """Remove a database, whoever is connected to it."""
        self.run(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def run(self, statement: str) -> None:
        """A statement outside any transaction, in the administrator's database."""
        with closing(self._connect()) as connection:
            connection.autocommit = True
            with connection.cursor() as cursor:
                cursor.execute(statement)

    def ready(self) -> bool:
        """Whether it answers queries."""
        try:
            self._connect().close()
        except psycopg2.OperationalError:
            return False
        return True

    def _connect(self, name: str = "postgres") -> Any:
        return psycopg2.connect(host="127.0.0.1", port=self.port, user="ayuda", dbname=name, connect_timeout=5)


@contextmanager
def server(
    place: Path, kept: Path | None = None, settings: Mapping[str, str] = HASTE, port: int | None = None
) -> Iterator[Server]:
    """A server made of the binaries in a folder; it refuses to run as root, so root lends it another user.

    What it holds is gone when it ends, unless there is a folder in which it is kept; then it can be started again there,
    on the same port if need be.
    """
    home = kept or Path(tempfile.mkdtemp(prefix="ayuda-postgresql-"))
    user = _unprivileged(home)
    port = port or free_port()
    if not (home / "data").exists():
        _prepare(place, home, user)
    options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
    command = [str(place / "postgres"), "-D", str(home / "data"), "-p", str(port), *options]
    process = Process(command, home / "log", user=user, ending="SIGINT", remove=None if kept else home)
    try:
        running = Server(port)
        wait_until(lambda: (answers(port) and running.ready()) or not process.running, "PostgreSQL to answer")
        if not process.running:
            raise AssertionError("PostgreSQL ended as soon as it was started")
        yield running
    finally:
        process.stop()


def _prepare(place: Path, home: Path, user: str) -> None:
    rights: dict[str, Any] = {"user": user, "group": pwd.getpwnam(user).pw_gid, "extra_groups": []} if user else {}
    wishes = ("--no-sync", "--auth=trust", "-U", "ayuda", "-E", "UTF8", "--locale=C", "-D", home / "data")
    subprocess.run([place / "initdb", *wishes], check=True, capture_output=True, cwd=home, **rights)


def _unprivileged(home: Path) -> str:
    if os.getuid() != 0:
        return ""
    user = "postgres" if any(entry.pw_name == "postgres" for entry in pwd.getpwall()) else "nobody"
    shutil.chown(home, user, pwd.getpwnam(user).pw_gid)
    return user
