"""Passwords, addresses and sessions in their owner's hands."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from core import clock
from core.people import sessions
from intake_web import evenly
from intake_web.app import Application
from tests.harness.cast import PASSWORD, account, letters_to
from tests.harness.page import Page, Visitor, within
from tests.intake_web.people import Citizen, send, sign_in

NEW = "otras palabras bien largas"
EMAIL = "nueva@correo.example"


def token(address: str, path: str) -> str:
    """The token of the newest link to a path in the letters to an address."""
    found = [letter.body.partition(path)[2].split()[0] for letter in letters_to(address) if path in letter.body]
    return found[-1]


def forget(visitor: Visitor, email: str) -> Page:
    return send(visitor.get("/clave/olvidada"), correo=email)


def test_a_forgotten_password_is_replaced_by_the_letters_link_and_all_sessions_end(site: Application, citizen: Citizen) -> None:
    visitor = Visitor(within(site))
    assert forget(visitor, citizen.account.email).location == "/clave/enviada"
    page = visitor.get("/clave/nueva/" + token(citizen.account.email, "/clave/nueva/"))
    assert send(page, clave=NEW, clave2=NEW).location == "/clave/lista"
    assert citizen.visitor.get("/portal").status == 303
    assert sign_in(visitor, citizen.account.email, PASSWORD).status == 422
    assert sign_in(visitor, citizen.account.email, NEW).location == "/portal"


def test_the_same_words_and_as_many_letters_for_an_address_that_nobody_has(visitor: Visitor, citizen: Citizen) -> None:
    known, unknown = forget(visitor, citizen.account.email), forget(visitor, "nadie@correo.example")
    assert (known.status, known.location) == (unknown.status, unknown.location)
    assert len(letters_to("nadie@correo.example")) == 1


@pytest.mark.parametrize("path", ["/clave/olvidada", "/cuenta/reenviar"])
def test_the_answer_takes_the_same_time_whoever_the_address_belongs_to(
    visitor: Visitor, citizen: Citizen, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    pauses: list[float] = []
    monkeypatch.setattr(evenly, "LEAST", 60)
    monkeypatch.setattr(evenly.time, "sleep", pauses.append)
    for email in (citizen.account.email, "nadie@correo.example"):
        started = time.perf_counter()
        send(visitor.get(path), correo=email)
        assert pauses[-1] + time.perf_counter() - started >= 60


def test_opening_the_link_changes_nothing_and_it_serves_once(visitor: Visitor, citizen: Citizen) -> None:
    forget(visitor, citizen.account.email)
    path = "/clave/nueva/" + token(citizen.account.email, "/clave/nueva/")
    page = visitor.get(path)
    assert visitor.get(path).status == 200
    send(page, clave=NEW, clave2=NEW)
    assert visitor.get(path).status == 409
    assert send(page, clave=NEW + "2", clave2=NEW + "2").status == 409


def test_after_an_hour_the_link_offers_another(visitor: Visitor, citizen: Citizen) -> None:
    forget(visitor, citizen.account.email)
    path = "/clave/nueva/" + token(citizen.account.email, "/clave/nueva/")
    clock.advance(3601)
    page = visitor.get(path)
    assert page.status == 409
    assert 'href="/clave/olvidada"' in page.text


def test_a_link_for_one_thing_is_no_link_for_another(visitor: Visitor, citizen: Citizen) -> None:
    forget(visitor, citizen.account.email)
    stray = token(citizen.account.email, "/clave/nueva/")
    assert visitor.get(f"/cuenta/validar/{stray}").status == 404
    assert visitor.get(f"/cuenta/correo/{stray}").status == 404


def test_a_bad_new_password_is_said_at_its_field_and_the_link_still_serves(visitor: Visitor, citizen: Citizen) -> None:
    forget(visitor, citizen.account.email)
    page = visitor.get("/clave/nueva/" + token(citizen.account.email, "/clave/nueva/"))
    refused = send(page, clave="12345678", clave2="12345678")
    assert refused.status == 422
    assert "12345678" not in refused.text.replace('type="password"', "")
    assert send(refused, clave=NEW, clave2=NEW).status == 303


def test_a_password_may_be_typed_once_in_plain_sight(visitor: Visitor, citizen: Citizen) -> None:
    forget(visitor, citizen.account.email)
    page = visitor.get("/clave/nueva/" + token(citizen.account.email, "/clave/nueva/"))
    assert send(page, clave_visible=NEW).location == "/clave/lista"
    assert sign_in(visitor, citizen.account.email, NEW).status == 303


def test_a_changed_password_ends_the_other_sessions_and_keeps_this_one(citizen: Citizen) -> None:
    other = sessions.begin(citizen.account.id, remember=False).token
    page = citizen.visitor.get("/cuenta/seguridad/clave")
    assert send(page, clave_actual="no es esta", clave=NEW, clave2=NEW).status == 422
    assert send(page, clave_actual=PASSWORD, clave=NEW, clave2=NEW).location == "/cuenta/seguridad?hecho=clave"
    assert citizen.visitor.get("/portal").status == 200
    assert sessions.account_of(other) is None


@pytest.mark.parametrize("first", ["old", "new"])
def test_an_address_changes_when_both_letters_are_confirmed(site: Application, citizen: Citizen, first: str) -> None:
    old = citizen.account.email
    send(citizen.visitor.get("/cuenta/seguridad/correo"), correo=EMAIL, clave_actual=PASSWORD)
    assert EMAIL in citizen.visitor.get("/cuenta/seguridad").text
    visitor = Visitor(within(site))
    order = [old, EMAIL] if first == "old" else [EMAIL, old]
    pages = [send(visitor.get("/cuenta/correo/" + token(address, "/cuenta/correo/"))) for address in order]
    assert ["Falta tu" in page.text for page in pages] == [True, False]
    assert sign_in(visitor, old).status == 422
    assert sign_in(visitor, EMAIL).status == 303


def test_a_link_to_a_new_password_dies_with_the_address_it_was_sent_to(site: Application, citizen: Citizen) -> None:
    visitor = Visitor(within(site))
    forget(visitor, citizen.account.email)
    path = "/clave/nueva/" + token(citizen.account.email, "/clave/nueva/")
    send(citizen.visitor.get("/cuenta/seguridad/correo"), correo=EMAIL, clave_actual=PASSWORD)
    for address in (citizen.account.email, EMAIL):
        send(visitor.get("/cuenta/correo/" + token(address, "/cuenta/correo/")))
    assert visitor.get(path).status == 409


def test_somebody_elses_address_is_neither_taken_nor_told(citizen: Citizen, make_citizen: Callable[..., Citizen]) -> None:
    other = make_citizen(correo="otra@correo.example")
    page = send(citizen.visitor.get("/cuenta/seguridad/correo"), correo=other.account.email, clave_actual=PASSWORD)
    assert page.location == "/cuenta/seguridad?hecho=correo"
    assert "/cuenta/correo/" not in letters_to(other.account.email)[-1].body


def test_one_sees_where_one_is_signed_in_and_closes_the_rest(citizen: Citizen) -> None:
    sessions.begin(citizen.account.id, remember=False, device="Chrome en Android")
    page = citizen.visitor.get("/cuenta/seguridad")
    assert "Chrome en Android" in page.text
    page.send("ficha")
    for form in page.forms:
        if form.action.endswith("/sesiones"):
            citizen.visitor.post(form.action, form.fields)
    assert "Chrome en Android" not in citizen.visitor.get("/cuenta/seguridad").text


def test_signing_in_says_which_browser_it_is(site: Application) -> None:
    somebody = account()
    agent = "Mozilla/5.0 (Linux; Android 13; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36"
    visitor = Visitor(within(site), {"User-Agent": agent})
    sign_in(visitor, somebody.email)
    assert "Chrome en Android" in visitor.get("/cuenta/seguridad").text


def test_a_remembered_session_gets_a_new_token_and_its_copy_ends_everything(site: Application) -> None:
    somebody = account()
    owner = Visitor(within(site))
    sign_in(owner, somebody.email, recordarme="si")
    thief = Visitor(within(site))
    thief.cookies.update(owner.cookies)
    clock.advance(2 * 3600)
    before = owner.cookies["sesion"]
    assert owner.get("/portal").status == 200
    assert owner.cookies["sesion"] != before
    assert owner.get("/portal").status == 200, "the new token has arrived"
    clock.advance(1800)
    assert "aviso=copia" in thief.get("/portal").location
    assert owner.get("/portal").status == 303
    assert "/clave/olvidada" in letters_to(somebody.email)[-1].body


def test_a_session_brought_along_before_signing_in_is_not_the_one_that_counts(site: Application) -> None:
    somebody = account()
    visitor = Visitor(within(site))
    visitor.cookies["sesion"] = "f" * 43
    sign_in(visitor, somebody.email)
    assert visitor.cookies["sesion"] != "f" * 43


@pytest.mark.parametrize("path", ["/cuenta/seguridad", "/cuenta/seguridad/clave", "/cuenta/seguridad/correo"])
def test_strangers_sign_in_first(visitor: Visitor, path: str) -> None:
    assert visitor.get(path).location.startswith("/ingreso")
