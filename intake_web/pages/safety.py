"""The safety of one's account: password, e-mail address, where one is signed in."""

from __future__ import annotations

from core.errors import Conflict, Invalid, NotFound
from core.operations import addresses
from core.people import email_changes, recovery, sessions
from core.people.email_changes import NotFresh
from intake_web.pages.secrets import typed_secret
from intake_web.replies import Reply, go, show
from intake_web.visit import Visit

_PAGE = "/cuenta/seguridad"


def overview(visit: Visit) -> Reply:
    """Where one is signed in, and the way to everything else."""
    return show(
        visit,
        "safety.html",
        account=visit.person,
        done=visit.query["hecho"],
        pending=email_changes.pending(visit.person.id),
        sessions=sessions.sessions_of(visit.person.id, visit.session),
    )


def ask_password(visit: Visit) -> Reply:
    """The form for another password."""
    return show(visit, "safety_password.html", account=visit.person)


def change_password(visit: Visit) -> Reply:
    """A new password; every other session ends."""
    try:
        recovery.change_password(visit.person, visit.session, visit.form["clave_actual"], *typed_secret(visit.form))
    except Invalid as problem:
        return show(visit, "safety_password.html", 422, account=visit.person, errors=problem.fields)
    return go(f"{_PAGE}?hecho=clave")


def ask_address(visit: Visit) -> Reply:
    """The form for another e-mail address."""
    return _show_address(visit, 200, "")


def change_address(visit: Visit) -> Reply:
    """Letters to both addresses; the change waits for both."""
    typed = visit.form["correo"]
    try:
        email_changes.ask(visit.person, visit.form["clave_actual"], typed, visit.session)
    except Invalid as problem:
        return _show_address(visit, 422, typed, problem.fields)
    except NotFresh:
        return _show_address(visit, 403, typed)
    return go(f"{_PAGE}?hecho=correo")


def _show_address(visit: Visit, status: int, typed: str, wrong: dict[str, str] | None = None) -> Reply:
    """The form; whoever has no password and did not just sign in is asked to do that first."""
    account = visit.person
    known = account.has_password or sessions.is_fresh(visit.session)
    return show(visit, "safety_address.html", status, account=account, email=typed, errors=wrong, known=known)


def end_others(visit: Visit) -> Reply:
    """Only this browser stays signed in."""
    sessions.end_others(visit.person.id, visit.session)
    return go(f"{_PAGE}?hecho=sesiones")


def show_link(visit: Visit, token: str) -> Reply:
    """A button: mail programs open links by themselves, so only the button counts."""
    standing = email_changes.link_standing(token)
    if standing != "valid":
        return _bad_link(visit, used=standing != "invalid")
    return show(visit, "address_confirm.html", alone=email_changes.is_proven(token))


def confirm(visit: Visit, token: str) -> Reply:
    """One of the two addresses has agreed; how far the change has come."""
    try:
        confirmation = addresses.confirm(token)
    except NotFound:
        return _bad_link(visit, used=False)
    except Conflict:
        return _bad_link(visit, used=True)
    return show(visit, "address_confirmed.html", progress=confirmation.progress, email=confirmation.new_email)


def _bad_link(visit: Visit, used: bool) -> Reply:
    return show(visit, "address_bad_link.html", 409 if used else 404, used=used)
