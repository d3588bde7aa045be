"""A forgotten password: the letter, and choosing a new one by its link."""

from __future__ import annotations

from core.errors import Conflict, Invalid, NotFound
from core.people import recovery
from intake_web.evenly import evenly
from intake_web.pages.secrets import typed_secret
from intake_web.replies import Reply, go, show
from intake_web.visit import Visit


def ask(visit: Visit) -> Reply:
    """Whose password was forgotten."""
    return show(visit, "password_ask.html", email="")


def send(visit: Visit) -> Reply:
    """A letter on its way: the same words whether the address is known or not."""
    typed = visit.form["correo"]
    try:
        with evenly():
            recovery.ask_reset(typed, visit.address)
    except Invalid as problem:
        return show(visit, "password_ask.html", 422, email=typed, errors=problem.fields)
    return go("/clave/enviada")


def sent(visit: Visit) -> Reply:
    """Where to look now."""
    return show(visit, "password_sent.html")


def show_link(visit: Visit, token: str) -> Reply:
    """The form for the new password; mail programs open links by themselves, so only sending it counts."""
    standing = recovery.link_standing(token)
    if standing != "valid":
        return _bad_link(visit, used=standing != "invalid")
    return show(visit, "password_new.html")


def choose(visit: Visit, token: str) -> Reply:
    """The new password is set, and every session ends."""
    try:
        recovery.reset(token, *typed_secret(visit.form), visit.address)
    except Invalid as problem:
        return show(visit, "password_new.html", 422, errors=problem.fields)
    except NotFound:
        return _bad_link(visit, used=False)
    except Conflict:
        return _bad_link(visit, used=True)
    return go("/clave/lista")


def done(visit: Visit) -> Reply:
    """The new password counts from now on."""
    return show(visit, "password_done.html")


def _bad_link(visit: Visit, used: bool) -> Reply:
    return show(visit, "password_bad_link.html", 409 if used else 404, used=used)
