"""Signing out, and what the site is without ClaveÚnica."""

from __future__ import annotations

from urllib.parse import urlencode

from core.people import claveunica as service
from tests.harness.claveunica import ClaveUnica
from tests.harness.page import Visitor
from tests.intake_web.claveunica.walks import begin, join
from tests.intake_web.people import Citizen, send
from tests.rules.test_imports import loaded_by


def test_whoever_came_through_claveunica_leaves_through_it(visitor: Visitor, claveunica: ClaveUnica) -> None:
    join(visitor, claveunica)
    kept = dict(visitor.cookies)
    page = visitor.get("/portal")
    goodbye = page.visitor.post("/salir", page.form("ficha").fields).location
    assert goodbye.startswith(f"{claveunica.url}/api/v1/accounts/app/logout?redirect=")
    there = claveunica.visitor().get(goodbye)
    assert there.status == 302
    assert there.location == "http://127.0.0.1:8000/claveunica/salir"
    assert "Tu sesión está cerrada" in visitor.get("/claveunica/salir").text
    visitor.cookies.update(kept)
    assert visitor.get("/portal").status == 303, "the session is over, not only the cookie"


def test_signing_out_there_ends_its_session(visitor: Visitor, claveunica: ClaveUnica) -> None:
    browser = claveunica.visitor()
    visitor.get(claveunica.sign_in(begin(visitor), browser=browser))
    assert browser.get(begin(visitor)).status == 302, "still signed in there"
    assert (
        browser.get(f"/api/v1/accounts/app/logout?{urlencode({'redirect': 'http://127.0.0.1:8000/claveunica/salir'})}").status
        == 302
    )
    assert browser.get(begin(visitor)).status == 200, "asked again"


def test_the_sign_out_page_has_a_button_for_whoever_is_signed_in(visitor: Visitor, claveunica: ClaveUnica) -> None:
    join(visitor, claveunica)
    page = visitor.get("/claveunica/salir")
    assert visitor.get("/portal").status == 200, "a look signs nobody out"
    assert send(page).location.startswith(claveunica.url)
    assert visitor.get("/portal").status == 303


def test_a_sign_out_that_fails_there_is_done_here(visitor: Visitor, claveunica: ClaveUnica) -> None:
    join(visitor, claveunica)
    service._health[claveunica.url] = (False, float("inf"))
    page = send(visitor.get("/claveunica/salir"))
    assert page.location == "/claveunica/salir?aviso=sin-respuesta"
    assert "ClaveÚnica no respondió" in page.follow().text
    assert visitor.get("/portal").status == 303


def test_people_with_a_password_leave_as_they_always_did(citizen: Citizen, claveunica: ClaveUnica) -> None:
    page = citizen.visitor.get("/portal")
    assert page.visitor.post("/salir", page.form("ficha").fields).location == "/"


def test_forms_may_lead_to_claveunica_and_to_nobody_else(visitor: Visitor, claveunica: ClaveUnica) -> None:
    policy = visitor.get("/ingreso").header("Content-Security-Policy")
    assert f"form-action 'self' {claveunica.url}" in policy.split("; ")


def test_the_site_starts_without_openid() -> None:
    assert loaded_by("intake_web.app") & {"authlib", "requests", "cryptography"} == set()
