"""Signing up on the web: nothing typed is lost, nothing tells who has an account, the button proves the address."""

from __future__ import annotations

import pytest

from core import clock
from intake_web.app import Application
from tests.corpus import load
from tests.harness import life
from tests.harness.cast import account, letters_to, validation_token
from tests.harness.page import Page, Visitor, within
from tests.intake_web.people import BORN, NAMES, PASSWORD, send, sign_in, sign_up

EMAIL = "rosa@correo.example"


def to_names(visitor: Visitor) -> Page:
    return send(visitor.get("/cuenta/nueva"), para_quien="yo").follow()


def to_check(visitor: Visitor) -> Page:
    page = send(to_names(visitor), **NAMES).follow()
    page = send(page, **BORN).follow()
    page = send(page, correo=EMAIL, correo2=EMAIL).follow()
    clock.advance(30)  # a person takes that long
    return page


def test_a_wrong_answer_stays_with_a_sentence_at_its_field(visitor: Visitor) -> None:
    page = send(to_names(visitor), nombres="Ñusta <b>", primer_apellido="")
    assert page.status == 422
    assert page.form("nombres").fields["nombres"] == "Ñusta <b>"
    assert 'href="#nombres"' in page.text
    assert 'id="primer_apellido-error"' in page.text
    assert "<title>Error:" in page.text


def test_a_later_page_waits_for_the_earlier_ones(visitor: Visitor) -> None:
    assert visitor.get("/cuenta/nueva/revisar").location == "/cuenta/nueva"
    to_names(visitor)
    assert visitor.get("/cuenta/nueva/revisar").location == "/cuenta/nueva/nombres"
    assert visitor.get("/cuenta/nueva/nada").status == 404


def test_what_was_typed_is_there_after_coming_back(visitor: Visitor) -> None:
    send(to_names(visitor), **NAMES)
    assert visitor.get("/cuenta/nueva/nombres").form("nombres").fields["nombres"] == NAMES["nombres"]


def test_a_changed_answer_leads_back_to_the_check(visitor: Visitor) -> None:
    to_check(visitor)
    page = send(visitor.get("/cuenta/nueva/nombres?cambiar=si"), **{**NAMES, "nombres": "Rosa"})
    assert page.location == "/cuenta/nueva/revisar"
    assert "Rosa Quispe" in page.follow().text


def test_a_password_is_never_sent_back_nor_kept(visitor: Visitor) -> None:
    page = send(to_check(visitor), clave="corta", clave2="corta")
    assert page.status == 422
    assert "corta" not in page.text
    assert "corta" not in visitor.get("/cuenta/nueva/revisar").text
    page = send(page, clave=PASSWORD, clave2="otra")
    assert page.status == 422
    assert PASSWORD not in page.text


def test_a_child_has_somebody_who_acts(visitor: Visitor) -> None:
    page = send(visitor.get("/cuenta/nueva"), para_quien="nna").follow()
    assert send(page, relacion="", responsable="").status == 422
    page = send(page, relacion="madre", responsable="Ana Pérez").follow()
    page = send(page, **NAMES).follow()
    page = send(page, **{**BORN, "nacimiento_anio": "2015"}).follow()
    page = send(page, correo=EMAIL, correo2=EMAIL).follow()
    assert "Ana Pérez (Madre)" in page.text
    send(page, clave=PASSWORD, clave2=PASSWORD).follow()
    page = send(visitor.get(f"/cuenta/validar/{validation_token(EMAIL)}")).follow()
    assert "María José Quispe" in page.text


def test_a_single_name_needs_no_surname(visitor: Visitor) -> None:
    page = send(to_names(visitor), nombres="Suharto", primer_apellido="", segundo_apellido="", un_nombre="si")
    assert page.location == "/cuenta/nueva/nacimiento"


@pytest.mark.parametrize("known", [True, False])
def test_the_answer_does_not_tell_whether_an_address_is_known(visitor: Visitor, known: bool) -> None:
    if known:
        account(email=EMAIL)
    page = sign_up(visitor, EMAIL)
    assert page.path == "/cuenta/creada"
    assert f"Enviamos una carta a <strong>{EMAIL}</strong>" in page.text


def test_fields_that_nobody_asked_for_are_no_columns(site: Application) -> None:
    """Everything that a form of ours does not have: other systems' columns, and our own."""
    extra = dict(case["value"].split("=", 1) for case in load("http_cases.jsonl") if case["class"] == "mass-assignment")
    ours = {
        "verified_at": "1",
        "run": "1",
        "account_id": "1",
        "is_holder": "0",
        "blocked_at": "1",
        "id": "77",
        "relacion": "madre",
    }
    for number, more in enumerate(({}, {**extra, **ours})):
        page = send(Visitor(within(site)).get("/cuenta/nueva"), para_quien="yo", **more).follow()
        page = send(page, **NAMES, **more).follow()
        page = send(page, **BORN, **more).follow()
        address = f"persona{number}@correo.example"
        page = send(page, correo=address, correo2=address, **more).follow()
        clock.advance(30)
        assert send(page, clave=PASSWORD, clave2=PASSWORD, **more).location == "/cuenta/creada"
    plain, stuffed = life.rows()["account"]
    assert [name for name in plain if plain[name] != stuffed[name]] == ["id", "email", "password_hash", "created_at"]
    plain, stuffed = life.rows()["person"]
    assert [name for name in plain if plain[name] != stuffed[name]] == ["id", "account_id", "created_at"]


def test_a_button_pressed_twice_makes_one_account_and_one_letter(visitor: Visitor) -> None:
    page = to_check(visitor)
    answers = [send(page, clave=PASSWORD, clave2=PASSWORD).location for _ in range(2)]
    assert answers == ["/cuenta/creada", "/cuenta/creada"]
    assert len(letters_to(EMAIL)) == 1


def test_the_button_of_the_letter_names_the_person_whose_account_it_is(visitor: Visitor) -> None:
    """Somebody may have signed up with an address that is not theirs."""
    sign_up(visitor, EMAIL)
    page = visitor.get(f"/cuenta/validar/{validation_token(EMAIL)}")
    assert "María José Quispe" in page.text


def test_the_letter_opened_in_the_same_browser_signs_in(visitor: Visitor) -> None:
    sign_up(visitor, EMAIL)
    page = send(visitor.get(f"/cuenta/validar/{validation_token(EMAIL)}")).follow()
    assert page.path.startswith("/portal")
    assert "Su cuenta ha sido correctamente verificada." in page.text


def test_looking_at_a_link_does_not_use_it_up(site: Application, visitor: Visitor) -> None:
    sign_up(visitor, EMAIL)
    link = f"/cuenta/validar/{validation_token(EMAIL)}"
    scanner = Visitor(within(site))
    assert scanner.get(link).status == 200
    assert scanner.ask("HEAD", link, {}, b"").status == 200
    assert send(visitor.get(link)).status == 303


@pytest.mark.parametrize("late", [0, 25 * 3600])
def test_a_link_works_once_and_for_a_day(site: Application, visitor: Visitor, late: int) -> None:
    sign_up(visitor, EMAIL)
    link = f"/cuenta/validar/{validation_token(EMAIL)}"
    page = visitor.get(link)
    if late:
        clock.advance(late)
    else:
        send(page)
    for again in (visitor.get(link), send(page)):
        assert again.status in (409, 422)
        assert "sirve" in again.text or "Enviar otra vez" in again.text
    assert Visitor(within(site)).get(link).status == 409


def test_a_made_up_link_is_not_recognised(visitor: Visitor) -> None:
    page = visitor.get("/cuenta/validar/abc.def.ghi")
    assert page.status == 404
    assert "Enviar otro enlace" in page.text


def test_another_letter_comes_when_one_is_lost(visitor: Visitor) -> None:
    sign_up(visitor, EMAIL)
    page = visitor.get("/cuenta/reenviar")
    assert page.form("correo").fields["correo"] == EMAIL
    assert send(page).location == "/cuenta/creada"
    assert len(letters_to(EMAIL)) == 2
    assert send(visitor.get("/cuenta/reenviar"), correo="nadie@correo.example").location == "/cuenta/creada"
    assert letters_to("nadie@correo.example") == []


def test_too_many_letters_are_refused_with_a_time_to_wait(visitor: Visitor) -> None:
    sign_up(visitor, EMAIL)
    pages = [send(visitor.get("/cuenta/reenviar"), correo=EMAIL) for _ in range(6)]
    assert pages[-1].status == 429
    assert int(pages[-1].header("Retry-After")) > 0
    assert pages[-1].form("correo").fields["correo"] == EMAIL


def test_an_account_without_proof_does_not_open(visitor: Visitor) -> None:
    sign_up(visitor, EMAIL)
    page = sign_in(visitor, EMAIL)
    assert page.status == 422
    assert "/cuenta/reenviar" in page.text
