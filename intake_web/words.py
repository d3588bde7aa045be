"""States, questions and names as people say them, in the reader's language."""

from __future__ import annotations

import re
from collections.abc import Iterable

from markupsafe import Markup, escape

from core.language import _
from core.tramites.catalogue import catalogue
from core.tramites.catalogue_views import Categoria

_ASIDE = re.compile(r"\s*\([^()]*\)")


def named(name: str) -> Markup:
    """The name of a procedure, a materia or a categoría in the reader's language, and the Spanish one beside it.

    The Spanish name is what buttons elsewhere say.
    """
    said = _(name)
    return escape(said) if said == name else Markup('{} <span lang="es">({})</span>').format(said, name)


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


def about(tipo: str, categoria: str) -> Markup:
    """What a ticket is about, on one line."""
    known = catalogue()
    kind, subject = known.tipo(tipo), known.categoria(categoria)
    said = [escape(_(kind.name))] if kind else []
    return Markup(" · ").join([*said, named(subject.name)] if subject else said)


def own_term(kind: Categoria) -> str:
    """What a notice with a term is about, and how long the term is."""
    materia = catalogue().materia(kind.materia_id)
    days = _("Tu plazo: {days} días hábiles").format(days=kind.term_days)
    return f"{_(materia.name)} · {days}" if materia else days


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


def fate(state: str) -> str:
    """What became of a letter on its way to the mailbox."""
    return {
        "queued": _("Va en camino a tu correo"),
        "later": _("El servidor de correo pidió esperar: la enviamos otra vez más tarde"),
        "sent": _("Entregada al servidor de correo"),
        "failed": _("No llegó a tu correo: léela aquí"),
    }.get(state, "")


def linked(body: str, base_url: str) -> list[tuple[str, str]]:
    """A letter's body as pieces of text, each with the own path that it leads to or none: its links come alive."""
    first, *others = body.split(base_url + "/")
    pieces = [(first, "")]
    for part in others:
        path = re.split(r"\s", part, maxsplit=1)[0]
        pieces += [(f"{base_url}/{path}", f"/{path}"), (part[len(path) :], "")]
    return pieces
