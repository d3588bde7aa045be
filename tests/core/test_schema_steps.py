"""The schema's steps: from nothing and from any earlier version to the same tables, once, whole."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playhouse.migrations import Runner

from core.database import binding, schema
from core.database.binding import db
from core.errors import Misconfigured
from tests.harness import postgres
from tests.harness.crowd import at_once
from tests.harness.databases import ENGINES
from tests.harness.wants import sweep

STEPS = Path(schema.__file__).parent / "steps"


@pytest.fixture(params=ENGINES)
def blank(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A bound database without any table, on each engine in turn."""
    if request.param == "sqlite":
        binding.bind(f"sqlite:///{tmp_path / 'blank.db'}")
        yield "sqlite"
        binding.unbind()
        return
    server: postgres.Server = request.getfixturevalue("postgresql_server")
    server.drop("blank")
    binding.bind(server.create("blank"))
    yield "postgresql"
    binding.unbind()
    server.drop("blank")


def shape() -> dict[str, object]:
    """Tables with their columns and indexes."""
    with db.connection_context():
        names = [name for name in db.get_tables() if not name.startswith("sqlite_")]
        return {
            name: (sorted(column[:3] for column in db.get_columns(name)), sorted(index.name for index in db.get_indexes(name)))
            for name in names
        }


def apply_until(step: str) -> None:
    """Bring a blank database to an earlier version of the program."""
    with db.connection_context():
        Runner(db.obj, str(STEPS), table_name="schema_migration").up(step)


def test_a_new_database_gets_every_step_once(blank: str) -> None:
    assert schema.upgrade() == schema.known_steps()
    assert schema.upgrade() == []
    schema.require_current()


@pytest.mark.parametrize("step", sweep(schema.known_steps()[:-1], 7))
def test_a_database_of_an_earlier_version_becomes_the_same_as_a_new_one(blank: str, step: str) -> None:
    apply_until(step)
    with pytest.raises(Misconfigured, match="ayuda init"):
        schema.require_current()
    assert schema.upgrade() == [each for each in schema.known_steps() if each > step]
    upgraded = shape()
    if blank == "sqlite":
        binding.bind("sqlite:///" + str(db.database) + ".new")
        schema.upgrade()
        assert shape() == upgraded


def test_four_who_begin_at_once_make_one_schema(blank: str) -> None:
    outcomes = at_once([schema.upgrade] * 4)
    assert sorted(map(str, outcomes)) == sorted(map(str, [schema.known_steps(), [], [], []])), outcomes


def test_a_newer_database_is_left_alone(blank: str) -> None:
    schema.upgrade()
    mark = "?" if blank == "sqlite" else "%s"
    with db.connection_context():
        rename = f"UPDATE schema_migration SET name = '9999_del_futuro' WHERE name = {mark}"
        db.execute_sql(rename, (schema.known_steps()[-1],))
    for attempt in (schema.require_current, schema.upgrade):
        with pytest.raises(Misconfigured, match="más nueva"):
            attempt()


def test_a_step_that_fails_leaves_the_database_as_it_was(blank: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for path in STEPS.glob("[0-9]*.py"):
        (tmp_path / path.name).write_text(path.read_text())
    monkeypatch.setattr(schema, "_STEPS", tmp_path)
    schema.upgrade()
    before = shape()
    broken = "def up(migrator, db):\n    db.execute_sql('CREATE TABLE half (id INTEGER)')\n    db.execute_sql('nonsense')\n"
    (tmp_path / "9998_broken.py").write_text(broken)
    with pytest.raises(Exception, match=r"nonsense|syntax"):
        schema.upgrade()
    binding.close()
    assert shape() == before
