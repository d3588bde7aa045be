"""The keys of a search line: one small function for each, and the table from which search, completion and help read.

Another key is another line of `KEYS`; its `means` turns a value into a `Clause`, or into None when there is no such value.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from peewee import SQL

from core import clock
from core.identifiers import normalise_tramite, parse_folio
from core.language import LANGUAGES
from core.people import models as people
from core.people import policy, staff
from core.people.views import Staff
from core.text import fold, words
from core.tickets.asides import tags
from core.tickets.lists import queue
from core.tickets.lists.views import OPEN_STATES, STATES
from core.tickets.models import Tag, Ticket
from core.tickets.searching import days
from core.tramites.catalogue import catalogue, regions

SHORTEST_ADDRESS = SHORTEST_TRAMITE = 3
_YEARS_BACK = 4
_STATES = {"en_analisis": "en análisis", "en_espera": "en espera"}
_ROUTES = {"nna": "NNA", "supervision": "supervisión", "datos": "datos personales"}
_opened_on = Ticket.opened_on + 0
"""A sum, or SQLite would fetch all tickets of those days by their index: the open ones among all days are far fewer."""
_SPANISH = {"es": "español", "en": "inglés", "ht": "creole kreyòl", "pt": "portugués"}


class Clause(NamedTuple):
    """What a key with its value asks of a ticket."""

    condition: Any = None
    """In the database's words."""
    name: tuple[str, ...] = ()
    """Folded words with which words of the person's name begin, where that is asked."""
    closed: bool = False
    """Whether closed tickets are meant too."""
    indexed: bool = False
    """Whether an index finds its tickets among all of them, as many as are wanted."""
    few: bool = False
    """Whether an index holds just these, no more than there are open ones."""
    before: date | None = None
    """The day before which they were opened, where that is asked."""
    said: str = ""
    """The value in the desk's words, where the typed one is shorter."""


class Value(NamedTuple):
    """One of the values that a key may have."""

    code: str
    name: str

    @property
    def typed(self) -> str:
        """The way in which a line says it."""
        text = self.name.lower() if len(self.code) < 3 or "_" in self.code else self.code
        return f'"{text}"' if " " in text else text

    def is_meant_by(self, text: str) -> bool:
        """Whether a typed text is its code, or each word of the text begins one of its name's."""
        wanted, named = words(text), words(self.name)
        if not wanted or fold(text) == self.code:
            return bool(wanted)
        together = "".join(named).startswith("".join(wanted))
        return together or all(any(word.startswith(each) for word in named) for each in wanted)


class Who(NamedTuple):
    """Who asks, and on which day."""

    me: Staff
    today: date


def _nothing(who: Who) -> Sequence[Value]:
    return ()


@dataclass(frozen=True, slots=True)
class Key:
    """A key: what it is for, what its values mean, and which ones there are."""

    code: str
    help: str
    means: Callable[[Who, str], Clause | None]
    values: Callable[[Who], Sequence[Value]] = _nothing
    expects: str = ""
    """What a value looks like, where there is no list of them."""


def _meant(values: Iterable[Value], text: str) -> list[Value]:
    """The values that a text can mean; one that it says in full stands alone."""
    wanted = fold(text)
    fitting = [value for value in values if value.is_meant_by(text)]
    exact = [value for value in fitting if wanted in (value.code, fold(value.name))]
    return exact or fitting


def _choice(code: str, help_: str, column: Any, values: Callable[[Who], Sequence[Value]]) -> Key:
    """A key whose values are codes of a column."""

    def means(who: Who, text: str) -> Clause | None:
        found = _meant(values(who), text)
        return Clause(column.in_([value.code for value in found]), said=" o ".join(v.name for v in found[:3])) if found else None

    return Key(code, help_, means, values)


def _tipos(who: Who) -> Sequence[Value]:
    return [Value(tipo.id, tipo.name) for tipo in catalogue().tipos]


def _materias(who: Who) -> Sequence[Value]:
    return [Value(materia.id, materia.name) for materia in catalogue().materias]


def _categorias(who: Who) -> Sequence[Value]:
    return [Value(each.id, each.name) for materia in catalogue().materias for each in materia.categorias]


def _regions(who: Who) -> Sequence[Value]:
    return [Value(name, name) for name in regions()]


def _languages(who: Who) -> Sequence[Value]:
    return [Value(code, _SPANISH.get(code, code)) for code in LANGUAGES]


def _routes(who: Who) -> Sequence[Value]:
    seen = policy.visible_routes(who.me)
    return [Value(route, _ROUTES.get(route, route)) for route in policy.ROUTES if route in seen]


def _states(who: Who) -> Sequence[Value]:
    return [Value("abierto", "abierto"), *(Value(state, _STATES.get(state, state)) for state in STATES)]


def _by_state(who: Who, text: str) -> Clause | None:
    codes = {value.code for value in _meant(_states(who), text)}
    if "abierto" in codes:
        codes = (codes | set(OPEN_STATES)) - {"abierto"}
    if codes == {"respondido"}:
        return Clause(Ticket.state == SQL("'respondido'"), closed=True, few=True)  # in full: its index is known by it
    return Clause(Ticket.state.in_(sorted(codes)), closed=bool(codes - set(OPEN_STATES))) if codes else None


def _views(who: Who) -> Sequence[Value]:
    return [Value(view.code.replace("_", "-"), view.name) for view in queue.VIEWS.values()]


def _by_view(who: Who, text: str) -> Clause | None:
    found = _meant(_views(who), text)
    if len(found) != 1:
        return None
    view = queue.VIEWS[found[0].code.replace("-", "_")]
    return Clause(view.holds(who.me.id, queue.soon()), closed=not view.is_open, few=view.code != "todos", said=view.name)


def _analysts(who: Who) -> Sequence[Value]:
    return [Value("mi", "mí"), Value("nadie", "nadie"), *(Value(each.name, each.name) for each in staff.list_staff())]


def _by_analyst(who: Who, text: str) -> Clause | None:
    holder = Ticket.assignee
    if fold(text) in ("mi", "yo"):
        return Clause(holder == who.me.id, said=who.me.name)
    if fold(text) == "nadie":
        return Clause(holder.is_null())
    known = {each.name: each.id for each in staff.list_staff()}
    found = _meant([Value(name, name) for name in known], text)
    ids = [known[value.name] for value in found]
    return Clause(holder.in_(ids), said=" o ".join(value.name for value in found[:3])) if ids else None


def _by_tramite(who: Who, text: str) -> Clause | None:
    wanted = normalise_tramite(text).value
    if len(wanted) < SHORTEST_TRAMITE:
        return None
    return Clause(begins(Ticket.tramite_id, wanted), indexed=True, said=wanted)


def _by_folio(who: Who, text: str) -> Clause | None:
    folio = parse_folio(text)
    if folio is not None:
        return Clause(Ticket.folio == folio, indexed=True, said=folio)
    bare = text.upper().replace(" ", "-")
    if bare.isascii() and bare.isdigit() and len(bare) <= 9:
        return Clause(of_number(int(bare), who.today.year), indexed=True)
    return Clause(begins(Ticket.folio, bare), indexed=True) if bare.startswith("AM-") and len(bare) > len("AM-") else None


def of_number(number: int, year: int) -> Any:
    """The tickets whose folio has this number in one of the last years."""
    first, *others = [begins(Ticket.folio, f"AM-{year - back}-{number:06d}-") for back in range(_YEARS_BACK)]
    for other in others:
        first |= other
    return first


def _by_address(who: Who, text: str) -> Clause | None:
    wanted = text.lower()
    if len(wanted) < SHORTEST_ADDRESS:
        return None
    persons = people.Person.select(people.Person.id).join(people.Account, on=(people.Person.account == people.Account.id))
    return Clause(Ticket.person.in_(persons.where(begins(people.Account.email, wanted))), indexed=True)


def begins(column: Any, text: str) -> Any:
    """That a column's text begins with this one, said so that an index can answer it."""
    return (column >= text) & (column < text[:-1] + chr(min(ord(text[-1]) + 1, 0x10FFFF)))


def _by_name(who: Who, text: str) -> Clause | None:
    found = tuple(words(text))
    telling = any(len(word) > 1 or not word.isascii() for word in found)
    return Clause(name=found) if telling else None


def _since(who: Who, text: str) -> Clause | None:
    day = days.day(text, who.today)
    return Clause(_opened_on >= clock.day_number(day), said=_said(day)) if day else None


def _before(who: Who, text: str) -> Clause | None:
    day = days.day(text, who.today)
    return Clause(_opened_on < clock.day_number(day), before=day, said=_said(day)) if day else None


def _due_until(who: Who, text: str) -> Clause | None:
    day = days.day(text, who.today)
    return Clause(Ticket.due_on <= clock.day_number(day), said=_said(day)) if day else None


def _said(day: date) -> str:
    return f"{day:%d-%m-%Y}"


def _tags(who: Who) -> Sequence[Value]:
    return [Value(word, word) for word in tags.begun(who.me, "")]


def _by_tag(who: Who, text: str) -> Clause | None:
    wanted = fold(text.removeprefix("#"))
    return Clause(Ticket.id.in_(Tag.select(Tag.ticket).where(begins(Tag.folded, wanted)))) if wanted else None


KEYS = {
    key.code: key
    for key in (
        Key(
            "tramite",
            "El ID de un trámite o su comienzo.",
            _by_tramite,
            expects="un ID de trámite o sus primeras cifras",
        ),
        Key("folio", "Un folio, su comienzo o solo su número.", _by_folio, expects="un folio como AM-2026-004812-K, o su número"),
        Key("correo", "Un correo o su comienzo.", _by_address, expects="al menos tres letras de un correo"),
        Key("nombre", "El nombre de la persona.", _by_name, expects="al menos dos letras de un nombre"),
        _choice("tipo", "El tipo: consulta, reclamo, sugerencia o felicitación.", Ticket.tipo, _tipos),
        _choice("materia", "La materia, por su nombre o su código.", Ticket.materia, _materias),
        _choice("categoria", "La categoría, por su nombre o su código.", Ticket.categoria, _categorias),
        Key("estado", "El estado; abierto son todos los que esperan respuesta.", _by_state, _states),
        Key("de", "Quien lo lleva: mi, nadie o un nombre.", _by_analyst, _analysts),
        Key("etiqueta", "Una etiqueta del equipo o su comienzo.", _by_tag, _tags, expects="una etiqueta"),
        Key("vista", "Solo los de una vista.", _by_view, _views),
        Key("desde", "Ingresados desde un día: 23-11-2026, ayer, 7d.", _since, expects=days.EXPECTED),
        Key("antes", "Ingresados antes de un día.", _before, expects=days.EXPECTED),
        Key("vence", "Los que vencen a más tardar un día.", _due_until, expects=days.EXPECTED),
        _choice("ruta", "La ruta: normal, plazo, NNA, datos personales.", Ticket.route, _routes),
        _choice("region", "La región de la persona.", Ticket.region, _regions),
        _choice("idioma", "El idioma en que escribió.", Ticket.language, _languages),
    )
}
"""Every key by its code, in the order in which help and completion name them."""
