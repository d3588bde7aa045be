"""Empty databases on both engines, each bound for one test; the clock stands still meanwhile."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from core import clock, tokens
from core.appointments import setup
from core.database import binding, schema
from core.files import choosing, clamd, store
from core.tickets.answers import drawer
from tests.harness import postgres
from tests.harness.wants import lacking

MONDAY = int(datetime(2026, 11, 23, 13, 0, tzinfo=UTC).timestamp())  # 10 in the morning in Santiago
KEYS = ("clave-de-las-pruebas-que-no-guarda-nada-1", "clave-de-las-pruebas-que-no-guarda-nada-2")
ENGINES = ("sqlite", "postgresql")


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file with the schema and nothing in it."""
    path = tmp_path_factory.mktemp("sqlite") / "template.db"
    _prepare(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[postgres.Server]:
    """This worker's own PostgreSQL, started by the first test that wants it."""
    place = postgres.binaries()
    if place is None:
        lacking("PostgreSQL")
    with postgres.server(place) as server:
        yield server


@pytest.fixture(scope="session")
def postgresql_database(postgresql_server: postgres.Server) -> str:
    """The name of the PostgreSQL database that tests share, one after the other; it has the schema."""
    _prepare(postgresql_server.create("ayuda"))
    return "ayuda"


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """The address of an empty SQLite database, not bound."""
    return copy_of(sqlite_template, tmp_path)


@pytest.fixture
def postgresql_url(postgresql_server: postgres.Server, postgresql_database: str) -> str:
    """The address of an empty PostgreSQL database, not bound."""
    postgresql_server.empty(postgresql_database)
    return postgresql_server.url(postgresql_database)


@pytest.fixture(params=ENGINES)
def database_url(request: pytest.FixtureRequest) -> str:
    """The address of an empty database with the schema, on each engine in turn, not bound."""
    return str(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture
def still_clock() -> Iterator[int]:
    """The clock stands at ten o'clock of a Monday until `clock.advance` moves it."""
    clock.freeze(MONDAY)
    yield MONDAY
    clock.start_at(None)


@pytest.fixture
def keys() -> None:
    """The keys that sign links and forms."""
    tokens.use_keys(KEYS)


@pytest.fixture
def database(database_url: str, still_clock: int, keys: None, tmp_path: Path) -> Iterator[str]:
    """An empty bound database, on each engine in turn, with a clock that stands still; its address."""
    yield from _bound(database_url, tmp_path)


@pytest.fixture
def sqlite_database(sqlite_url: str, still_clock: int, keys: None, tmp_path: Path) -> Iterator[str]:
    """An empty bound SQLite database, for what has little to do with databases."""
    yield from _bound(sqlite_url, tmp_path)


@contextmanager
def lent(template: Path, folder: Path) -> Iterator[str]:
    """An empty bound SQLite database for what outlives one test, with a clock that stands still."""
    tokens.use_keys(KEYS)
    clock.freeze(MONDAY)
    yield from _bound(copy_of(template, folder), folder)
    clock.start_at(None)


def copy_of(template: Path, folder: Path) -> str:
    """The address of a copy of an SQLite file in a folder."""
    path = folder / "ayuda.db"
    shutil.copyfile(template, path)
    return f"sqlite:///{path}"


def _bound(url: str, folder: Path) -> Iterator[str]:
    store.use(folder / "attachments")
    clamd.use("")
    drawer.use(folder / "drafts")
    choosing.use([folder])
    binding.bind(url, durable=False)
    setup.configure(None, with_examples=True)
    yield url
    binding.unbind()


def _prepare(url: str) -> None:
    binding.bind(url, durable=False)
    schema.upgrade()
    binding.unbind()
