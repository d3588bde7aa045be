"""Whole copies of the database, made and brought back while others use it."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Any

import peewee

from core.database import engines, schema
from core.database.binding import close, db, unlocked
from core.errors import Misconfigured

_PAGES = 2_000  # copied at a time, so that writers get their turn in between


@unlocked
def copy_to(path: Path) -> None:
    """Write a consistent copy to a file: an SQLite database, or an archive of pg_dump."""
    if engines.is_sqlite(db.obj):
        _copy_sqlite_to(path)
    else:
        _run("pg_dump", "--format=custom", f"--file={path}")


@unlocked
def copy_from(path: Path, called: Path) -> None:
    """Bring a copy back in place of what the database holds; raises `Misconfigured` and changes nothing otherwise.

    The person who reads why knows the copy by the name of another file, which it came in.
    """
    if engines.is_sqlite(db.obj):
        _copy_sqlite_from(path, called)
    else:
        _run("pg_restore", "--list", str(path), to_database=False)
        _run("pg_restore", "--clean", "--if-exists", "--no-owner", "--single-transaction", str(path))


def _copy_sqlite_to(path: Path) -> None:
    db.connect(reuse_if_open=True)
    copy = peewee.sqlite3.connect(str(path))
    try:
        db.connection().backup(copy, pages=_PAGES, sleep=0.005)
        copy.execute("PRAGMA journal_mode = delete")
    finally:
        copy.close()


def _copy_sqlite_from(path: Path, called: Path) -> None:
    copy = peewee.sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        _require_ours(copy, called)
        db.connect(reuse_if_open=True)
        copy.backup(db.connection(), pages=-1)
        db.execute_sql("PRAGMA journal_mode = " + ("wal" if engines.has_safe_wal() else "delete"))
    except peewee.sqlite3.Error as reason:
        raise Misconfigured(f"No se pudo recuperar {called}: {reason}.") from reason
    finally:
        copy.close()
        close()


def _require_ours(copy: Any, path: Path) -> None:
    try:
        steps = {name for (name,) in copy.execute("SELECT name FROM schema_migration")}
        sound = copy.execute("PRAGMA quick_check(1)").fetchone() == ("ok",)
    except peewee.sqlite3.Error:
        steps, sound = set(), False
    if not steps or not sound:
        raise Misconfigured(f"{path} no es una copia de Ayuda Migraciones o está dañada. No se cambió nada.")
    if steps - set(schema.known_steps()):
        raise Misconfigured(f"{path} es de una versión más nueva del programa. No se cambió nada.")


def _run(program: str, *arguments: str, to_database: bool = True) -> None:
    """Run one of PostgreSQL's own tools; the password goes through its environment, never its command line."""
    if shutil.which(program) is None:
        raise Misconfigured(f"Falta el programa {program}: instala las herramientas cliente de PostgreSQL.")
    where = db.obj.connect_params
    command = [program, *(engines.tool_place(db.obj) if to_database else []), *arguments]
    variables = engines.tool_environment(str(where.get("password", "")))
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=variables)  # noqa: S603 (our own words)
    if done.returncode:
        last = done.stderr.strip().splitlines()[-1:] or ["sin motivo"]
        raise Misconfigured(f"{program} no pudo: {last[0]}")
