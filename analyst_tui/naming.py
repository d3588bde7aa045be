"""What a ticket is about, in the catalogue's names, short enough for a list."""

from __future__ import annotations

from functools import cache

from analyst_tui import spoken
from analyst_tui.shown import one_line
from core.tickets.lists.views import TicketRow
from core.tramites.catalogue import catalogue

_LANGUAGES = {"es": "español", "en": "inglés", "ht": "creole", "pt": "portugués"}
ADULT = 18
_SHORT = (
    ("Residencia", "Res."),
    ("Permanencia", "Perm."),
    ("Estado o demora de mi solicitud", "estado o demora"),
    ("Me rechazaron o no acogieron la solicitud", "rechazo"),
    ("Residencia de un niño, niña o adolescente", "NNA"),
)


@cache
def tipo(code: str) -> str:
    """The name of a tipo; its code when the catalogue no longer has it."""
    known = catalogue().tipo(code)
    return known.name if known else one_line(code)


@cache
def materia(code: str) -> str:
    """The name of a materia."""
    known = catalogue().materia(code)
    return known.name if known else one_line(code)


@cache
def categoria(code: str) -> str:
    """The name of a categoría."""
    known = catalogue().categoria(code)
    return known.name if known else one_line(code)


@cache
def country(code: str) -> str:
    """The name of a country."""
    from core.people.applications import countries

    return dict(countries()).get(code) or one_line(code.upper())


@cache
def relation(code: str) -> str:
    """What an adult is to the child for whom they act."""
    from core.people.applications import relations

    return (dict(relations()).get(code) or one_line(code)).lower()


def subject(row: TicketRow) -> str:
    """Materia and categoría, shortened: `Res. temporal · rechazo`."""
    return _subject(row.materia, row.categoria)


def topic(code: str) -> str:
    """A categoría with its materia, shortened in the same way."""
    known = catalogue().categoria(code)
    return _subject(known.materia_id, code) if known else one_line(code)


def person(row: TicketRow) -> str:
    """The person's name; a child's age stands before it."""
    minor = row.person_age is not None and row.person_age < ADULT
    return f"({age(row.person_age or 0)}) {row.person_name}" if minor else row.person_name


def age(years: int) -> str:
    """An age in words: `1 año`."""
    return spoken.counted(years, "año", "años")


def language(code: str) -> str:
    """The language in which somebody wrote."""
    return _LANGUAGES.get(code, one_line(code))


@cache
def _subject(materia_code: str, categoria_code: str) -> str:
    return f"{_shortened(materia(materia_code))} · {_lower_first(_shortened(categoria(categoria_code)))}"


def _shortened(name: str) -> str:
    for long, short in reversed(_SHORT):
        name = name.replace(long, short)
    return name


def _lower_first(name: str) -> str:
    return name if name[:2].isupper() or "Ú" in name else name[:1].lower() + name[1:]
