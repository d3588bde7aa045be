"""Rights over one's own data (Ley 21.719): see, take along, correct, and ask for the rest."""

from __future__ import annotations

from core import clock
from core.errors import Invalid, NotFound
from core.language import _
from core.operations.rights import archive, blocking, correcting, requests, words
from core.operations.rights.views import KINDS
from core.people import applications
from core.people.account_views import Person
from intake_web.replies import Reply, go, save, show
from intake_web.visit import Visit

_PAGE = "/mis-datos"


def overview(visit: Visit) -> Reply:
    """What there is, the way to each right, and what was asked before with its dates and answers."""
    return show(
        visit,
        "my_data.html",
        account=visit.person,
        requests=requests.requests_of(visit.person),
        done=visit.query["hecho"],
        kind=words.kind,
        outcome=words.outcome,
        country=words.country,
    )


def download(visit: Visit) -> Reply:
    """Everything, as one ZIP."""
    name = f"mis-datos-{clock.today():%Y-%m-%d}.zip"
    return save(archive.download(visit.person), "application/zip", name)


def ask(visit: Visit) -> Reply:
    """What can be asked; one of the rights may be chosen already."""
    return _show_asking(visit, {"derecho": visit.query["derecho"], "texto": ""})


def send(visit: Visit) -> Reply:
    """Send the request; its clock runs from now on."""
    typed = visit.form.only(("derecho", "texto"))
    try:
        requests.ask(visit.person, typed["derecho"], typed["texto"])
    except Invalid as problem:
        return _show_asking(visit, typed, problem.fields)
    return go(f"{_PAGE}?hecho=pedido#solicitudes")


def ask_correction(visit: Visit, number: str) -> Reply:
    """A person's data, ready to be corrected."""
    person = _own(visit, number)
    return go(_PAGE) if visit.person.blocked_at else _show_correction(visit, person, correcting.as_typed(person))


def correct(visit: Visit, number: str) -> Reply:
    """Keep the corrected data."""
    person = _own(visit, number)
    asked = correcting.FIELDS if person.is_holder else (*correcting.FIELDS, *correcting.CHILDS_FIELDS)
    typed = visit.form.only(asked)
    try:
        changed = correcting.correct(visit.person, person.id, typed)
    except Invalid as problem:
        return _show_correction(visit, person, {**correcting.as_typed(person), **typed}, problem.fields)
    return go(f"{_PAGE}?hecho={'corregido' if changed else 'igual'}")


def unblock(visit: Visit) -> Reply:
    """Whoever asked for the block can lift it."""
    blocking.unblock(visit.person)
    return go(f"{_PAGE}?hecho=desbloqueado")


def _own(visit: Visit, number: str) -> Person:
    person = visit.person.person(int(number))
    if person is None:
        raise NotFound(_("Esa persona no está en tu cuenta."))
    return person


def _show_asking(visit: Visit, typed: dict[str, str], wrong: dict[str, str] | None = None) -> Reply:
    helps = _helps()
    choices = [(kind, words.kind(kind), helps[kind]) for kind in KINDS]
    return show(visit, "my_data_ask.html", 422 if wrong else 200, errors=wrong, typed=typed, choices=choices)


def _helps() -> dict[str, str]:
    return {
        "acceso": _("Qué tenemos, para qué lo usamos y a quién se lo mostramos."),
        "rectificacion": _("Algo está mal y no puedes corregirlo en esta página."),
        "supresion": _("Para siempre. Si tienes un ticket abierto, termina sin respuesta."),
        "oposicion": _("No quieres que usemos un dato para algo en particular."),
        "portabilidad": _("En un archivo que otros programas puedan leer."),
        "bloqueo": _("Mientras dura, nadie los usa ni cambia, y tus tickets esperan. Decidimos en 2 días hábiles."),
    }


def _show_correction(visit: Visit, person: Person, typed: dict[str, str], wrong: dict[str, str] | None = None) -> Reply:
    return show(
        visit,
        "my_data_correct.html",
        422 if wrong else 200,
        errors=wrong,
        person=person,
        typed=typed,
        countries_asked=[("", applications.countries())],
        relations_asked=[(code, _(name), "") for code, name in applications.relations()],
    )
