"""The language of canned answers: `{variable}` is filled in from the ticket, `[[hole]]` is for the analyst."""

from __future__ import annotations

import re
from collections.abc import Mapping

VARIABLES = {
    "nombre": "nombres de la persona",
    "nombre_completo": "nombre y apellidos",
    "folio": "folio del ticket",
    "tipo": "tipo de requerimiento",
    "materia": "materia",
    "categoria": "categoría",
    "tramite": "ID del trámite",
    "etapa": "etapa del trámite",
    "region": "región que indicó",
    "ingreso": "día en que ingresó el ticket",
    "vence": "día en que vence nuestro plazo",
    "plazo_propio": "día en que vence el plazo de la persona",
    "analista": "quien responde",
}
"""What can be filled in, and what it is."""

HOLE = re.compile(r"\[\[[^\[\]\n]*\]\]")
VARIABLE = re.compile(r"\{[^{}\n]*\}")
_OPEN = re.compile(r"\[\[|\]\]")
_BRACE = re.compile(r"[{}]")


def fill(text: str, values: Mapping[str, str]) -> str:
    """The text with its variables filled in; one whose value is not known becomes a hole with its name."""
    return VARIABLE.sub(lambda found: _value(found[0][1:-1].strip(), values), text)


def _value(name: str, values: Mapping[str, str]) -> str:
    return values.get(name, "") or f"[[{VARIABLES.get(name, name)}]]"


def next_hole(text: str, after: int = 0) -> tuple[int, int] | None:
    """The place of the first hole that begins at a place or later, or else the first of all."""
    found = HOLE.search(text, after) or HOLE.search(text)
    return found.span() if found else None


def complaint(text: str) -> str:
    """What is wrong with the signs of a text: unknown variables, braces or brackets left open; empty when all is well."""
    unknown = sorted({found[0] for found in VARIABLE.finditer(text)} - {f"{{{name}}}" for name in VARIABLES})
    if unknown:
        valid = ", ".join(f"{{{name}}}" for name in VARIABLES)
        return f"No existe {', '.join(unknown)}. Puedes usar {valid}."
    if _BRACE.search(VARIABLE.sub("", text)):
        return "Hay una llave { o } sin su pareja."
    if _OPEN.search(HOLE.sub("", text)):
        return "Hay un [[ o ]] sin su pareja."
    return ""
