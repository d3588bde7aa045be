"""The citizens' site: its routes, who may call each, and the rules for every request and answer."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, BinaryIO, Literal

import bottle

from core import language
from core.errors import Problem
from core.settings import Settings
from intake_web import problems, security, templating
from intake_web.pages import (
    account,
    claveunica,
    demo_mail,
    handing_over,
    health,
    landing,
    my_data,
    password,
    persons,
    portal,
    safety,
    session,
    survey,
    taking_out,
    texts,
    tongue,
    tramites,
)
from intake_web.pages.hours import mine as hours
from intake_web.pages.hours import steps as hour_steps
from intake_web.pages.ticket import after, check, doubt, files, one_open, page, receipt, steps
from intake_web.replies import Headers, Reply
from intake_web.visit import Environ, Site, Visit

log = logging.getLogger("ayuda.web")

Who = Literal["anyone", "signed_in", "demo"]
StartResponse = Callable[..., Any]

_REPLY = "ayuda.reply"


@dataclass(frozen=True, slots=True)
class Route:
    """One line of the site's map: what is answered by which page, and who may ask."""

    method: Literal["GET", "POST"]
    path: str
    page: Callable[..., Reply]
    who: Who
    files: bool = False
    """Whether its form may carry files; any other body has the small limit of words."""


FOLIO = "<folio:re:[A-Za-z0-9-]{1,40}>"
STEP = "<step:re:[a-z]{1,20}>"
CODE = "<code:re:[a-z-]{1,40}>"
NUMBER = "<number:re:[0-9]{1,18}>"

ROUTES = (
    Route("GET", "/", landing.show, "anyone"),
    Route("GET", templating.STYLESHEET_PATH, landing.stylesheet, "anyone"),
    Route("GET", "/privacidad", texts.privacy, "anyone"),
    Route("GET", "/terminos", texts.terms, "anyone"),
    Route("GET", "/accesibilidad", texts.accessibility, "anyone"),
    Route("GET", "/idioma", tongue.choose, "anyone"),
    Route("GET", "/salud", health.health, "anyone"),
    Route("GET", "/.well-known/security.txt", health.security_txt, "anyone"),
    Route("GET", "/robots.txt", health.robots_txt, "anyone"),
    Route("GET", "/cuenta/nueva", account.ask, "anyone"),
    Route("POST", "/cuenta/nueva", account.answer, "anyone"),
    Route("GET", "/cuenta/creada", account.created, "anyone"),
    Route("GET", f"/cuenta/nueva/{STEP}", account.ask, "anyone"),
    Route("POST", f"/cuenta/nueva/{STEP}", account.answer, "anyone"),
    Route("GET", "/cuenta/validar/<token:re:[^/]{1,400}>", account.show_validation, "anyone"),
    Route("POST", "/cuenta/validar/<token:re:[^/]{1,400}>", account.validate, "anyone"),
    Route("GET", "/cuenta/reenviar", account.ask_resend, "anyone"),
    Route("POST", "/cuenta/reenviar", account.resend, "anyone"),
    Route("GET", "/clave/olvidada", password.ask, "anyone"),
    Route("POST", "/clave/olvidada", password.send, "anyone"),
    Route("GET", "/clave/enviada", password.sent, "anyone"),
    Route("GET", "/clave/lista", password.done, "anyone"),
    Route("GET", "/clave/nueva/<token:re:[^/]{1,400}>", password.show_link, "anyone"),
    Route("POST", "/clave/nueva/<token:re:[^/]{1,400}>", password.choose, "anyone"),
    Route("GET", "/cuenta/correo/<token:re:[^/]{1,400}>", safety.show_link, "anyone"),
    Route("POST", "/cuenta/correo/<token:re:[^/]{1,400}>", safety.confirm, "anyone"),
    Route("GET", "/cuenta/seguridad", safety.overview, "signed_in"),
    Route("GET", "/cuenta/seguridad/clave", safety.ask_password, "signed_in"),
    Route("POST", "/cuenta/seguridad/clave", safety.change_password, "signed_in"),
    Route("GET", "/cuenta/seguridad/correo", safety.ask_address, "signed_in"),
    Route("POST", "/cuenta/seguridad/correo", safety.change_address, "signed_in"),
    Route("POST", "/cuenta/seguridad/sesiones", safety.end_others, "signed_in"),
    Route("GET", "/ingreso", session.ask, "anyone"),
    Route("POST", "/ingreso", session.sign_in, "anyone"),
    Route("GET", "/claveunica/inicio", claveunica.begin, "anyone"),
    Route("GET", "/claveunica/callback", claveunica.come_back, "anyone"),
    Route("GET", "/claveunica/cuenta", claveunica.ask, "anyone"),
    Route("POST", "/claveunica/cuenta", claveunica.answer, "anyone"),
    Route("GET", "/claveunica/enviada", claveunica.sent, "anyone"),
    Route("GET", "/claveunica/correo/<token:re:[^/]{1,400}>", claveunica.show_link, "anyone"),
    Route("POST", "/claveunica/correo/<token:re:[^/]{1,400}>", claveunica.use_link, "anyone"),
    Route("GET", "/claveunica/salir", claveunica.goodbye, "anyone"),
    Route("POST", "/claveunica/salir", session.sign_out, "anyone"),
    Route("GET", "/seguir", session.go_on, "signed_in"),
    Route("POST", "/salir", session.sign_out, "anyone"),
    Route("GET", "/portal", portal.show_portal, "signed_in"),
    Route("GET", "/portal/cartas/<number:re:[0-9]{1,18}>", portal.letter, "signed_in"),
    Route("GET", "/portal/cartas", portal.letters, "signed_in"),
    Route("GET", "/portal/tickets", portal.tickets, "signed_in"),
    Route("GET", "/portal/tramites", tramites.mine, "signed_in"),
    Route("GET", "/portal/tramite", tramites.one, "signed_in"),
    Route("POST", "/portal/tramite/ticket", tramites.ask_ticket, "signed_in"),
    Route("GET", "/tramites", tramites.listing, "signed_in"),
    Route("GET", f"/tramites/{CODE}", tramites.procedure, "signed_in"),
    Route("GET", f"/tramites/{CODE}/iniciar", tramites.confirm, "signed_in"),
    Route("POST", f"/tramites/{CODE}/iniciar", tramites.begin, "signed_in"),
    Route("GET", "/cuenta/personas", persons.overview, "signed_in"),
    Route("GET", "/cuenta/personas/nueva", persons.ask, "signed_in"),
    Route("GET", f"/cuenta/personas/nueva/{STEP}", persons.ask, "signed_in"),
    Route("POST", f"/cuenta/personas/nueva/{STEP}", persons.answer, "signed_in"),
    Route("GET", f"/cuenta/personas/{NUMBER}/entregar", persons.ask_hand_over, "signed_in"),
    Route("POST", f"/cuenta/personas/{NUMBER}/entregar", persons.hand_over, "signed_in"),
    Route("GET", "/cuenta/entrega/<token:re:[^/]{1,400}>", handing_over.show_link, "anyone"),
    Route("POST", "/cuenta/entrega/<token:re:[^/]{1,400}>", handing_over.accept, "anyone"),
    Route("GET", "/mis-datos", my_data.overview, "signed_in"),
    Route("GET", "/mis-datos/descargar", my_data.download, "signed_in"),
    Route("GET", "/mis-datos/pedir", my_data.ask, "signed_in"),
    Route("POST", "/mis-datos/pedir", my_data.send, "signed_in"),
    Route("POST", "/mis-datos/desbloquear", my_data.unblock, "signed_in"),
    Route("GET", f"/mis-datos/corregir/{NUMBER}", my_data.ask_correction, "signed_in"),
    Route("POST", f"/mis-datos/corregir/{NUMBER}", my_data.correct, "signed_in"),
    Route("GET", "/hora", hours.overview, "signed_in"),
    Route("GET", "/hora/nueva", hour_steps.ask, "signed_in"),
    Route("POST", "/hora/nueva", hour_steps.answer, "signed_in"),
    Route("GET", "/hora/oficina", hour_steps.choose_office, "signed_in"),
    Route("GET", "/hora/dia", hour_steps.choose_day, "signed_in"),
    Route("GET", "/hora/horas", hour_steps.choose_time, "signed_in"),
    Route("POST", "/hora/reservar", hour_steps.reserve, "signed_in"),
    Route("GET", f"/hora/cancelar/{NUMBER}", hours.ask_cancel, "signed_in"),
    Route("POST", f"/hora/cancelar/{NUMBER}", hours.cancel, "signed_in"),
    Route("GET", f"/hora/calendario/{NUMBER}", hours.calendar, "signed_in"),
    Route("GET", "/ticket/nuevo", steps.ask, "signed_in"),
    Route("POST", "/ticket/nuevo", steps.answer, "signed_in"),
    Route("GET", "/ticket/nuevo/borrar", steps.ask_drop, "signed_in"),
    Route("POST", "/ticket/nuevo/borrar", steps.drop, "signed_in"),
    Route("GET", "/ticket/nuevo/resuelto", doubt.show_solved, "signed_in"),
    Route("POST", "/ticket/nuevo/resuelto", doubt.count, "signed_in"),
    Route("POST", "/ticket/nuevo/tramite", check.take_number, "signed_in"),
    Route("GET", f"/ticket/nuevo/{STEP}", steps.ask, "signed_in"),
    Route("POST", f"/ticket/nuevo/{STEP}", steps.answer, "signed_in", files=True),
    Route("GET", f"/ticket/{FOLIO}", page.show_ticket, "signed_in"),
    Route("POST", f"/ticket/{FOLIO}/agregar", page.add, "signed_in", files=True),
    Route("GET", f"/ticket/{FOLIO}/archivo/{NUMBER}", files.download, "signed_in"),
    Route("GET", f"/ticket/{FOLIO}/plazo", one_open.ask_notice, "signed_in"),
    Route("POST", f"/ticket/{FOLIO}/plazo", one_open.mark, "signed_in"),
    Route("GET", f"/ticket/{FOLIO}/certificado", receipt.certificate, "signed_in"),
    Route("GET", f"/ticket/{FOLIO}/dias", receipt.days, "signed_in"),
    Route("GET", f"/ticket/{FOLIO}/desistir", page.ask_withdraw, "signed_in"),
    Route("POST", f"/ticket/{FOLIO}/desistir", page.withdraw, "signed_in"),
    Route("GET", f"/ticket/{FOLIO}/segundo", after.ask_second, "signed_in"),
    Route("POST", f"/ticket/{FOLIO}/segundo", after.send_second, "signed_in"),
    Route("POST", f"/ticket/{FOLIO}/basta", after.enough, "signed_in"),
    Route("GET", f"/ticket/{FOLIO}/hora", after.ask_hour, "signed_in"),
    Route("GET", "/encuesta/<token:re:[^/]{1,400}>", survey.ask, "anyone"),
    Route("POST", "/encuesta/<token:re:[^/]{1,400}>", survey.answer, "anyone"),
    Route("GET", "/archivo/<token:re:[^/]{1,400}>", taking_out.ask, "anyone"),
    Route("POST", "/archivo/<token:re:[^/]{1,400}>", taking_out.deliver, "anyone"),
    Route("GET", "/demo/correo", demo_mail.listing, "demo"),
    Route("GET", "/demo/correo/<key:re:[^/]{1,200}>", demo_mail.letter, "demo"),
)


class Application:
    """The WSGI application: Bottle finds the page, this lets people in and seals every answer."""

    def __init__(self, settings: Settings) -> None:
        self.site = Site.of(settings)
        self._headers = security.answer_headers(self.site.secure, templating.PROOF_SCRIPT_HASH, self.site.claveunica)
        self._file_headers = [each for each in self._headers if each[0] != "Content-Security-Policy"]  # a file has its own
        self._hosts: dict[str, bool] = {}
        self._routes = bottle.Bottle()
        self._routes.config["catchall"] = False
        for route in ROUTES:
            self._routes.route(route.path, route.method, self._callback(route))
        self._routes.default_error_handler = self._lost

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request, whatever happens."""

        def start(_status: str, _headers: Headers, exc_info: Any = None) -> Any:
            return self._begin(environ[_REPLY], start_response, exc_info)

        if not self._is_our_host(environ.get("HTTP_HOST")):
            return self._send(environ, start_response, problems.wrong_host())
        if not environ["PATH_INFO"].isascii():  # none of ours; Bottle would leave the odd bytes out and look again
            return self._send(environ, start_response, self._plainly(environ, lambda visit: problems.lost(visit, 404)))
        try:
            answer: Iterable[bytes] = self._routes(environ, start)
        except Exception:
            log.exception("%s %s", environ["REQUEST_METHOD"], problems.loggable(environ.get("PATH_INFO", "")))
            return self._send(environ, start_response, self._plainly(environ, problems.our_fault))
        return answer

    def _callback(self, route: Route) -> Callable[..., bytes | BinaryIO]:
        def called(**args: str) -> bytes | BinaryIO:
            visit = Visit.of(self.site, bottle.request.environ)
            visit.takes_files = route.files
            try:
                with language.using(visit.language):
                    return _keep(visit, _answer(route, visit, args))
            finally:
                visit.forget_files()

        return called

    def _lost(self, error: bottle.HTTPError) -> bytes | BinaryIO:
        visit = Visit.of(self.site, bottle.request.environ)
        with language.using(visit.language):
            reply = problems.lost(visit, error.status_code)
        if error.status_code == 405:
            reply.headers.append(("Allow", error.get_header("Allow")))
        return _keep(visit, reply)

    def _plainly(self, environ: Environ, page: Callable[[Visit], Reply]) -> Reply:
        """A page that asks nothing of the database, not even who is signed in."""
        visit = Visit.of(self.site, environ)
        with language.using(visit.guessed_language):
            return page(visit)

    def _is_our_host(self, host: str | None) -> bool:
        """A request without Host comes from HTTP/1.0, where none is needed."""
        if host is None:
            return True
        known = self._hosts.get(host)
        if known is None:
            known = security.is_own_host(host, self.site.host)
            if len(self._hosts) < 64:
                self._hosts[host] = known
        return known

    def _begin(self, reply: Reply, start_response: StartResponse, exc_info: Any = None) -> Any:
        """Bottle's own response object is passed over: filling it in costs more than routing does."""
        headers = reply.headers + (self._headers if reply.file is None else self._file_headers)
        if reply.status != 304:
            headers.append(("Content-Length", str(reply.length)))
        return start_response(f"{reply.status} {bottle.HTTP_CODES[reply.status]}", headers, exc_info)

    def _send(self, environ: Environ, start_response: StartResponse, reply: Reply) -> Iterable[bytes]:
        self._begin(reply, start_response)
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [reply.body]


def _answer(route: Route, visit: Visit, args: dict[str, str]) -> Reply:
    try:
        return _stopped(route, visit) or route.page(visit, **args)
    except Problem as problem:
        return problems.page(visit, problem)


def _stopped(route: Route, visit: Visit) -> Reply | None:
    """The answer for somebody who may not go on to the page; None for everybody else."""
    if route.who == "demo" and visit.site.settings.env != "demo":
        return problems.lost(visit, 404)
    if route.method == "POST":
        if not security.is_own_origin(visit.environ, visit.site.origin):
            return problems.foreign_form(visit)
        if not visit.sent_our_form():
            return problems.stale_form(visit)
    if route.who == "signed_in" and visit.account is None:
        return session.ask_first(visit)
    return None


def _keep(visit: Visit, reply: Reply) -> bytes | BinaryIO:
    """Leave the reply where the answer is begun, with the cookies of this visit; its body or its file."""
    if visit.cookies:
        reply.headers += [("Set-Cookie", cookie) for cookie in visit.cookies]
    visit.environ[_REPLY] = reply
    return reply.file or reply.body
