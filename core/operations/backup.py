"""Copies of the database, made and brought back while the service runs."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Any

import peewee

from core.database import engines, schema
from core.database.binding import db, unlocked
from core.errors import Conflict, Misconfigured, NotFound

_PAGES = 2_000  # copied at a time, so that writers get their turn in between


@unlocked
def backup(target: Path) -> None:
    """Write a whole, consistent copy to a new file; raises `Conflict` when the file exists."""
    if target.exists():
        raise Conflict(f"{target} ya existe: elige otro nombre.")
    part = target.with_name(target.name + ".part")
    try:
        part.touch(mode=0o600)
        if engines.is_sqlite(db.obj):
            _copy_sqlite_to(part)
        else:
            _run("pg_dump", "--format=custom", f"--file={part}")
        part.replace(target)
    except OSError as reason:
        raise Misconfigured(f"No se pudo escribir {target}: {reason.strerror}.") from reason
    finally:
        part.unlink(missing_ok=True)


@unlocked
def restore(source: Path) -> None:
    """Bring a copy back in place of everything that the database holds; what is no copy changes nothing."""
    if not source.is_file():
        raise NotFound(f"No existe el archivo {source}.")
    if engines.is_sqlite(db.obj):
        _copy_sqlite_from(source)
    else:
        _run("pg_restore", "--list", str(source), database=False)
        _run("pg_restore", "--clean", "--if-exists", "--no-owner", "--single-transaction", str(source))
    schema.require_current()


def _copy_sqlite_to(path: Path) -> None:
    db.connect(reuse_if_open=True)
    copy = peewee.sqlite3.connect(str(path))
    try:
        db.connection().backup(copy, pages=_PAGES, sleep=0.005)
        copy.execute("PRAGMA journal_mode = delete")
    finally:
        copy.close()


def _copy_sqlite_from(path: Path) -> None:
    copy = peewee.sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        _require_ours(copy, path)
        db.connect(reuse_if_open=True)
        copy.backup(db.connection(), pages=-1)
        db.execute_sql("PRAGMA journal_mode = " + ("wal" if engines.has_safe_wal() else "delete"))
    except peewee.sqlite3.Error as reason:
        raise Misconfigured(f"No se pudo recuperar {path}: {reason}.") from reason
    finally:
        copy.close()
        db.close()


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


def _run(program: str, *arguments: str, database: bool = True) -> None:
    """Run one of PostgreSQL's own tools; the password goes through its environment, never its command line."""
    if shutil.which(program) is None:
        raise Misconfigured(f"Falta el programa {program}: instala las herramientas cliente de PostgreSQL.")
    where = db.obj.connect_params
    place = [f"--dbname={db.obj.database}"] if database else []
    place += [f"--{name}={where[name]}" for name in ("host", "port") if database and where.get(name)]
    place += [f"--username={where['user']}"] if database and where.get("user") else []
    done = subprocess.run(  # noqa: S603 (our own words)
        [program, *place, *arguments],
        capture_output=True,
        text=True,
        check=False,
        env=engines.tool_environment(str(where.get("password", ""))),
    )
    if done.returncode:
        raise Misconfigured(f"{program} no pudo: {done.stderr.strip().splitlines()[-1] if done.stderr else 'sin motivo'}")
