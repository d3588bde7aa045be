"""ClaveÚnica, the State's sign-in, as its manual of December 2025 has it: OpenID Connect's authorization code flow.

The only importer of authlib, and only once somebody uses it: it takes long to load.
"""

from __future__ import annotations

import logging
import re
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from core import tokens
from core.database.binding import unlocked
from core.errors import TryLater
from core.language import _
from core.people import joining, names, throttles, visitors
from core.people.account_views import SessionGrant
from core.people.joining import Identity, NotSignedIn
from core.settings import Settings
from core.text import clean_line

SCOPE = "openid run name"
SECONDS = 10.0
CALLBACK = "/claveunica/callback"
GOODBYE = "/claveunica/salir"

_PROBE_SECONDS = 3.0
_PROBE_LASTS = 30.0
_STATE_LASTS = 30 * 60
_CAME_THROUGH = "claveunica-sesion"
_CODE = re.compile(r"[\x21-\x7e]{1,2048}\Z")
_GATEWAY_TROUBLE = frozenset({502, 503, 504})
_lines = threading.BoundedSemaphore(3)  # so that a ClaveÚnica that hangs never holds all threads of the site
_health: dict[str, tuple[bool, float]] = {}

log = logging.getLogger("ayuda.claveunica")


class Declined(NotSignedIn):
    """The person chose not to sign in with ClaveÚnica."""


class Unreachable(TryLater):
    """ClaveÚnica is down, slow or out of its mind; passwords go on, and `onward` is where the person was going."""

    onward = ""


@dataclass(frozen=True, slots=True)
class Arrival:
    """Somebody back from ClaveÚnica: their session, or None on a first visit; and where they were going."""

    grant: SessionGrant | None
    onward: str


@unlocked
def begin(settings: Settings, visitor: str, onward: str, address: str = "") -> str:
    """The address at ClaveÚnica to go to; raises `Unreachable`, `TooOften`."""
    throttles.spend("claveunica_address", address)
    if not answers(settings):
        raise Unreachable(_("ClaveÚnica no está disponible en este momento. Ingresa con tu correo y contraseña."))
    state = tokens.random_token()
    visitors.save_draft(visitor, _state_form(state), {"siguiente": onward})
    with _client(settings) as client:
        return str(client.create_authorization_url(f"{settings.claveunica_url}/openid/authorize/", state=state)[0])


@unlocked
def finish(settings: Settings, visitor: str, answer: Mapping[str, str], device: str = "") -> Arrival:
    """Take what ClaveÚnica sent the browser back with (`state`, and `code` or `error`); raises `NotSignedIn`, `Unreachable`."""
    begun = visitors.take_draft(visitor, _state_form(answer.get("state", "")), _STATE_LASTS) if visitor else None
    if answer.get("error"):
        refusal = _refusal(answer["error"])
        refusal.onward = begun["siguiente"] if begun else ""
        raise refusal
    if begun is None:
        raise NotSignedIn(_("Este ingreso no empezó en este navegador, o ya se usó. Elige ClaveÚnica para empezar de nuevo."))
    try:
        identity = _identity(_ask(settings, answer.get("code", "")))
        return Arrival(joining.arrive(visitor, identity, device), begun["siguiente"])
    except (NotSignedIn, Unreachable) as problem:
        problem.onward = begun["siguiente"]
        raise


@unlocked
def note_session(visitor: str) -> None:
    """Remember that this browser's session came through ClaveÚnica, for `sign_out_address`."""
    visitors.save_draft(visitor, _CAME_THROUGH, {"por": "claveunica"})


@unlocked
def sign_out_address(settings: Settings, visitor: str) -> str | None:
    """Where ClaveÚnica ends its own session, for a browser that came through it; None for any other.

    When ClaveÚnica is down it is our own page that says so: its session ends by itself after a minute.
    """
    if not visitor or visitors.take_draft(visitor, _CAME_THROUGH, visitors.KEPT) is None or not settings.claveunica_client_id:
        return None
    if not answers(settings):
        return f"{GOODBYE}?aviso=sin-respuesta"
    back = urlencode({"redirect": settings.base_url + GOODBYE})
    return f"{settings.claveunica_url}/api/v1/accounts/app/logout?{back}"


def is_down(settings: Settings) -> bool:
    """Whether it did not answer when last asked, a moment ago; asks nobody."""
    alive, until = _health.get(settings.claveunica_url, (True, 0.0))
    return not alive and time.monotonic() < until


@contextmanager
def _client(settings: Settings) -> Iterator[Any]:
    from authlib.integrations.requests_client import OAuth2Session

    client = OAuth2Session(
        settings.claveunica_client_id,
        settings.claveunica_client_secret,
        token_endpoint_auth_method="client_secret_post",  # noqa: S106 the name of a method
        scope=SCOPE,
        redirect_uri=settings.base_url + CALLBACK,
        default_timeout=SECONDS,
        leeway=0,
    )
    try:
        yield client
    finally:
        client.close()


def answers(settings: Settings) -> bool:
    """Whether ClaveÚnica answers at all; asked at most every half minute, and never while others wait for it."""
    known, until = _health.get(settings.claveunica_url, (True, 0.0))
    if time.monotonic() < until or not _lines.acquire(blocking=False):
        return known
    try:
        alive = _probe(settings)
    finally:
        _lines.release()
    _health[settings.claveunica_url] = (alive, time.monotonic() + _PROBE_LASTS)
    return alive


def _probe(settings: Settings) -> bool:
    from requests import RequestException

    address = f"{settings.claveunica_url}/openid/authorize/"
    try:
        with _client(settings) as client:
            found = client.get(address, withhold_token=True, timeout=_PROBE_SECONDS, allow_redirects=False, stream=True)
            return found.status_code not in _GATEWAY_TROUBLE
    except RequestException as reason:
        log.warning("no answer: %s", type(reason).__name__)
        return False


@contextmanager
def _line() -> Iterator[None]:
    if not _lines.acquire(timeout=1):
        raise Unreachable(_("Muchas personas están ingresando con ClaveÚnica. Espera un momento o usa tu contraseña."), 5)
    try:
        yield
    finally:
        _lines.release()


def _ask(settings: Settings, code: str) -> Any:
    """What ClaveÚnica tells about the person with this code: the answer of `userinfo`, unchecked."""
    from authlib.common.errors import AuthlibBaseError
    from requests import RequestException

    if not _CODE.match(code):
        raise _too_late()
    try:
        with _line(), _client(settings) as client:
            return _exchange(client, settings.claveunica_url, code)
    except AuthlibBaseError as reason:
        raise _no_token(str(reason.error)) from reason
    except (RequestException, ValueError, TypeError, KeyError, AttributeError) as reason:
        raise _trouble(settings, reason) from reason


def _exchange(client: Any, base: str, code: str) -> Any:
    client.fetch_token(f"{base}/openid/token/", code=code, grant_type="authorization_code", allow_redirects=False)
    answer = client.post(f"{base}/openid/userinfo/", allow_redirects=False)
    if answer.status_code >= 500:
        answer.raise_for_status()
    if answer.status_code != 200:
        raise ValueError(f"userinfo {answer.status_code}")
    return answer.json()


def _identity(claims: Any) -> Identity:
    """Who the claims are about: keyed on the number of the RUN, whose check digit is not to be checked."""
    role = claims.get("RolUnico") if isinstance(claims, dict) else None
    number = str(role.get("numero", "")) if isinstance(role, dict) else ""
    if not (number.isascii() and number.isdigit()) or not 0 < int(number) < 10**9:
        log.warning("no RolUnico in userinfo")
        raise NotSignedIn(_("ClaveÚnica no nos envió tu RUN y sin él no podemos reconocerte. Ingresa con tu contraseña."))
    name = claims.get("name")
    given, surnames = (_words(name, part) for part in ("nombres", "apellidos"))
    return Identity(
        run=int(number),
        given_names=clean_line(" ".join(given))[: names.LONGEST],
        first_surname=clean_line(" ".join(surnames[:1]))[: names.LONGEST],
        second_surname=clean_line(" ".join(surnames[1:]))[: names.LONGEST],
    )


def _words(name: Any, part: str) -> list[str]:
    listed = name.get(part) if isinstance(name, dict) else None
    return [word for word in listed if isinstance(word, str) and word.strip()] if isinstance(listed, list) else []


def _state_form(state: str) -> str:
    return f"claveunica:{tokens.digest(state)}"


def _refusal(error: str) -> NotSignedIn:
    if error == "access_denied":
        return Declined(_("No autorizaste el ingreso con ClaveÚnica. Puedes intentarlo de nuevo o usar tu contraseña."))
    log.warning("refused at authorize")
    return NotSignedIn(_("ClaveÚnica no completó tu ingreso. Inténtalo de nuevo o usa tu contraseña."))


def _too_late() -> NotSignedIn:
    return NotSignedIn(_("Pasó demasiado tiempo desde que ingresaste en ClaveÚnica. Elige ClaveÚnica para empezar de nuevo."))


def _no_token(error: str) -> NotSignedIn | Unreachable:
    if error == "invalid_grant":
        return _too_late()
    if error == "invalid_client":
        log.error("AYUDA_CLAVEUNICA_CLIENT_ID or AYUDA_CLAVEUNICA_CLIENT_SECRET is not accepted")
        return Unreachable(
            _("El ingreso con ClaveÚnica no está bien configurado de nuestro lado. Usa tu correo y contraseña."), 600
        )
    log.warning("refused at token: %s", clean_line(error)[:80])
    return NotSignedIn(_("ClaveÚnica no completó tu ingreso. Inténtalo de nuevo o usa tu contraseña."))


def _trouble(settings: Settings, reason: Exception) -> Unreachable:
    from requests import ConnectionError as NoConnection
    from requests import HTTPError, Timeout

    log.warning("%s: %s", type(reason).__name__, clean_line(str(reason))[:200])
    broken = isinstance(reason, HTTPError) and reason.response is not None and reason.response.status_code >= 500
    if isinstance(reason, Timeout):
        words = _("ClaveÚnica tardó demasiado en responder.")
    elif broken or isinstance(reason, NoConnection):
        words = _("ClaveÚnica no está disponible en este momento.")
    else:
        words = _("ClaveÚnica envió una respuesta que no entendimos.")
    _health.pop(settings.claveunica_url, None)
    otherwise = _("Inténtalo más tarde o ingresa con tu correo y contraseña.")
    return Unreachable(f"{words} {otherwise}", 30)
