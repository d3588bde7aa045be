"""Who may be believed: cookies, paths, hosts, origins, proxies, form tokens."""

from __future__ import annotations

import ipaddress
import re

import pytest

from core import tokens
from intake_web import security
from tests.harness.page import Visitor
from tests.intake_web.people import Citizen

PROXIES = (ipaddress.ip_network("10.0.0.0/8"), ipaddress.ip_network("2001:db8::/32"))


@pytest.mark.parametrize(
    ("jar", "value"),
    [
        ("sesion=abcdefghijklmnop", "abcdefghijklmnop"),
        ("a=1; sesion=abcdefghijklmnop; b=2", "abcdefghijklmnop"),
        ("sesion=short", ""),
        ("sesion=abcdefghijklmnop<script>", ""),
        ("xsesion=abcdefghijklmnop", ""),
        ("sesion", ""),
        ("sesion=" + "a" * 500, ""),
        ("sesion=x; sesion=abcdefghijklmnop", "abcdefghijklmnop"),
    ],
)
def test_only_what_we_could_have_set_is_a_cookie(jar: str, value: str) -> None:
    assert security.cookie(jar, "sesion") == value


@pytest.mark.parametrize(
    "path", ["/portal", "/ticket/nuevo", "/ticket/nuevo/materia", "/ticket/AM-2026-000123-K", "/portal/cartas/7"]
)
def test_one_may_go_on_to_ones_own_pages(path: str) -> None:
    assert security.own_path(path, "/") == path


@pytest.mark.parametrize(
    "path",
    ["", "/", "/salir", "//evil", "/%09/evil", "javascript:x", "https://evil", "/portal\n", "/portal/../x", "/ticket/a\\b"],
)
def test_nowhere_else(path: str) -> None:
    assert security.own_path(path, "/") == "/"


@pytest.mark.parametrize(
    ("peer", "forwarded", "seen"),
    [
        ("192.0.2.1", "", "192.0.2.1"),
        ("192.0.2.1", "198.51.100.9", "192.0.2.1"),
        ("10.0.0.1", "198.51.100.9", "198.51.100.9"),
        ("10.0.0.1", "203.0.113.5, 198.51.100.9", "198.51.100.9"),
        ("10.0.0.1", "198.51.100.9, 10.0.0.2", "198.51.100.9"),
        ("10.0.0.1", "evil<script>", "10.0.0.1"),
        ("10.0.0.1", "", "10.0.0.1"),
        ("2001:db8::1", "2a00:1:2:3:4:5:6:7", "2a00:1:2:3::/64"),
        ("::ffff:192.0.2.1", "", "192.0.2.1"),
        ("", "", ""),
    ],
)
def test_only_our_proxies_are_believed_about_addresses(peer: str, forwarded: str, seen: str) -> None:
    environ = {"REMOTE_ADDR": peer, "HTTP_X_FORWARDED_FOR": forwarded}
    assert security.client_address(environ, PROXIES) == seen


def test_without_proxies_nothing_forwarded_counts() -> None:
    environ = {"REMOTE_ADDR": "10.0.0.1", "HTTP_X_FORWARDED_FOR": "198.51.100.9"}
    assert security.client_address(environ, ()) == "10.0.0.1"


@pytest.mark.parametrize(
    ("headers", "own"),
    [
        ({}, True),
        ({"HTTP_ORIGIN": "https://ayuda.example"}, True),
        ({"HTTP_ORIGIN": "http://127.0.0.1:8000", "HTTP_HOST": "127.0.0.1:8000"}, True),
        ({"HTTP_ORIGIN": "https://evil.example", "HTTP_HOST": "127.0.0.1:8000"}, False),
        ({"HTTP_ORIGIN": "null"}, True),
        ({"HTTP_ORIGIN": "null", "HTTP_SEC_FETCH_SITE": "cross-site"}, False),
        ({"HTTP_SEC_FETCH_SITE": "same-site"}, False),
        ({"HTTP_ORIGIN": "http://[bad"}, False),
    ],
)
def test_a_form_comes_from_our_own_pages(headers: dict[str, str], own: bool) -> None:
    assert security.is_own_origin(headers, "https://ayuda.example") is own


def test_a_form_token_never_looks_the_same_twice(visitor: Visitor) -> None:
    """Pages are compressed: a token that stayed the same could be guessed from their lengths (BREACH)."""
    first, second = (visitor.get("/ingreso").form("ficha").fields["ficha"] for _ in range(2))
    assert first != second
    assert all(tokens.is_form_token(visitor.cookies["visita"], token) for token in (first, second))


def test_somebody_elses_form_token_is_worth_nothing(site_settings: object, visitor: Visitor) -> None:
    visitor.get("/ingreso")
    other = Visitor(visitor.transport)
    token = other.get("/ingreso").form("ficha").fields["ficha"]
    assert visitor.post("/ingreso", {"correo": "a", "clave": "b", "ficha": token}).status == 422
    assert "Envíalo otra vez" in visitor.post("/ingreso", {"ficha": token}).text


def test_what_was_typed_survives_a_form_that_is_too_old(citizen: Citizen) -> None:
    page = citizen.visitor.post("/ticket/nuevo/detalle", {"texto": "Lo mío\ny más", "clave": "secreta", "ficha": "vieja"})
    assert page.status == 422
    assert page.form("texto").fields["texto"] == "Lo mío\ny más"
    assert "secreta" not in page.text
    assert re.search(r'action="/ticket/nuevo/detalle"', page.text)
