"""An account that came through ClaveÚnica alone has no password: what others do with theirs is done after a fresh sign-in."""

from __future__ import annotations

import pytest

from core import clock
from core.people import email_changes, sessions
from tests.harness import cast
from tests.harness.claveunica import ClaveUnica
from tests.harness.page import Visitor
from tests.intake_web.claveunica.walks import EMAIL, come_back, join
from tests.intake_web.people import send, sign_in

NEW = "rosa.nueva@correo.example"
ADDRESS = "/cuenta/seguridad/correo"


@pytest.fixture
def rosa(visitor: Visitor, claveunica: ClaveUnica) -> Visitor:
    """Rosa's browser, signed in with ClaveÚnica a moment ago."""
    join(visitor, claveunica)
    visitor.headers["User-Agent"] = "Mozilla/5.0 (Linux; Android 13; K) Chrome/140.0.0.0 Mobile Safari/537.36"
    assert come_back(visitor, claveunica).location == "/portal"
    return visitor


def link(address: str) -> str:
    return "/cuenta/correo/" + cast.letters_to(address)[-1].body.partition("/cuenta/correo/")[2].split()[0]


def test_the_address_changes_after_a_fresh_sign_in_and_both_letters(rosa: Visitor, claveunica: ClaveUnica) -> None:
    page = rosa.get(ADDRESS)
    assert "clave_actual" not in page.form("correo").fields
    assert send(page, correo=NEW).location == "/cuenta/seguridad?hecho=correo"
    for address in (EMAIL, NEW):
        assert send(rosa.get(link(address))).status == 200
    assert NEW in rosa.get("/mis-datos").text
    assert come_back(rosa, claveunica).location == "/portal", "the same account, whatever its address"


def test_after_a_while_one_signs_in_again_first(rosa: Visitor, claveunica: ClaveUnica) -> None:
    page = rosa.get(ADDRESS)
    clock.advance(sessions.FRESH + 1)
    refused = send(page, correo=NEW)
    assert refused.status == 403
    assert cast.letters_to(NEW) == []
    for asked in (refused, rosa.get(ADDRESS)):
        assert f'href="/claveunica/inicio?siguiente={ADDRESS}"' in asked.text
    assert come_back(rosa, claveunica, onward=ADDRESS).location == ADDRESS
    assert send(rosa.get(ADDRESS), correo=NEW).location == "/cuenta/seguridad?hecho=correo"


def test_a_session_that_goes_on_is_not_fresh_again(rosa: Visitor) -> None:
    for _ in range(4):
        clock.advance(sessions.FRESH // 2)
        rosa.get("/portal")
    assert "/claveunica/inicio" in rosa.get(ADDRESS).text


def test_no_field_of_ones_own_making_stands_for_the_sign_in(rosa: Visitor) -> None:
    page = rosa.get(ADDRESS)
    clock.advance(sessions.FRESH + 1)
    assert send(page, correo=NEW, clave_actual="").status == 403
    assert send(page, correo=NEW, clave_actual="x").status == 403


def test_a_password_can_be_made_by_a_letter_and_counts_from_then_on(rosa: Visitor) -> None:
    page = rosa.get("/cuenta/seguridad/clave")
    assert send(page).location == "/clave/enviada"
    token = cast.letters_to(EMAIL)[-1].body.partition("/clave/nueva/")[2].split()[0]
    send(rosa.get(f"/clave/nueva/{token}"), clave=cast.PASSWORD, clave2=cast.PASSWORD)
    assert sign_in(rosa, EMAIL).location == "/portal"
    assert send(rosa.get(ADDRESS), correo=NEW, clave_actual="no es esta").status == 422


def test_the_list_of_sessions_says_which_browser_it_is(rosa: Visitor) -> None:
    assert "Chrome en Android" in rosa.get("/cuenta/seguridad").text


def test_the_letter_that_signs_in_says_it_too(visitor: Visitor, claveunica: ClaveUnica) -> None:
    visitor.headers["User-Agent"] = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
    join(visitor, claveunica)
    assert "Firefox en Linux" in visitor.get("/cuenta/seguridad").text


def test_signing_in_again_leaves_no_session_behind(rosa: Visitor, claveunica: ClaveUnica) -> None:
    before = rosa.cookies["sesion"]
    come_back(rosa, claveunica)
    assert sessions.account_of(before) is None
    assert "Cerrar las demás" not in rosa.get("/cuenta/seguridad").text


@pytest.mark.usefixtures("sqlite_database")
def test_somebody_with_a_password_is_always_asked_for_it() -> None:
    known = cast.account()
    token = sessions.begin(known.id, remember=False).token
    with pytest.raises(email_changes.Invalid):
        email_changes.ask(known, "", NEW, token)
