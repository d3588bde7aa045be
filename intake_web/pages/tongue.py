"""Choosing the language of the pages."""

from __future__ import annotations

from bottle import HTTPError

from core.language import LANGUAGES
from core.people import accounts
from intake_web import security
from intake_web.replies import Reply, go, show
from intake_web.visit import Visit

YEAR = 365 * 24 * 3600


def choose(visit: Visit) -> Reply:
    """Remember the chosen language, in the browser and in the account of whoever is signed in, and go back."""
    chosen, back = visit.query["a"], visit.query["de"]
    back = back if _is_page(visit, back) else "/"
    if chosen not in LANGUAGES:
        return show(visit, "tongue.html", here=back)
    remember(visit, chosen)
    if visit.account is not None and security.is_own_origin(visit.environ, visit.site.origin):
        accounts.set_language(visit.account.id, chosen)
    return go(back)


def remember(visit: Visit, chosen: str) -> None:
    """Let this browser bring the language along from now on."""
    visit.cookies.append(security.set_cookie(visit.site.language_cookie, chosen, visit.site.secure, YEAR))


def agree(visit: Visit, account_id: int) -> None:
    """At signing in: a language chosen in this browser becomes the account's, otherwise the account's is spoken here."""
    if visit.chosen_language:
        accounts.set_language(account_id, visit.chosen_language)
    else:
        remember(visit, accounts.language_of(account_id))


def _is_page(visit: Visit, path: str) -> bool:
    """Whether a path of this site can be looked at; no other address is gone to."""
    if not security.is_own_path(path):
        return False
    try:
        visit.environ["bottle.app"].match({"PATH_INFO": path.partition("?")[0], "REQUEST_METHOD": "GET"})
    except HTTPError:
        return False
    return True
