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
from collections.abc import Callable
from typing import Any

import peewee

from core.database.binding import Table, db

_Statement = tuple[str, list[Any]]
_Row = tuple[Any, ...]
_inserts: dict[tuple[type[peewee.Database], type[Table], tuple[str, ...]], str] = {}


class _Slot:
    __slots__ = ("index", "name")

    def __init__(self, name: str, index: int | None = None) -> None:
        self.name, self.index = name, index

    def pick(self, values: dict[str, Any]) -> Any:
        found = values[self.name] if self.index is None else values[self.name][self.index]
        return int(found) if isinstance(found, bool) else found


def slot(name: str) -> Any:
    """The place of a value in a prepared query."""
    return peewee.Value(_Slot(name), converter=False)


class Prepared:
    """A query that is built at its first use, for each engine and each length of its lists, and then only run."""

    def __init__(self, build: Callable[..., peewee.Query]) -> None:
        self._build = build
        self._lists = tuple(inspect.signature(build).parameters)
        self._built: dict[tuple[Any, ...], _Statement] = {}

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

    def _run(self, values: dict[str, Any]) -> Any:
        sql, parameters = self._statement(values)
        bound = [each.pick(values) if isinstance(each, _Slot) else each for each in parameters]
        return db.execute_sql(sql, bound)

    def _statement(self, values: dict[str, Any]) -> _Statement:
        lengths = tuple(len(values[name]) for name in self._lists)
        key = (type(db.obj), *lengths)
        if key not in self._built:
            slots = {
                name: [peewee.Value(_Slot(name, index), converter=False) for index in range(length)]
                for name, length in zip(self._lists, lengths, strict=True)
            }
            query = self._build(**slots).bind(db.obj)
            sql, parameters = query.sql()
            self._built[key] = (sql, list(parameters))
        return self._built[key]


def columns_of(table: type[Table]) -> tuple[Any, ...]:
    """All columns of a table, in the order in which `row_of` wants them."""
    return tuple(table._meta.sorted_fields)


def row_of(table: type[Table], values: _Row) -> Any:
    """A table's row from the values of all its columns."""
    return table(**{field.name: value for field, value in zip(table._meta.sorted_fields, values, strict=True)})


def insert(table: type[Table], **columns: Any) -> int:
    """Add a row by its columns' names; its id, or 0 for a table without one."""
    names = tuple(columns)
    key = (type(db.obj), table, names)
    if key not in _inserts:
        _inserts[key] = _insert_statement(table, names)
    values = [int(value) if isinstance(value, bool) else value for value in columns.values()]
    row = db.execute_sql(_inserts[key], values).fetchone()
    return int(row[0])


def _insert_statement(table: type[Table], names: tuple[str, ...]) -> str:
    meta = table._meta
    unknown = set(names) - set(meta.columns)
    if unknown:
        raise AttributeError(f"{meta.table_name} has no column {', '.join(sorted(unknown))}")
    marks = ", ".join([db.param] * len(names))
    identity = "id" if "id" in meta.columns else "0"
    return f"INSERT INTO {meta.table_name} ({', '.join(names)}) VALUES ({marks}) RETURNING {identity}"
