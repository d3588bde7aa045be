"""Coming in and going out."""

from __future__ import annotations

from core.errors import Invalid
from core.language import _, noted
from core.people import claveunica, sessions, visitors
from core.people.account_views import SessionGrant
from core.people.sessions import NotVerified
from intake_web import problems, security
from intake_web.pages import tongue
from intake_web.replies import Reply, go, leave, show
from intake_web.visit import Visit

_UNSENT = "sin-enviar"
_WHERE = "_camino"
_FILES = "_archivos"
"""That there were files, which nobody can keep for somebody who is not signed in."""
_GO_ON = "/seguir"
_KEPT = noted("Tu sesión terminó. Guardamos lo que estabas enviando: ingresa y sigue donde estabas.")
_STOLEN = noted(
    "Alguien usó una copia de tu sesión, así que cerramos todas. Ingresa de nuevo y elige otra contraseña en «Seguridad»."
)


def ask(visit: Visit) -> Reply:
    """The sign-in form; whoever is signed in already goes on."""
    onward = security.own_path(visit.query["siguiente"], "/portal")
    if visit.account is not None:
        return go(onward)
    return show_form(visit, onward, _notice(visit, onward))


def _notice(visit: Visit, onward: str) -> str:
    """What somebody should know before they sign in: that their session was copied, or that nothing they typed is lost."""
    if visit.session_was_stolen or visit.query["aviso"] == "copia":
        return _(_STOLEN)
    return _(_KEPT) if onward == _GO_ON else ""


def show_form(visit: Visit, onward: str = "/portal", notice: str = "", status: int = 200) -> Reply:
    """The sign-in form, with a sentence about what came to nothing before."""
    here = "/ingreso" if onward == "/portal" else f"/ingreso?siguiente={onward}"
    values = {"email": "", "remember": False, "onward": onward, "not_verified": False, "notice": notice}
    return show(visit, "sign_in.html", status, here=here, **values)


def ask_first(visit: Visit) -> Reply:
    """Off to sign in, and back afterwards; what was typed meanwhile is kept, for nobody but whoever typed it."""
    path = visit.path
    if visit.environ["REQUEST_METHOD"] == "POST" and not any(map(visitors.is_secret, visit.form)):
        owner = sessions.owner_of(visit.session) if visit.session else None
        lost = {_FILES: "si"} if visit.brought_files else {}
        drawer = visit.visitor if owner is None else visitors.drawer_of(owner)
        visitors.save_draft(drawer, _UNSENT, {**(problems.typed(visit) or {}), **lost, _WHERE: path})
        path = _GO_ON
    onward = security.own_path(path, "")
    query = [f"siguiente={onward}"] if onward else []
    query += ["aviso=copia"] if visit.session_was_stolen else []
    return go("/ingreso?" + "&".join(query) if query else "/ingreso")


def sign_in(visit: Visit) -> Reply:
    """A new session, when the password fits; the same words whether the account exists or not."""
    typed = visit.form
    onward = security.own_path(typed["siguiente"], "/portal")
    try:
        grant = sessions.sign_in(typed["correo"], typed["clave"], bool(typed["recordarme"]), visit.address, visit.device)
    except (Invalid, NotVerified) as problem:
        wrong = problem.fields if isinstance(problem, Invalid) else {"correo": problem.message}
        remember, not_verified = bool(typed["recordarme"]), isinstance(problem, NotVerified)
        values = {"email": typed["correo"], "remember": remember, "onward": onward, "not_verified": not_verified}
        values["notice"] = _notice(visit, onward)
        return show(visit, "sign_in.html", 422, errors=wrong, **values)
    start(visit, grant)
    return go(onward)


def start(visit: Visit, grant: SessionGrant) -> None:
    """Hand the session to the browser, with a new visitor's mark: forms from before count no longer.

    What was being sent when the last session ended goes along.
    """
    unsent = visitors.read_draft(visit.visitor, _UNSENT) if visit.visitor else {}
    if visit.session:
        sessions.sign_out(visit.session)
    visit.renew_visitor()
    if unsent:
        visitors.save_draft(visit.visitor, _UNSENT, unsent)
    tongue.agree(visit, grant.account_id)
    visit.keep_session(grant)


def go_on(visit: Visit) -> Reply:
    """What somebody was sending when the session ended: one button sends it."""
    unsent = visitors.read_draft(visitors.drawer_of(visit.person.id), _UNSENT)
    if not unsent and visit.visitor:
        unsent = visitors.read_draft(visit.visitor, _UNSENT)
    path, files = unsent.pop(_WHERE, ""), unsent.pop(_FILES, "")
    if not path:
        return go("/portal")
    readable = [(label, unsent[name]) for name, label in _readable() if unsent.get(name)]
    return show(visit, "go_on.html", unsent=unsent, path=path, readable=readable, files=files)


def _readable() -> list[tuple[str, str]]:
    """The fields that people write with their own hands, other than a long text, and what they are called."""
    return [
        ("responsable", _("Quién actúa")),
        ("nombres", _("Nombre")),
        ("primer_apellido", _("Primer apellido")),
        ("segundo_apellido", _("Segundo apellido")),
        ("correo", _("Correo")),
        ("tramite_id", _("ID del trámite")),
    ]


def sign_out(visit: Visit) -> Reply:
    """End the session, and forget what this browser was typing; whoever came through ClaveÚnica leaves through it."""
    if visit.account is not None:
        visitors.drop_draft(visitors.drawer_of(visit.account.id), _UNSENT)
    if visit.session:
        sessions.sign_out(visit.session)
    goodbye = claveunica.sign_out_address(visit.site.settings, visit.visitor)
    visitors.drop_draft(visit.visitor, _UNSENT)
    for name in (visit.site.session_cookie, visit.site.visitor_cookie):
        visit.cookies.append(security.set_cookie(name, "", visit.site.secure, 0))
    return leave(goodbye) if goodbye else go("/")
