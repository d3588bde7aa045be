"""Coming in, staying, going out, and going on where one was."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from core import clock
from intake_web.app import Application
from tests.corpus import load
from tests.harness.cast import PASSWORD, account
from tests.harness.page import Visitor, within
from tests.harness.wants import sweep
from tests.intake_web.people import Citizen, send, sign_in


@pytest.fixture
def email(site: Application) -> str:
    return account().email


def session_cookie(page_headers: list[tuple[str, str]]) -> str:
    return next(value for name, value in page_headers if name == "Set-Cookie" and value.startswith("sesion="))


def test_the_right_password_opens_the_portal(visitor: Visitor, email: str) -> None:
    assert sign_in(visitor, email.upper()).location == "/portal"
    assert visitor.get("/portal").status == 200


def test_remembering_lasts_thirty_days_and_not_remembering_until_the_browser_closes(visitor: Visitor, email: str) -> None:
    assert "Max-Age" not in session_cookie(sign_in(visitor, email).headers)
    other = Visitor(visitor.transport)
    assert "Max-Age=2592000" in session_cookie(sign_in(other, email, recordarme="si").headers)


@pytest.mark.parametrize("known", [True, False])
def test_a_wrong_password_and_an_unknown_address_get_the_same_words(visitor: Visitor, email: str, known: bool) -> None:
    page = sign_in(visitor, email if known else "nadie@correo.example", "no es esta")
    assert page.status == 422
    assert "El correo o la contraseña no coinciden" in page.text
    assert "no es esta" not in page.text


def test_guessing_is_slowed_down_and_ends(visitor: Visitor, email: str) -> None:
    statuses = [sign_in(visitor, email, f"intento {number}").status for number in range(12)]
    assert statuses[-1] == 429
    clock.advance(3600)
    assert sign_in(visitor, email).status == 303


def test_forged_forwarding_headers_do_not_fill_the_allowance_again(site: Application, email: str) -> None:
    statuses = []
    for number in range(12):
        liar = Visitor(within(site), {"X-Forwarded-For": f"10.0.0.{number}", "X-Real-IP": f"10.0.0.{number}"})
        statuses.append(sign_in(liar, email, "no").status)
    assert statuses[-1] == 429


def test_signing_out_ends_the_session_and_not_only_the_cookie(citizen: Citizen) -> None:
    kept = dict(citizen.visitor.cookies)
    page = citizen.visitor.get("/portal")
    assert send(page).location == "/"  # the only form of the portal
    assert citizen.visitor.get("/portal").status == 303
    citizen.visitor.cookies.update(kept)
    assert citizen.visitor.get("/portal").status == 303


def test_signing_in_changes_the_visitors_mark(visitor: Visitor, email: str) -> None:
    visitor.get("/ingreso")
    before = visitor.cookies["visita"]
    sign_in(visitor, email)
    assert visitor.cookies["visita"] != before


@pytest.mark.parametrize("path", ["/ticket/nuevo", "/ticket/AM-2026-000001-R", "/portal"])
def test_after_signing_in_one_is_where_one_wanted_to_be(visitor: Visitor, email: str, path: str) -> None:
    page = visitor.get(path).follow()
    assert send(page, correo=email, clave=PASSWORD).location == path


@pytest.mark.parametrize(
    "case", sweep([case for case in load("http_cases.jsonl") if case.get("param") == "next"], 16), ids=lambda c: c["id"]
)
@pytest.mark.parametrize("name", ["siguiente", "next"])
def test_no_address_leads_away_from_the_site(visitor: Visitor, email: str, case: dict[str, str], name: str) -> None:
    page = sign_in(visitor, email, **{name: case["payload"]})
    assert page.location == "/portal"


def test_what_was_being_sent_is_shown_to_nobody_else_who_signs_in_there(make_citizen: Callable[..., Citizen]) -> None:
    """A computer that many people use."""
    owner, other = make_citizen(), make_citizen()
    page = owner.visitor.get("/mis-datos/pedir")
    clock.advance(13 * 3600)
    send(page, derecho="acceso", texto="Solo para mí")
    sign_in(owner.visitor, other.account.email)
    assert owner.visitor.get("/seguir").location == "/portal"
    sign_in(other.visitor, owner.account.email)
    assert other.visitor.get("/seguir").form("texto").fields["texto"] == "Solo para mí"


def test_a_password_that_was_being_sent_is_asked_for_again(citizen: Citizen) -> None:
    page = citizen.visitor.get("/cuenta/seguridad/clave")
    clock.advance(13 * 3600)
    page = send(page, clave_actual=PASSWORD, clave="otras palabras largas", clave2="otras palabras largas")
    assert page.location == "/ingreso?siguiente=/cuenta/seguridad/clave"
    assert "Guardamos" not in page.follow().text
    assert send(page.follow(), correo=citizen.account.email, clave=PASSWORD).location == "/cuenta/seguridad/clave"


def test_what_was_being_sent_when_the_session_ended_is_not_lost(make_citizen: Callable[..., Citizen]) -> None:
    citizen = make_citizen()
    visitor = citizen.visitor
    page = send(visitor.get("/ticket/nuevo"), tipo="consulta").follow()
    page = send(page, materia="ot").follow()
    page = send(page, categoria="ot-otro").follow()
    clock.advance(13 * 3600)
    page = send(page, texto="Lo escribí\nen dos líneas").follow()
    assert page.path.startswith("/ingreso?siguiente=/seguir")
    assert "Guardamos lo que estabas enviando" in page.text
    page = send(page, correo=citizen.account.email, clave="otra cosa")
    assert "Guardamos lo que estabas enviando" in page.text
    page = send(page, correo=citizen.account.email, clave=PASSWORD).follow()
    assert page.form("texto").fields["texto"] == "Lo escribí\nen dos líneas"
    assert send(page).location == "/ticket/nuevo/revisar"
