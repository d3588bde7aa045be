"""Every refusal as a page: what happened, what to do next, and what was typed kept."""

from __future__ import annotations

import logging
import sys

from core.errors import Conflict, Invalid, NoSpace, NotAllowed, NotFound, Problem, TooOften, TryLater
from core.language import _
from core.people.visitors import is_secret
from core.text import visible
from intake_web.forms import Form, Unreadable
from intake_web.replies import Reply, show, text
from intake_web.visit import Visit

TOKEN_FIELD = "ficha"  # noqa: S105 the name of a field


def page(visit: Visit, problem: Problem) -> Reply:
    """The page of any member of the family of refusals."""
    if isinstance(problem, NotFound):
        return lost(visit, 404)
    if isinstance(problem, Unreadable):
        return _page(visit, problem.status, _("No pudimos leer lo que llegó"), problem.message)
    if isinstance(problem, NotAllowed):
        return _page(visit, 403, _("No puedes hacer esto"), problem.message)
    if isinstance(problem, Conflict):
        kept = (typed(visit) or Form())["texto"]
        return show(visit, "conflict.html", 409, message=problem.message, folio=problem.folio, typed=kept)
    if isinstance(problem, Invalid):
        return _page(visit, 422, _("Hay algo que corregir"), problem.message)
    if isinstance(problem, TryLater):
        return _later(visit, problem)
    return _page(visit, 400, _("No se pudo hacer"), problem.message)


def _later(visit: Visit, problem: TryLater) -> Reply:
    """Too many tries and a full disk are told as they are; other trouble of the service's own is nothing to read about."""
    told, again = isinstance(problem, TooOften | NoSpace), typed(visit)
    words = problem.message if told else _("En este momento no podemos atenderte. Inténtalo de nuevo en unos segundos.")
    aside = _("Lo que escribiste sigue aquí.") if again and not isinstance(problem, NoSpace) else ""
    status = 429 if isinstance(problem, TooOften) else 503
    reply = _page(visit, status, _("Inténtalo en un momento"), words, aside, again)
    reply.headers.append(("Retry-After", str(problem.retry_after)))
    return reply


def lost(visit: Visit, status: int) -> Reply:
    """For an address that leads nowhere, or a ticket that is not this person's: the same answer."""
    if status == 405:
        return _page(visit, 405, _("Esta página no recibe formularios"), _("Vuelve a la página anterior e inténtalo de nuevo."))
    if status != 404:
        return _page(visit, status, _("No pudimos leer lo que llegó"), _("Vuelve a la página anterior e inténtalo de nuevo."))
    words = _("Puede que la dirección esté incompleta, o que lo que buscas ya no exista o pertenezca a otra cuenta.")
    return _page(visit, 404, _("No encontramos esta página"), words)


def foreign_form(visit: Visit) -> Reply:
    """For a form that another site sent in the visitor's name."""
    words = _("El envío no salió de esta página. Por tu seguridad no hicimos nada.")
    return _page(visit, 403, _("No recibimos este formulario"), words)


def stale_form(visit: Visit) -> Reply:
    """For our own form from before the visitor's mark changed: what was typed is here, one button sends it."""
    words = _("La página estuvo abierta mucho tiempo. Lo que escribiste sigue aquí: envíalo otra vez.")
    aside = _("Si vuelve a pasar, revisa que tu navegador acepte cookies de esta página.")
    return _page(visit, 422, _("Envíalo otra vez"), words, aside=aside, again=typed(visit))


def our_fault(visit: Visit) -> Reply:
    """For what nobody foresaw."""
    words = _("Tuvimos un problema y no pudimos mostrar esta página. Inténtalo de nuevo en unos minutos.")
    return _page(visit, 500, _("Algo falló de nuestro lado"), words)


def wrong_host() -> Reply:
    """For a request that was meant for another site."""
    return text("400: esta dirección no es de Ayuda Migraciones.\n", status=400, cache="no-store")


def typed(visit: Visit) -> Form | None:
    """What the visitor sent, without passwords and without our own hidden fields; None when nothing was."""
    if visit.environ["REQUEST_METHOD"] != "POST":
        return None
    return Form((name, value) for name, value in visit.form.items() if name != TOKEN_FIELD and not is_secret(name))


def log_to_stderr() -> None:
    """Let whoever runs the site read there what went wrong, and when."""
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING, format="%(asctime)s %(name)s %(message)s")


def loggable(words: str) -> str:
    """Somebody else's words on one line of the log."""
    return " ".join(visible(words).split())[:200]


def _page(visit: Visit, status: int, heading: str, message: str, aside: str = "", again: Form | None = None) -> Reply:
    if visit.brought_files and again is not None:
        aside = f"{aside} {_('Los archivos tendrás que elegirlos de nuevo.')}".strip()
    return show(visit, "problem.html", status, heading=heading, message=message, aside=aside, again=again)
