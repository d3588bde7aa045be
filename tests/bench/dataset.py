"""The data set of the benchmark: a million tickets on each engine, built once and kept in var/bench."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path

import psycopg2

from tests.bench.figures import say
from tests.harness import postgres
from tests.harness.processes import AYUDA, ROOT

TICKETS = int(os.environ.get("AYUDA_BENCH_TICKETS", "1000000"))
MOMENT = "2026-11-23T10:30:00-03:00"
"""The data set's present, whenever it is built: a Monday morning in Santiago."""

FOLDER = ROOT / "var" / "bench"
_MADE_BY = (
    "core/database/bulk.py",
    "core/database/fulltext.py",
    "core/operations/example",
    "core/operations/seed.py",
    "core/text.py",
    "data/seed",
    "data/catalog.json",
)
_DURABLE = {
    "shared_buffers": "512MB",
    "max_wal_size": "4GB",
    "autovacuum": "off",
    "unix_socket_directories": "",
    "listen_addresses": "127.0.0.1",
}


def settings(home: Path, database_url: str, port: int = 8000) -> dict[str, str]:
    """What a measured process finds in its environment."""
    others = {name: value for name, value in os.environ.items() if not name.startswith("AYUDA_")}
    return others | {
        "AYUDA_HOME": str(home),
        "AYUDA_DATABASE_URL": database_url,
        "AYUDA_BASE_URL": f"http://127.0.0.1:{port}",
        "AYUDA_SECRET_KEY": "clave-del-banco-de-pruebas-sin-secretos-1",
        "AYUDA_SMTP_URL": f"maildir:{home / 'correo'}",
        "AYUDA_ENV": "test",
        "AYUDA_NOW": MOMENT,
    }


def sqlite() -> tuple[Path, float]:
    """A fresh copy of the SQLite data set, and how many seconds its seed took when it was built."""
    kept = _folder() / "ayuda.db"
    if not kept.exists():
        say(f"building {TICKETS} tickets on SQLite …")
        part = kept.with_name("part.db")
        _forget(part)
        _note(_build(f"sqlite:///{part}"), "sqlite")
        part.rename(kept)
    _upgrade(f"sqlite:///{kept}")
    copy = FOLDER / f"run-{TICKETS}" / "ayuda.db"
    copy.parent.mkdir(exist_ok=True)
    _forget(copy)
    shutil.copyfile(kept, copy)
    return copy, _noted("sqlite")


@contextmanager
def postgresql() -> Iterator[tuple[str, float] | None]:
    """The address of the PostgreSQL data set while its server runs, and its seed's seconds; None without PostgreSQL."""
    place = postgres.binaries()
    if place is None:
        say("PostgreSQL is missing on this machine: its figures are left out")
        yield None
        return
    home = _home_of_server()
    with postgres.server(place, kept=home, settings=_DURABLE) as server:
        if not (_folder() / "postgresql.json").exists():
            say(f"building {TICKETS} tickets on PostgreSQL …")
            server.drop("bench")
            _note(_build(server.create("bench")), "postgresql")
            _vacuum(server.url("bench"))
        _upgrade(server.url("bench"))
        yield server.url("bench"), _noted("postgresql")


@cache
def _folder() -> Path:
    """Where the data set of this version of the seed is kept; older ones are removed."""
    digest = hashlib.sha256(f"{TICKETS} {MOMENT}".encode())
    for name in _MADE_BY:
        path = ROOT / name
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if file.is_file() and file.suffix != ".pyc":
                digest.update(file.read_bytes())
    folder = FOLDER / f"data-{TICKETS}-{digest.hexdigest()[:12]}"
    if not folder.exists():
        for older in FOLDER.glob(f"data-{TICKETS}-*"):
            shutil.rmtree(older)
        folder.mkdir(parents=True)
    return folder


def _home_of_server() -> Path:
    """The server's folder; elsewhere when its unprivileged user could not reach it here."""
    folder = _folder()
    reachable = os.getuid() != 0 or all(parent.stat().st_mode & 0o001 for parent in folder.parents)
    home = folder / "server" if reachable else Path(tempfile.gettempdir()) / f"ayuda-bench-{folder.name}"
    home.mkdir(exist_ok=True)
    return home


def _build(url: str) -> float:
    _upgrade(url)
    begin = time.perf_counter()
    _ayuda(url, "seed", "--tickets", str(TICKETS))
    return time.perf_counter() - begin


def _upgrade(url: str) -> None:
    """Bring a data set that an older version built to today's schema."""
    _ayuda(url, "init")


def _ayuda(url: str, *wanted: str) -> None:
    subprocess.run([*AYUDA, *wanted], env=settings(FOLDER, url), cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


def _note(seconds: float, engine: str) -> None:
    (_folder() / f"{engine}.json").write_text(json.dumps({"seed_s": seconds}), encoding="utf-8")


def _noted(engine: str) -> float:
    return float(json.loads((_folder() / f"{engine}.json").read_text(encoding="utf-8"))["seed_s"])


def _forget(file: Path) -> None:
    for ending in ("", "-wal", "-shm", "-journal"):
        file.with_name(file.name + ending).unlink(missing_ok=True)


def _vacuum(url: str) -> None:
    """What autovacuum does within a minute on a real server."""
    with closing(psycopg2.connect(url)) as connection:
        connection.autocommit = True
        connection.cursor().execute("VACUUM ANALYZE")
