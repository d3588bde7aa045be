"""Rules that hold on every route: a walk over the site's own map."""

from __future__ import annotations

import re

import pytest

from core import clock, settings, tokens
from core.people import sessions
from intake_web.app import ROUTES, Application, Route
from tests.harness.page import Visitor, within
from tests.intake_web import markup
from tests.intake_web.conftest import SETTINGS
from tests.intake_web.people import Citizen

FILLED = {"token": "x.y.z", "step": "nombres", "number": "1", "code": "cert-pd", "folio": "AM-2026-000001-R", "key": "x"}
FORMS = {route.path for route in ROUTES if route.method == "POST"}


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """What these rules say has nothing to do with the engine."""
    return sqlite_url


def address(route: Route) -> str:
    return re.sub(r"<(\w+):re:(?:[^<>\\]|\\.)*>", lambda match: FILLED[match[1]], route.path)


def named(routes: list[Route]) -> dict[str, object]:
    return {"argnames": "route", "argvalues": routes, "ids": [f"{route.method} {address(route)}" for route in routes]}


@pytest.mark.parametrize(**named([route for route in ROUTES if route.who == "signed_in" and route.method == "GET"]))  # type: ignore[arg-type]
def test_a_stranger_is_asked_to_sign_in(visitor: Visitor, route: Route) -> None:
    page = visitor.get(address(route))
    assert page.status == 303
    assert page.location.startswith("/ingreso")


@pytest.mark.parametrize(**named([route for route in ROUTES if route.method == "POST"]))  # type: ignore[arg-type]
def test_a_form_without_our_token_does_nothing(citizen: Citizen, route: Route) -> None:
    page = citizen.visitor.post(address(route), {"texto": "Hola"})
    assert page.status == 422
    assert "Enviar otra vez" in page.text


@pytest.mark.parametrize(**named([route for route in ROUTES if route.method == "POST"]))  # type: ignore[arg-type]
def test_a_form_from_another_site_is_refused(citizen: Citizen, route: Route) -> None:
    token = citizen.visitor.get("/ingreso").text  # noqa: F841 the visitor's mark is set
    page = citizen.visitor.post(address(route), {"texto": "Hola"}, {"Origin": "https://evil.example"})
    assert page.status == 403
    assert "evil" not in page.text


@pytest.mark.parametrize(**named([route for route in ROUTES if route.method == "GET" and route.path not in FORMS]))  # type: ignore[arg-type]
def test_a_page_without_a_form_takes_none(citizen: Citizen, route: Route) -> None:
    page = citizen.visitor.post(address(route), {})
    assert page.status == 405
    assert "GET" in page.header("Allow")


@pytest.mark.parametrize(**named([route for route in ROUTES if route.method == "GET"]))  # type: ignore[arg-type]
def test_head_answers_like_get_without_a_body(citizen: Citizen, route: Route) -> None:
    page, head = citizen.visitor.get(address(route)), citizen.visitor.ask("HEAD", address(route), {}, b"")
    assert head.status == page.status
    assert head.body == b""
    assert head.header("Content-Type") == page.header("Content-Type")
    assert head.header("Content-Length") == str(len(page.body))


@pytest.mark.parametrize(**named(list(ROUTES)))  # type: ignore[arg-type]
def test_every_answer_is_sealed(citizen: Citizen, route: Route) -> None:
    ask = citizen.visitor.get if route.method == "GET" else lambda path: citizen.visitor.post(path, {})
    page = ask(address(route))
    assert "default-src 'none'" in page.header("Content-Security-Policy")
    assert "'unsafe" not in page.header("Content-Security-Policy")
    assert page.header("X-Content-Type-Options") == "nosniff"
    assert page.header("Referrer-Policy") == "same-origin"
    assert page.header("Cache-Control")


@pytest.mark.parametrize(**named([route for route in ROUTES if route.who == "signed_in"]))  # type: ignore[arg-type]
def test_personal_pages_are_never_kept(citizen: Citizen, route: Route) -> None:
    page = citizen.visitor.get(address(route))
    assert page.header("Cache-Control") == "no-store"


@pytest.mark.parametrize(**named([route for route in ROUTES if route.who == "demo"]))  # type: ignore[arg-type]
def test_the_demo_is_closed_elsewhere(visitor: Visitor, route: Route) -> None:
    assert visitor.get(address(route)).status == 404


def test_secure_sites_are_always_asked_for_over_https(database: str) -> None:
    secure = Application(settings.load({**SETTINGS, "AYUDA_BASE_URL": "https://ayuda.example"}))
    page = Visitor(within(secure, "ayuda.example")).get("/ingreso")
    assert "max-age=31536000" in page.header("Strict-Transport-Security")
    cookie = page.header("Set-Cookie")
    assert cookie.startswith("__Host-visita=")
    assert all(part in cookie for part in ("; Secure", "; HttpOnly", "; SameSite=Lax", "; Path=/"))
    assert "Domain" not in cookie


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "FOO"])
def test_other_methods_are_not_for_here(visitor: Visitor, method: str) -> None:
    assert visitor.ask(method, "/ingreso", {}, b"").status == 405


def test_what_is_not_there_says_so_in_words(visitor: Visitor) -> None:
    page = visitor.get("/nada")
    assert page.status == 404
    assert "No encontramos esta página" in page.text


def test_what_nobody_foresaw_is_a_page_and_a_line_in_the_log(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("core.people.accounts.link_standing", lambda token: 1 / 0)
    page = visitor.get("/cuenta/validar/x")
    assert page.status == 500
    assert "Algo falló de nuestro lado" in page.text
    assert "ZeroDivisionError" in caplog.text
    assert "default-src 'none'" in page.header("Content-Security-Policy")


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1:8000@evil.example", "", "127.0.0.1:99999", "a/b", '"><script>'])
def test_another_sites_name_is_refused(site: Application, host: str) -> None:
    page = Visitor(within(site), {"Host": host}).get("/")
    assert page.status == 400
    assert host not in page.text or not host


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "127.0.0.1", "localhost:8000", "LOCALHOST", "[::1]:8000"])
def test_our_own_names_are_answered(site: Application, host: str) -> None:
    assert Visitor(within(site), {"Host": host}).get("/").status == 200


def test_a_form_of_any_page_goes_on_where_it_was_when_the_session_is_over(citizen: Citizen) -> None:
    visitor = citizen.visitor
    visitor.get("/portal")
    for route in ROUTES:
        if route.method == "GET" or route.who != "signed_in":
            continue
        path, typed = address(route), {"texto": f"Hola\n«{route.path}»", "nombres": "Ñusta", "llave": "x"}
        clock.advance(13 * 3600)
        asked = visitor.post(path, {**typed, "ficha": tokens.form_token(visitor.cookies["visita"])})
        assert asked.location == "/ingreso?siguiente=/seguir", path
        visitor.cookies["sesion"] = sessions.begin(citizen.account.id, remember=False).token
        page = visitor.get("/seguir")
        kept = page.form("texto")
        assert kept.action == path
        assert {name: kept.fields[name] for name in typed} == typed, path
        assert "Ñusta" in markup.words(page)
