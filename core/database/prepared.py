"""Statements put together once: peewee takes twenty times as long to build a statement as SQLite to run it.

A prepared query is written in peewee's words with a `slot` for each value that comes later:

    _BY_FOLIO = Prepared(lambda: Ticket.select(Ticket.id).where(Ticket.folio == slot("folio")))
    rows = _BY_FOLIO(folio="AM-2026-000123-K")

A list takes the place of several slots; there is one statement for each length of it:

    _BY_IDS = Prepared(lambda ids: Ticket.select(Ticket.folio).where(Ticket.id.in_(ids)))
    rows = _BY_IDS(ids=[1, 2, 3])
"""

from __future__ import annotations

import inspect
from collections import namedtuple
from collections.abc import Callable
from typing import Any, NamedTuple

import peewee

from core.database.binding import Table, db

_Row = tuple[Any, ...]
_inserts: dict[tuple[type[peewee.Database], type[Table], tuple[str, ...]], str] = {}
_shapes: dict[type[Table], Any] = {}
_known: list[Prepared] = []


class _Slot:
    def __init__(self, name: str, index: int | None = None) -> None:
        self.name, self.index = name, index


class _Statement(NamedTuple):
    """A statement's text, and where each of its values comes from: a slot, or the value itself."""

    sql: str
    parameters: tuple[Any, ...]

    def bound(self, values: dict[str, Any]) -> list[Any]:
        """The values in their order; databases know no booleans in our columns."""
        found = []
        for each in self.parameters:
            value = each
            if each.__class__ is _Slot:
                value = values[each.name] if each.index is None else values[each.name][each.index]
            found.append(int(value) if value.__class__ is bool else value)
        return found


def slot(name: str) -> Any:
    """The place of a value in a prepared query."""
    return peewee.Value(_Slot(name), converter=False)


class Prepared:
    """A query that is built at its first use, for each engine and each length of its lists, and then only run."""

    def __init__(self, build: Callable[..., peewee.Query]) -> None:
        self._build = build
        self._lists = tuple(inspect.signature(build).parameters)
        self._built: dict[tuple[Any, ...], _Statement] = {}
        _known.append(self)

    def __call__(self, **values: Any) -> list[_Row]:
        """The rows of the query with these values."""
        return list(self._run(values).fetchall())

    def first(self, **values: Any) -> _Row | None:
        """The first row of the query with these values, if there is one."""
        row: _Row | None = self._run(values).fetchone()
        return row

    def count(self, **values: Any) -> int:
        """How many rows a change with these values has touched."""
        return int(self._run(values).rowcount)

    def make_ready(self) -> None:
        """Build it before its first use, unless it is another one with each list."""
        if not self._lists and (type(db.obj),) not in self._built:
            self._make(db.obj, ())

    def _run(self, values: dict[str, Any]) -> Any:
        database = db.obj
        lengths = tuple([len(values[name]) for name in self._lists])
        statement = self._built.get((type(database), *lengths)) or self._make(database, lengths)
        return database.execute_sql(statement.sql, statement.bound(values))

    def _make(self, database: peewee.Database, lengths: tuple[int, ...]) -> _Statement:
        slots = {
            name: [peewee.Value(_Slot(name, index), converter=False) for index in range(length)]
            for name, length in zip(self._lists, lengths, strict=True)
        }
        sql, parameters = self._build(**slots).bind(database).sql()
        made = self._built[(type(database), *lengths)] = _Statement(sql, tuple(parameters))
        return made


def make_ready() -> None:
    """Build all queries that are known by now, so that nobody waits for it later."""
    for query in tuple(_known):
        query.make_ready()


def columns_of(table: type[Table]) -> tuple[Any, ...]:
    """All columns of a table, in the order in which `row_of` wants them."""
    return tuple(table._meta.sorted_fields)


def row_of(table: type[Table], values: _Row) -> Any:
    """The values of all columns of a table, each under its column's name."""
    if table not in _shapes:
        _shapes[table] = namedtuple(table.__name__, [field.column_name for field in columns_of(table)])
    return _shapes[table]._make(values)


def insert(table: type[Table], **columns: Any) -> int:
    """Add a row by its columns' names; its id, or 0 for a table without one."""
    database, names = db.obj, tuple(columns)
    key = (type(database), table, names)
    sql = _inserts.get(key)
    if sql is None:
        sql = _inserts[key] = _insert_statement(table, names)
    values = [int(value) if value.__class__ is bool else value for value in columns.values()]
    return int(database.execute_sql(sql, values).fetchone()[0])


def _insert_statement(table: type[Table], names: tuple[str, ...]) -> str:
    meta = table._meta
    unknown = set(names) - set(meta.columns)
    if unknown:
        raise AttributeError(f"{meta.table_name} has no column {', '.join(sorted(unknown))}")
    marks = ", ".join([db.param] * len(names))
    identity = "id" if "id" in meta.columns else "0"
    return f"INSERT INTO {meta.table_name} ({', '.join(names)}) VALUES ({marks}) RETURNING {identity}"
