"""Dates and counts as people say them, in the reader's language."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from core import clock
from core.language import _

_ASIDE = re.compile(r"\s*\([^()]*\)")


def _weekdays() -> tuple[str, ...]:
    return (_("lunes"), _("martes"), _("miércoles"), _("jueves"), _("viernes"), _("sábado"), _("domingo"))


def _months() -> tuple[str, ...]:
    return (
        *(_("enero"), _("febrero"), _("marzo"), _("abril"), _("mayo"), _("junio")),
        *(_("julio"), _("agosto"), _("septiembre"), _("octubre"), _("noviembre"), _("diciembre")),
    )


def day(when: date) -> str:
    """«lunes 7 de diciembre», and the year when it is another one."""
    said = _("{weekday} {day} de {month}").format(
        weekday=_weekdays()[when.weekday()], day=when.day, month=_months()[when.month - 1]
    )
    return said if when.year == clock.today().year else _("{day_month} de {year}").format(day_month=said, year=when.year)


def day_year(when: date) -> str:
    """«7 de diciembre de 2026», for dates that may be long ago."""
    return _("{day} de {month} de {year}").format(day=when.day, month=_months()[when.month - 1], year=when.year)


def moment(at: int) -> str:
    """«lunes 7 de diciembre, 14:31», in Santiago's time."""
    local = clock.local(at)
    return f"{day(local.date())}, {local:%H:%M}"


def tipo_help(tipo: str) -> str:
    """One line of what a kind of request is for."""
    return {
        "consulta": _("Tengo una duda sobre un trámite o un procedimiento."),
        "reclamo": _("Algo salió mal y quiero que lo revisen."),
        "sugerencia": _("Tengo una idea para que atiendan mejor."),
        "felicitacion": _("Quiero reconocer una buena atención."),
    }.get(tipo, "")


def materia_question(tipo: str) -> str:
    """The question that leads to the subject."""
    return {
        "consulta": _("¿Sobre qué es tu consulta?"),
        "reclamo": _("¿Sobre qué es tu reclamo?"),
        "sugerencia": _("¿Sobre qué es tu sugerencia?"),
        "felicitacion": _("¿Sobre qué es tu felicitación?"),
    }.get(tipo, _("¿Sobre qué es tu ticket?"))


def some(names: Iterable[str], most: int = 3) -> str:
    """The first few of a list, as one line: the choice above says the rest."""
    listed = list(names)
    return " · ".join(listed[:most]) + (" · …" if len(listed) > most else "")


def at_hand(things: tuple[str, ...]) -> str:
    """What to have at hand, as one line."""
    useful = [_ASIDE.sub("", _(thing)) for thing in things if thing != "—"]
    return _("Ten a mano: {things}").format(things="; ".join(useful)) if useful else ""


def state(code: str) -> str:
    """A ticket's state as its person understands it."""
    return {
        "ingresado": _("Recibido: espera a que una persona del equipo lo tome"),
        "asignado": _("Una persona del equipo lo tiene a su cargo"),
        "en_analisis": _("Lo estamos revisando"),
        "en_espera": _("Esperamos antecedentes tuyos"),
        "respondido": _("Respondido"),
        "cerrado": _("Cerrado"),
        "derivado": _("Derivado a otro organismo"),
        "desistido": _("Retirado por ti"),
        "fusionado": _("Unido a otro de tus tickets"),
    }.get(code, code)


def linked(body: str, base_url: str) -> list[tuple[str, str]]:
    """A letter's body as pieces of text, each with the own path that it leads to or none: its links come alive."""
    first, *others = body.split(base_url + "/")
    pieces = [(first, "")]
    for part in others:
        path = re.split(r"\s", part, maxsplit=1)[0]
        pieces += [(f"{base_url}/{path}", f"/{path}"), (part[len(path) :], "")]
    return pieces
