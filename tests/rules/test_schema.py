"""The tables that the program believes in are the tables that the schema's steps make, on both engines."""

from __future__ import annotations

import importlib
from collections.abc import Iterator

import peewee
import pytest

from core.database.binding import Table, db
from tests.rules import sources

UNMODELLED = {"schema_migration", "ticket_search", "vocabulary"}


def tables() -> Iterator[type[Table]]:
    for path in sources.modules("core"):
        if path.name == "models.py":
            importlib.import_module(sources.module_name(path))
    waiting = list(Table.__subclasses__())
    while waiting:
        table = waiting.pop()
        waiting += table.__subclasses__()
        yield table


@pytest.fixture
def connected(database: str) -> Iterator[peewee.Database]:
    with db.connection_context():
        yield db.obj


def test_every_table_is_modelled_and_every_model_has_a_table(connected: peewee.Database) -> None:
    made = {
        name for name in connected.get_tables() if name.partition("_")[0] != "sqlite" and not name.startswith("ticket_search_")
    }
    assert made - UNMODELLED == {table._meta.table_name for table in tables()}


def test_models_have_the_columns_of_their_tables_and_no_others(connected: peewee.Database) -> None:
    believed = {table._meta.table_name: set(table._meta.columns) for table in tables()}
    made = {name: {column.name for column in connected.get_columns(name)} for name in believed}
    assert made == believed


def test_models_and_tables_agree_on_what_may_be_empty(connected: peewee.Database) -> None:
    believed = {(table._meta.table_name, name) for table in tables() for name, field in table._meta.columns.items() if field.null}
    made = {
        (table._meta.table_name, column.name)
        for table in tables()
        for column in connected.get_columns(table._meta.table_name)
        if column.null and not column.primary_key
    }
    assert made == believed


def test_both_engines_have_the_same_indexes(sqlite_url: str, postgresql_url: str) -> None:
    assert _indexes(sqlite_url) == _indexes(postgresql_url)


def _indexes(url: str) -> set[tuple[str, str, bool]]:
    from core.database import binding

    binding.bind(url)
    with db.connection_context():
        names = [table._meta.table_name for table in tables()]
        found = {(name, index.name, index.unique) for name in names for index in db.get_indexes(name)}
    binding.unbind()
    return {index for index in found if not index[1].startswith("sqlite_autoindex") and not index[1].endswith(("_pkey", "_key"))}


def test_a_history_entry_can_neither_be_changed_nor_removed(connected: peewee.Database) -> None:
    _add_an_event()
    for statement in ("UPDATE event SET code = 'x'", "DELETE FROM event"):
        with pytest.raises(peewee.IntegrityError, match="append-only"), db.atomic():
            db.execute_sql(statement)


def _add_an_event() -> None:
    unbound = (
        "SET session_replication_role = replica" if isinstance(db.obj, peewee.PostgresqlDatabase) else "PRAGMA foreign_keys = 0"
    )
    db.execute_sql(unbound)
    db.execute_sql("INSERT INTO event (ticket_id, at, kind, code) VALUES (1, 1, 'prueba', '')")
    if isinstance(db.obj, peewee.PostgresqlDatabase):
        db.execute_sql("SET session_replication_role = DEFAULT")
