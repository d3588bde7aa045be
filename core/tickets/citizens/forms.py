"""The ticket's form: what each field must be, and the sentence that tells how to mend it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from core import clock, dates
from core.identifiers import TRAMITE_LENGTH
from core.language import _
from core.text import clean_block, clean_line, is_blank
from core.tramites.catalogue import catalogue, regions
from core.tramites.catalogue_views import Categoria

LONGEST_TEXT = 10_000

Fields = Mapping[str, str]


def complaints(fields: Fields, wanted: tuple[str, ...] | None = None) -> dict[str, str]:
    """The fields that cannot be accepted: name → sentence; all are looked at when none is named."""
    found = {}
    for name in wanted or tuple(_CHECKS):
        words = _CHECKS[name](fields)
        if words:
            found[name] = words
    return found


def referred(fields: Fields) -> dict[str, str]:
    """The complaint about a categoría that another organism answers: it opens no ticket; empty for all others."""
    found = catalogue().categoria(fields.get("categoria", ""))
    elsewhere = found is not None and found.route == "derivar"
    return {"categoria": _("Elige el tema que más se parece al tuyo.")} if elsewhere else {}


def asked(categoria: Categoria) -> tuple[str, ...]:
    """The fields that a categoría asks after tipo, materia and categoría."""
    tramite = ("tramite_id", "sin_tramite") if categoria.tramite != "no" else ()
    notice = ("fecha_notificacion",) if categoria.route == "plazo" else ()
    return (*tramite, *notice, "region", "texto")


def notice_date(fields: Fields) -> date | None:
    """The date of the notice from which a legal term runs (dd-mm-aaaa), or None."""
    return dates.typed(fields.get("fecha_notificacion", ""))


def _tipo(fields: Fields) -> str:
    return "" if catalogue().tipo(fields.get("tipo", "")) else _("Elige qué quieres hacer.")


def _materia(fields: Fields) -> str:
    offered = {materia.id for materia in catalogue().materias_for(fields.get("tipo", ""))}
    return "" if fields.get("materia") in offered else _("Elige sobre qué es tu ticket.")


def _categoria(fields: Fields) -> str:
    found = catalogue().categoria(fields.get("categoria", ""))
    return "" if found and found.materia_id == fields.get("materia") else _("Elige el tema que más se parece al tuyo.")


def _tramite(fields: Fields) -> str:
    found = catalogue().categoria(fields.get("categoria", ""))
    typed = clean_line(fields.get("tramite_id", ""))
    if len(typed) > TRAMITE_LENGTH:
        return _("Ese número es demasiado largo. Escribe solo el ID del trámite o marca «No lo tengo».")
    if found and found.tramite == "req" and is_blank(typed) and not fields.get("sin_tramite"):
        return _("Escribe el ID del trámite o marca «No lo tengo».")
    return ""


def _region(fields: Fields) -> str:
    region = fields.get("region", "")
    return "" if not region or region in regions() else _("Elige una región de la lista.")


def _notice(fields: Fields) -> str:
    found = catalogue().categoria(fields.get("categoria", ""))
    if found is None or found.route != "plazo":
        return ""
    day = notice_date(fields)
    if day is None:
        return _("Escribe la fecha en que te llegó la notificación, como 12-11-2026.")
    if day > clock.today():
        return _("La fecha de la notificación no puede estar en el futuro.")
    if day.year < 2000:
        return _("Revisa el año de la notificación: parece demasiado antiguo.")
    return ""


def _text(fields: Fields) -> str:
    text = clean_block(fields.get("texto", ""))
    if is_blank(text):
        return _("Cuéntanos en el texto qué necesitas.")
    if len(text) > LONGEST_TEXT:
        return _("Tu texto tiene {length} caracteres y caben {longest}. Acórtalo un poco.").format(
            length=dates.number(len(text)), longest=dates.number(LONGEST_TEXT)
        )
    return ""


_CHECKS: dict[str, Callable[[Fields], str]] = {
    "tipo": _tipo,
    "materia": _materia,
    "categoria": _categoria,
    "tramite_id": _tramite,
    "sin_tramite": lambda fields: "",
    "fecha_notificacion": _notice,
    "region": _region,
    "texto": _text,
}
