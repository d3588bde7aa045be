"""There and back: what is asked of ClaveÚnica, the first visit and the later ones."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest

from core import clock
from intake_web.app import Application
from tests.harness.claveunica import ClaveUnica
from tests.harness.claveunica_people import CLIENT_ID, CLIENT_SECRET, JEAN, MAI
from tests.harness.page import Visitor, within
from tests.intake_web.claveunica.walks import ANSWERS, EMAIL, PASSWORD_FORM, begin, come_back, join, letter_link
from tests.intake_web.people import Citizen, send, sign_in


def test_the_button_comes_first_and_says_what_the_manual_asks(visitor: Visitor) -> None:
    page = visitor.get("/ingreso").text
    button = re.search(r'<a class="btn cu" href="/claveunica/inicio" aria-label="Continuar con ClaveÚnica">ClaveÚnica</a>', page)
    assert button is not None
    assert button.start() < page.index(PASSWORD_FORM)


def test_without_its_settings_there_is_no_claveunica(build: Callable[..., Application]) -> None:
    visitor = Visitor(within(build()))
    page = visitor.get("/ingreso")
    assert "ClaveÚnica" not in page.text
    assert "claveunica" not in page.header("Content-Security-Policy")
    paths = ("inicio", "callback?code=x&state=y", "cuenta", "enviada", "correo/x", "salir")
    assert [visitor.get(f"/claveunica/{path}").status for path in paths] == [404] * len(paths)


def test_the_browser_is_sent_with_exactly_what_the_manual_asks(visitor: Visitor, claveunica: ClaveUnica) -> None:
    address = begin(visitor)
    assert address.startswith(f"{claveunica.url}/openid/authorize/?")
    asked = {name: value for name, (value,) in parse_qs(urlsplit(address).query).items()}
    assert len(asked.pop("state")) >= 30
    assert asked == {
        "client_id": CLIENT_ID,
        "response_type": "code",
        "scope": "openid run name",
        "redirect_uri": "http://127.0.0.1:8000/claveunica/callback",
    }


def test_the_server_asks_by_post_with_its_secret_in_the_body(visitor: Visitor, claveunica: ClaveUnica) -> None:
    come_back(visitor, claveunica)
    (token,) = claveunica.seen("/openid/token/")
    assert (token["method"], token["query"], token["authorization"]) == ("POST", {}, "")
    assert {**token["form"], "code": ""} == {
        "grant_type": "authorization_code",
        "code": "",
        "redirect_uri": "http://127.0.0.1:8000/claveunica/callback",
        "client_id": CLIENT_ID,
        "client_secret": CLIENT_SECRET,
    }
    (userinfo,) = claveunica.seen("/openid/userinfo/")
    assert (userinfo["method"], userinfo["query"], userinfo["form"]) == ("POST", {}, {})
    assert userinfo["authorization"].startswith("Bearer ")


def test_a_first_visit_asks_what_claveunica_does_not_know_and_proves_the_address(
    visitor: Visitor, claveunica: ClaveUnica
) -> None:
    page = come_back(visitor, claveunica)
    assert page.location == "/claveunica/cuenta"
    page = page.follow()
    assert "Hola, Rosa Elena Ñamandú de la Cruz" in page.text
    page = send(page, correo=EMAIL, **ANSWERS).follow()
    assert EMAIL in page.text
    assert visitor.get("/portal").status == 303, "nobody is signed in before the address is proven"
    page = visitor.get(letter_link())
    assert "Confirmar mi correo" in page.text
    assert visitor.get("/portal").status == 303, "a look at the link proves nothing"
    page = send(page).follow()
    assert "Estado de cuenta: Verificado" in page.text
    assert "Rosa Elena Ñamandú" in page.text


def test_a_later_visit_goes_straight_on(site: Application, visitor: Visitor, claveunica: ClaveUnica) -> None:
    join(visitor, claveunica)
    phone = Visitor(within(site))
    assert come_back(phone, claveunica, onward="/ticket/nuevo").location == "/ticket/nuevo"
    assert phone.get("/portal").status == 200


def test_people_are_told_apart_by_their_run(site: Application, visitor: Visitor, claveunica: ClaveUnica) -> None:
    join(visitor, claveunica)
    phone = Visitor(within(site))
    join(phone, claveunica, JEAN, "jean@correo.example")
    assert "Jean-Baptiste Désir" in phone.get("/portal").text
    assert "Rosa Elena" in visitor.get("/portal").text


def test_the_letters_button_in_another_browser_signs_nobody_in(
    site: Application, visitor: Visitor, claveunica: ClaveUnica
) -> None:
    send(come_back(visitor, claveunica).follow(), correo=EMAIL, **ANSWERS)
    other = Visitor(within(site))
    page = send(other.get(letter_link()))
    assert page.status == 200
    assert "/claveunica/inicio" in page.text
    assert other.get("/portal").status == 303
    assert come_back(other, claveunica).location == "/portal"


def test_a_password_account_is_joined_by_its_letter_alone(citizen: Citizen, visitor: Visitor, claveunica: ClaveUnica) -> None:
    email = citizen.account.email
    unknown = send(come_back(Visitor(visitor.transport), claveunica, MAI).follow(), correo="mai@correo.example", **ANSWERS)
    known = send(come_back(visitor, claveunica).follow(), correo=email, **ANSWERS)
    assert known.location == unknown.location
    assert known.follow().text.replace(email, "") == unknown.follow().text.replace("mai@correo.example", "")
    assert come_back(Visitor(visitor.transport), claveunica).location == "/claveunica/cuenta", "not joined yet"
    page = visitor.get(letter_link(email))
    assert "Unir mi cuenta" in page.text
    assert "María José Quispe" in send(page).follow().text
    assert come_back(Visitor(visitor.transport), claveunica).location == "/portal"
    assert sign_in(Visitor(visitor.transport), email).location == "/portal"


@pytest.mark.parametrize("fault", ["one_surname", "wrong_dv"])
def test_what_is_odd_but_allowed_is_no_error(visitor: Visitor, claveunica: ClaveUnica, fault: str) -> None:
    claveunica.misbehave(userinfo=fault)
    page = join(visitor, claveunica).follow()
    assert "Rosa Elena Ñamandú" in page.text
    assert ("de la Cruz" in page.text) == (fault == "wrong_dv")


def test_a_wrong_answer_keeps_what_was_typed(visitor: Visitor, claveunica: ClaveUnica) -> None:
    page = come_back(visitor, claveunica).follow()
    page = send(page, correo="rosa", **{**ANSWERS, "pais": "zz"})
    assert page.status == 422
    assert {"#correo", "#pais"} == set(re.findall(r'<li><a href="(#\w+)"', page.text))
    assert page.form("correo").fields["correo"] == "rosa"
    assert page.form("correo").fields["nacimiento_anio"] == "1990"


def test_a_mistyped_address_can_be_mended(visitor: Visitor, claveunica: ClaveUnica) -> None:
    send(come_back(visitor, claveunica).follow(), correo="rosa@correo.exmaple", **ANSWERS)
    page = visitor.get("/claveunica/cuenta")
    assert page.form("correo").fields["correo"] == "rosa@correo.exmaple"
    send(page, correo=EMAIL)
    assert "Estado de cuenta: Verificado" in send(visitor.get(letter_link())).follow().text


def test_what_was_being_sent_when_the_session_ended_is_not_lost(visitor: Visitor, claveunica: ClaveUnica) -> None:
    join(visitor, claveunica)
    page = send(visitor.get("/ticket/nuevo"), tipo="consulta").follow()
    page = send(send(page, materia="ot").follow(), categoria="ot-otro").follow()
    clock.advance(13 * 3600)
    page = send(page, texto="Lo escribí\nen dos líneas").follow()
    assert "/claveunica/inicio?siguiente=/seguir" in page.text
    page = come_back(visitor, claveunica, onward="/seguir").follow()
    assert page.form("texto").fields["texto"] == "Lo escribí\nen dos líneas"


@pytest.mark.parametrize("onward", ["//evil.example", "https://evil.example", "/salir", "javascript:alert(1)"])
def test_no_address_leads_away_from_the_site(visitor: Visitor, claveunica: ClaveUnica, onward: str) -> None:
    join(visitor, claveunica)
    assert come_back(visitor, claveunica, onward=onward).location == "/portal"
