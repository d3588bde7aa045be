"""The link by which a grown-up accepts an account of their own."""

from __future__ import annotations

from core.errors import Conflict, Invalid, NotFound
from core.operations import handing_over
from core.people import children
from intake_web.pages.secrets import typed_secret
from intake_web.replies import Reply, show
from intake_web.visit import Visit


def show_link(visit: Visit, token: str) -> Reply:
    """A form for the password: mail programs open links by themselves, so only the button counts."""
    standing = children.link_standing(token)
    if standing != "valid":
        return _bad_link(visit, used=standing != "invalid")
    return _ask(visit, token)


def accept(visit: Visit, token: str) -> Reply:
    """The account is theirs, once."""
    standing = children.link_standing(token)
    if standing != "valid":
        return _bad_link(visit, used=standing != "invalid")
    try:
        handing_over.take_over(token, *typed_secret(visit.form))
    except Invalid as problem:
        return _ask(visit, token, problem.fields)
    except NotFound:
        return _bad_link(visit, used=False)
    except Conflict as problem:
        return _bad_link(visit, used=True, words=problem.message)
    return show(visit, "own_account_done.html")


def _ask(visit: Visit, token: str, wrong: dict[str, str] | None = None) -> Reply:
    name, email = children.offered_to(token)
    return show(visit, "own_account.html", 422 if wrong else 200, errors=wrong, name=name, email=email)


def _bad_link(visit: Visit, used: bool, words: str = "") -> Reply:
    return show(visit, "own_account_bad_link.html", 409 if used else 404, used=used, words=words)
