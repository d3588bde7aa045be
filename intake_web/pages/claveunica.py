"""Coming in with ClaveÚnica: there and back, the questions of the first visit, and the way out."""

from __future__ import annotations

from core.errors import Conflict, Invalid, NotFound
from core.language import _
from core.people import applications, claveunica, joining, visitors
from core.people.account_views import SessionGrant
from core.people.claveunica import Declined, Unreachable
from core.people.joining import NotSignedIn
from intake_web import security
from intake_web.pages import session
from intake_web.replies import Reply, go, leave, show
from intake_web.visit import Visit

_SENT = "claveunica-enviada"


def begin(visit: Visit) -> Reply:
    """Off to ClaveÚnica; when it does not answer, the sign-in page says so."""
    _require_offered(visit)
    onward = security.own_path(visit.query["siguiente"], "/portal")
    try:
        address = claveunica.begin(visit.site.settings, visit.remembered_visitor(), onward, visit.address)
    except Unreachable as problem:
        return _sign_in_otherwise(visit, problem, onward)
    return leave(address)


def come_back(visit: Visit) -> Reply:
    """Back from ClaveÚnica: signed in, asked for what it does not know, or on the sign-in page with the reason."""
    _require_offered(visit)
    try:
        answer = visit.query.only(("state", "code", "error"))
        arrival = claveunica.finish(visit.site.settings, visit.visitor, answer, visit.device)
    except (NotSignedIn, Unreachable) as problem:
        return _sign_in_otherwise(visit, problem)
    if arrival.grant is None:
        return go("/claveunica/cuenta")
    _start(visit, arrival.grant)
    return go(arrival.onward)


def ask(visit: Visit) -> Reply:
    """What ClaveÚnica does not know of somebody on their first visit."""
    _require_offered(visit)
    try:
        newcomer = joining.newcomer(visit.visitor)
    except Conflict as problem:
        return _sign_in_otherwise(visit, NotSignedIn(problem.message))
    return _show_questions(visit, newcomer.identity.shown_name, newcomer.typed)


def answer(visit: Visit) -> Reply:
    """Send the letter that proves the address; the page after it is the same whoever the address belongs to."""
    _require_offered(visit)
    typed = visit.form.only(joining.ASKED)
    try:
        email = joining.join(visit.visitor, typed, visit.address)
    except Conflict as problem:
        return _sign_in_otherwise(visit, NotSignedIn(problem.message))
    except Invalid as problem:
        name = joining.newcomer(visit.visitor).identity.shown_name
        return _show_questions(visit, name, typed, problem.fields)
    visitors.save_draft(visit.visitor, _SENT, {"correo": email})
    return go("/claveunica/enviada")


def sent(visit: Visit) -> Reply:
    """The letter is on its way."""
    _require_offered(visit)
    known = visitors.read_draft(visit.visitor, _SENT) if visit.visitor else {}
    return show(visit, "claveunica_sent.html", email=known["correo"]) if known else go("/ingreso")


def show_link(visit: Visit, token: str) -> Reply:
    """A button: mail programs open links by themselves, so only the button counts."""
    _require_offered(visit)
    standing, existing = joining.link_standing(token)
    if standing != "valid":
        return _bad_link(visit, 404 if standing == "invalid" else 409)
    return show(visit, "claveunica_link.html", existing=existing)


def use_link(visit: Visit, token: str) -> Reply:
    """The address is proven; in the browser that came from ClaveÚnica, the person is signed in as well."""
    _require_offered(visit)
    try:
        grant = joining.confirm(token, visit.visitor, visit.device)
    except NotFound:
        return _bad_link(visit, 404)
    except Conflict as problem:
        return _bad_link(visit, 409, problem.message)
    if grant is None:
        words = _("Desde ahora puedes ingresar con ClaveÚnica en cualquier navegador.")
        return show(visit, "claveunica_end.html", heading=_("Tu correo quedó confirmado"), message=words)
    _start(visit, grant)
    return go("/portal?cuenta=verificada")


def goodbye(visit: Visit) -> Reply:
    """A button for whoever is signed in; for anybody else the end of the way out."""
    _require_offered(visit)
    if visit.account is not None:
        return show(visit, "claveunica_out.html")
    words = _("Puedes cerrar esta página.")
    if visit.query["aviso"]:
        words = _("Cerramos tu sesión aquí. ClaveÚnica no respondió: allá se cierra sola en un minuto.")
    return show(visit, "claveunica_end.html", heading=_("Tu sesión está cerrada"), message=words)


def _require_offered(visit: Visit) -> None:
    if not visit.site.claveunica:
        raise NotFound("")


def _start(visit: Visit, grant: SessionGrant) -> None:
    session.start(visit, grant)
    claveunica.note_session(visit.visitor)


def _sign_in_otherwise(visit: Visit, problem: NotSignedIn | Unreachable, onward: str = "") -> Reply:
    onward = problem.onward or onward or "/portal"
    if isinstance(problem, Unreachable):
        reply = session.show_form(visit, onward, problem.message, 503)
        reply.headers.append(("Retry-After", str(problem.retry_after)))
        return reply
    return session.show_form(visit, onward, problem.message, 200 if isinstance(problem, Declined) else 400)


def _show_questions(visit: Visit, name: str, typed: dict[str, str], wrong: dict[str, str] | None = None) -> Reply:
    countries = [(code, _(words)) for code, words in applications.countries()]
    return show(
        visit,
        "claveunica_account.html",
        422 if wrong else 200,
        errors=wrong,
        typed=typed,
        name=name,
        number=0,
        countries_asked=[("", countries)],
    )


def _bad_link(visit: Visit, status: int, words: str = "") -> Reply:
    words = words or _("Ya se usó, venció o le falta una parte. Ingresa de nuevo con ClaveÚnica y te enviamos otro.")
    return show(visit, "claveunica_end.html", status, heading=_("Este enlace no sirve"), message=words)
