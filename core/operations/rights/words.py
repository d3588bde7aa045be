"""The names of kinds, outcomes and fields, in the reader's language."""

from __future__ import annotations

from core.language import _
from core.people.applications import countries, relations
from core.tramites.catalogue import catalogue


def kind(code: str) -> str:
    """What is asked, as the person calls it."""
    return {
        "acceso": _("Ver qué datos míos guardan"),
        "rectificacion": _("Corregir un dato"),
        "supresion": _("Borrar mis datos"),
        "oposicion": _("Oponerme a un uso de mis datos"),
        "portabilidad": _("Llevarme mis datos"),
        "bloqueo": _("Bloquear mis datos por un tiempo"),
    }[code]


def outcome(code: str) -> str:
    """How a request was answered."""
    return {
        "acogida": _("Aceptada"),
        "parcial": _("Aceptada en parte"),
        "rechazada": _("Rechazada"),
        "hecha": _("Hecha por ti"),
        "sin_objeto": _("Ya no hace falta"),
    }.get(code, code)


def country(code: str) -> str:
    """The name of a country."""
    return dict(countries()).get(code, code)


def relation(code: str) -> str:
    """What an adult is to a child."""
    return _(dict(relations()).get(code, code))


def subject(code: str) -> str:
    """The name of a tipo, materia or categoría."""
    known = catalogue()
    found = known.tipo(code) or known.materia(code) or known.categoria(code)
    return _(found.name) if found else code


def field(name: str) -> str:
    """The name of a field of a person's own data."""
    return {
        "given_names": _("nombres"),
        "first_surname": _("primer apellido"),
        "second_surname": _("segundo apellido"),
        "single_name": _("un solo nombre en el documento"),
        "birth_on": _("fecha de nacimiento"),
        "country": _("país de nacimiento"),
        "relation": _("qué eres de la niña, el niño o adolescente"),
        "guardian": _("nombre de quien actúa"),
    }[name]
