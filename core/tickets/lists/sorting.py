"""The orders in which a list of open tickets, or of some thousand found ones, can stand: one for every column.

The database gives the columns, Python sorts: 20,000 rows take it some milliseconds, and names stand where people
look for them whatever the engine thinks of accents.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, lru_cache
from operator import itemgetter
from typing import Any, NamedTuple

from core.database.binding import Table
from core.identifiers import TRAMITE_LENGTH
from core.people.models import Person, Staff
from core.text import fold
from core.tickets.lists.views import STATES
from core.tickets.models import Ticket
from core.tramites.catalogue import catalogue

Values = tuple[Any, ...]
NEWEST = "-edad"
URGENT = "urgencia"
_NAMES_KEPT = 20_000


class Sort(NamedTuple):
    """An order: its code, the column's title, how both directions read, the columns that it needs, and their rank."""

    code: str
    title: str
    up: str
    down: str
    columns: tuple[Any, ...]
    rank: Callable[..., Any]

    def asks(self, table: type[Table]) -> bool:
        """Whether it needs the row of another table beside the ticket's."""
        return any(column.model is table for column in self.columns)


def _number_or_text(tramite: str | None) -> str:
    """Trámites by their number; those that are none after them, and tickets without one at the end (texts compare quickly)."""
    if not tramite:
        return "2"
    return f"0{tramite.zfill(TRAMITE_LENGTH)}" if tramite.isascii() and tramite.isdecimal() else f"1{fold(tramite)}"


def _subject(materia: str, categoria: str) -> tuple[str, str]:
    return _named(materia), _named(categoria)


@cache
def _named(code: str) -> str:
    """The folded name of something in the catalogue, which is what the list shows."""
    known = catalogue()
    found = known.tipo(code) or known.materia(code) or known.categoria(code)
    return fold(found.name) if found else fold(code)


@lru_cache(_NAMES_KEPT)
def _folded(name: str) -> str:
    return fold(name)


def _name(*parts: str) -> str:
    """One text, for tuples take long to compare; what stands between the names sorts before every letter."""
    return "\x1f".join(map(_folded, parts))


_PLACES = {state: place for place, state in enumerate(STATES)}
SORTS = {
    sort.code: sort
    for sort in (
        Sort(URGENT, "Urgencia", "lo que más apura primero", "lo que menos apura primero",
             (Ticket.urgency, Ticket.due_on), lambda *place: place),
        Sort("vence", "Vence", "lo que vence antes primero", "lo que vence después primero",
             (Ticket.due_on,), lambda day: day),
        Sort("folio", "Folio", "de menor a mayor", "de mayor a menor", (), lambda: 0),
        Sort("edad", "Edad", "los más antiguos primero", "los más nuevos primero", (), lambda: 0),
        Sort("estado", "Estado", "de ingresado a respondido", "de respondido a ingresado",
             (Ticket.state,), lambda state: _PLACES.get(state, len(_PLACES))),
        Sort("tipo", "Tipo", "de la A a la Z", "de la Z a la A", (Ticket.tipo,), _named),
        Sort("asunto", "Asunto", "de la A a la Z", "de la Z a la A", (Ticket.materia, Ticket.categoria), _subject),
        Sort("persona", "Persona", "de la A a la Z", "de la Z a la A",
             (Person.given_names, Person.first_surname, Person.second_surname), _name),
        Sort("tramite", "Trámite", "de menor a mayor", "de mayor a menor", (Ticket.tramite_id,), _number_or_text),
        Sort("analista", "Analista", "de la A a la Z, al final los sin asignar", "primero los sin asignar, de la Z a la A",
             (Staff.name,), lambda name: (name is None, _folded(name or ""))),
    )
}  # fmt: skip
"""Every order by its code; a minus before the code turns it round."""


class Order(NamedTuple):
    """An order with its direction."""

    sort: Sort
    down: bool

    @property
    def words(self) -> str:
        """How it reads: «Persona, de la A a la Z»."""
        return f"{self.sort.title}, {self.sort.down if self.down else self.sort.up}"

    def sorted(self, rows: list[Values]) -> list[Values]:
        """Rows of a ticket's id and the columns; equal ones by id."""
        by_id = sorted(rows, key=itemgetter(0), reverse=self.down)
        if not self.sort.columns:
            return by_id
        ranks = {values: self.sort.rank(*values) for values in {row[1:] for row in rows}}
        return sorted(by_id, key=lambda row: ranks[row[1:]], reverse=self.down)


def order_of(code: str, otherwise: str = URGENT) -> Order:
    """The order of a code; that of `otherwise` when there is none of this name."""
    sort = SORTS.get(code.removeprefix("-"))
    return Order(sort, code.startswith("-")) if sort else order_of(otherwise)
