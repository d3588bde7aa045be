"""The persons of an account: adding a child, and offering a grown-up an account of their own."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from core import clock
from core.people import sessions
from core.people.account_views import Account
from core.tickets.citizens import following
from intake_web.app import Application
from tests.corpus import load
from tests.harness import cast
from tests.harness.page import Page, Visitor, within
from tests.intake_web import markup
from tests.intake_web.people import Citizen, check_ticket, send, sign_in, write_ticket

GUARDIAN = {"relacion": "madre", "responsable": "Rosa Ñamandú"}
NAMES = {"nombres": "Wesley", "primer_apellido": "Louis", "segundo_apellido": ""}
BORN = {"nacimiento_dia": "3", "nacimiento_mes": "4", "nacimiento_anio": "2016", "pais": "ht"}
NEVER_ASKED = ("situacion", "ingreso", "salud", "religion", "escuela", "foto")


def check_child(citizen: Citizen, names: dict[str, str] = NAMES, born: dict[str, str] = BORN) -> Page:
    """Walk through the pages about a child, to the one that shows all answers."""
    page = citizen.visitor.get("/cuenta/personas/nueva").follow()
    page = send(page, **GUARDIAN).follow()
    return send(send(page, **names).follow(), **born).follow()


def add_child(citizen: Citizen, **born: str) -> int:
    """Add a child; the number of the person."""
    page = send(check_child(citizen, born={**BORN, **born}))
    assert page.status == 303
    return int(page.location.partition("agregada=")[2])


def seventeen() -> dict[str, str]:
    return {"nacimiento_dia": "1", "nacimiento_mes": "1", "nacimiento_anio": str(clock.today().year - 17)}


def a_year_later(citizen: Citizen) -> None:
    clock.advance(366 * 24 * 3600)
    citizen.visitor.cookies["sesion"] = sessions.begin(citizen.account.id, remember=False).token


def grown_up(citizen: Citizen) -> int:
    """A child of the account who has come of age."""
    number = add_child(citizen, **seventeen())
    a_year_later(citizen)
    return number


def offer(citizen: Citizen, number: int, email: str) -> str:
    """Offer an account; the path of the link in the letter."""
    page = send(citizen.visitor.get(f"/cuenta/personas/{number}/entregar"), correo=email)
    assert page.status == 303, page.text
    return "/cuenta/entrega/" + cast.letters_to(email)[-1].body.split("/cuenta/entrega/")[1].split()[0]


@pytest.fixture
def stranger(site: Application) -> Visitor:
    return Visitor(within(site))


def test_a_child_is_added_and_says_who_acts(citizen: Citizen) -> None:
    page = send(check_child(citizen)).follow()
    said = markup.words(page)
    assert "Agregamos a Wesley Louis" in said
    assert "Actúa Rosa Ñamandú (Madre)" in said


def test_a_double_click_adds_one_child(citizen: Citizen) -> None:
    page = check_child(citizen)
    send(page)
    assert send(page).location == "/cuenta/personas"
    assert citizen.visitor.get("/cuenta/personas").text.count("Wesley Louis") == 1


def test_what_is_wrong_is_said_at_the_field_and_what_was_typed_stays(citizen: Citizen) -> None:
    page = send(citizen.visitor.get("/cuenta/personas/nueva").follow(), relacion="rey", responsable="Rosa")
    assert page.status == 422
    assert "Hay algo que corregir" in page.text
    assert markup.value_of(page, "responsable") == "Rosa"


def test_somebody_of_age_is_no_child(citizen: Citizen) -> None:
    page = send(send(citizen.visitor.get("/cuenta/personas/nueva").follow(), **GUARDIAN).follow(), **NAMES).follow()
    refused = send(page, **{**BORN, "nacimiento_anio": "1990"})
    assert refused.status == 422
    assert "ya cumplió 18 años" in refused.text


def test_a_page_cannot_be_skipped(citizen: Citizen) -> None:
    for step in ("nombres", "nacimiento", "revisar"):
        assert citizen.visitor.get(f"/cuenta/personas/nueva/{step}").location == "/cuenta/personas/nueva/responsable"
    for step in ("correo", "nada", "quien"):
        assert citizen.visitor.get(f"/cuenta/personas/nueva/{step}").status == 404


def test_one_answer_is_changed_and_the_others_stay(citizen: Citizen) -> None:
    check_child(citizen)
    page = citizen.visitor.get("/cuenta/personas/nueva/nombres?cambiar=si")
    page = send(page, nombres="Wilson")
    assert page.location == "/cuenta/personas/nueva/revisar"
    assert "Wilson Louis" in markup.words(page.follow())


def test_what_was_typed_outlives_the_session(citizen: Citizen) -> None:
    check_child(citizen)
    citizen.visitor.cookies.clear()
    sign_in(citizen.visitor, citizen.account.email)
    assert "Wesley Louis" in markup.words(citizen.visitor.get("/cuenta/personas/nueva/revisar"))


def test_too_many_children_at_once_wait(citizen: Citizen) -> None:
    answers = [send(check_child(citizen, {**NAMES, "nombres": f"Wesley {letter}"})) for letter in "ABCDEFGH"]
    assert answers[-1].status == 429
    assert answers[-1].header("Retry-After")


@pytest.mark.parametrize("file", ["names_accept", "names_reject"])
def test_names_of_every_kind_are_shown_as_text_or_refused_at_the_field(citizen: Citizen, file: str) -> None:
    page = send(citizen.visitor.get("/cuenta/personas/nueva").follow(), **GUARDIAN).follow()
    for case in load(f"{file}.jsonl"):
        name = str(case["value"]).encode("utf-8", "replace").decode()
        answer = send(page, nombres=name, primer_apellido="Louis")
        assert answer.status in (303, 422), case
        shown = answer if answer.status == 422 else citizen.visitor.get("/cuenta/personas/nueva/nombres")
        assert shown.status == 200 or answer.status == 422
        assert "<script" not in shown.text


def test_tickets_of_each_person_are_separate(citizen: Citizen) -> None:
    number = add_child(citizen)
    cast.ticket(citizen.account)
    page = citizen.visitor.get("/portal")
    said = markup.words(page)
    assert "María José Quispe" in said
    assert "Wesley Louis" in said
    assert f'href="/ticket/nuevo?persona={number}"' in page.text
    assert f'href="/ticket/nuevo?persona={citizen.account.persons[0].id}"' not in page.text


def test_a_childs_ticket_never_asks_what_must_not_be_asked(make_citizen: Callable[..., Citizen]) -> None:
    about = {"para_quien": "nna", **GUARDIAN, "nacimiento_anio": "2015"}
    citizen = make_citizen(**about)
    page = citizen.visitor.get("/ticket/nuevo")
    asked = {str(field.get("name")) for field in markup.fields(markup.tree(page))}
    check_ticket(citizen.visitor, "Hola")
    page = citizen.visitor.get("/ticket/nuevo/detalle")
    asked |= {str(field.get("name")) for field in markup.fields(markup.tree(page))}
    assert asked.isdisjoint(NEVER_ASKED)
    assert "No necesitas contarnos la situación migratoria" in page.text


def test_an_account_made_for_a_child_can_also_stand_for_its_adult(make_citizen: Callable[..., Citizen]) -> None:
    citizen = make_citizen(para_quien="nna", **GUARDIAN, nacimiento_anio="2015")
    page = citizen.visitor.get("/cuenta/personas/nueva").follow()
    assert "A mí" in page.text
    page = send(page, para_quien="yo").follow()
    page = send(page, nombres="Rosa", primer_apellido="Ñamandú").follow()
    page = send(page, **{**BORN, "nacimiento_anio": "1985"}).follow()
    assert "Agregamos a Rosa Ñamandú" in markup.words(send(page).follow())
    assert "Hola, Rosa" in markup.words(citizen.visitor.get("/portal"))


def test_from_14_on_one_may_have_an_account_of_ones_own(citizen: Citizen) -> None:
    add_child(citizen, nacimiento_anio=str(clock.today().year - 15))
    assert "Desde los 14 años también puede tener su propia cuenta" in citizen.visitor.get("/cuenta/personas").text


def test_a_child_is_not_handed_over(citizen: Citizen) -> None:
    number = add_child(citizen)
    assert "Entregar su cuenta" not in citizen.visitor.get("/cuenta/personas").text
    page = citizen.visitor.get(f"/cuenta/personas/{number}/entregar")
    assert page.status == 409
    assert "cuando cumpla 18 años" in page.text


def test_a_stranger_hands_nobody_over(make_citizen: Callable[..., Citizen], citizen: Citizen) -> None:
    number = grown_up(citizen)
    other = make_citizen()
    for somebody in (number, citizen.account.persons[0].id, 999999):
        assert other.visitor.get(f"/cuenta/personas/{somebody}/entregar").status == 404
    assert citizen.visitor.get(f"/cuenta/personas/{citizen.account.persons[0].id}/entregar").status == 404


def test_at_18_the_account_is_offered_and_taken_once(citizen: Citizen, stranger: Visitor) -> None:
    number = grown_up(citizen)
    folio = _ticket_of(citizen, number)
    assert "Entregar su cuenta" in citizen.visitor.get("/cuenta/personas").text
    link = offer(citizen, number, "wesley@correo.example")
    assert "wesley@correo.example" in citizen.visitor.get("/cuenta/personas").text
    page = stranger.get(link)
    assert "Wesley Louis, esta es tu cuenta" in markup.words(page)
    assert _account_of(citizen).person(number) is not None  # looking changes nothing
    assert "La cuenta es tuya" in send(page, clave=cast.PASSWORD, clave2=cast.PASSWORD).text
    assert stranger.get(link).status == 409
    assert send(page, clave=cast.PASSWORD, clave2=cast.PASSWORD).status == 409
    sign_in(stranger, "wesley@correo.example")
    portal = stranger.get("/portal")
    assert folio in portal.text
    assert "Bandeja de Entrada (1)" in portal.text
    assert citizen.visitor.get(f"/ticket/{folio}").status == 404
    assert "Wesley" not in citizen.visitor.get("/cuenta/personas").text


def _ticket_of(citizen: Citizen, number: int) -> str:
    start = send(citizen.visitor.get(f"/ticket/nuevo?persona={number}"), tipo="consulta", persona=str(number))
    page = send(start.follow(), materia="rt").follow()
    page = send(send(page, categoria="rt-estado").follow(), tramite_id="123", texto="Hola").follow()
    return send(page).location.rpartition("/")[2]


def _account_of(citizen: Citizen) -> Account:
    account = sessions.account_of(citizen.visitor.cookies["sesion"])
    assert account is not None
    return account


def test_a_wrong_password_keeps_the_link(citizen: Citizen, stranger: Visitor) -> None:
    link = offer(citizen, grown_up(citizen), "wesley@correo.example")
    refused = send(stranger.get(link), clave="corta", clave2="corta")
    assert refused.status == 422
    assert "corta" not in refused.text
    assert send(refused, clave=cast.PASSWORD, clave2="otra distinta").status == 422
    assert stranger.get(link).status == 200


@pytest.mark.parametrize("link", ["x", "x.y.z", "%00", "a" * 400])
def test_a_link_that_is_not_ours_says_so(visitor: Visitor, link: str) -> None:
    assert visitor.get(f"/cuenta/entrega/{link}").status == 404


def test_an_old_link_says_what_to_do(citizen: Citizen, stranger: Visitor) -> None:
    link = offer(citizen, grown_up(citizen), "wesley@correo.example")
    clock.advance(7 * 24 * 3600 + 60)
    page = stranger.get(link)
    assert page.status == 409
    assert "pide a quien te representaba" in page.text


def test_an_address_that_has_an_account_is_not_taken(
    make_citizen: Callable[..., Citizen], citizen: Citizen, stranger: Visitor
) -> None:
    other = make_citizen()
    link = offer(citizen, grown_up(citizen), other.account.email)
    page = send(stranger.get(link), clave=cast.PASSWORD, clave2=cast.PASSWORD)
    assert page.status == 409
    assert "ya tiene una cuenta" in page.text


def test_a_wrong_address_is_refused_at_the_field(citizen: Citizen) -> None:
    page = send(citizen.visitor.get(f"/cuenta/personas/{grown_up(citizen)}/entregar"), correo="nadie")
    assert page.status == 422
    assert markup.value_of(page, "correo") == "nadie"


def test_an_account_that_stands_for_nobody_any_more_still_opens(make_citizen: Callable[..., Citizen], stranger: Visitor) -> None:
    citizen = make_citizen(para_quien="nna", **GUARDIAN, **seventeen())
    a_year_later(citizen)
    link = offer(citizen, citizen.account.persons[0].id, "grande@correo.example")
    send(stranger.get(link), clave=cast.PASSWORD, clave2=cast.PASSWORD)
    assert "ya no representa a nadie" in citizen.visitor.get("/portal").text
    assert citizen.visitor.get("/cuenta/personas").status == 200
    for path in ("/ticket/nuevo", "/tramites/cert-pd/iniciar", "/portal/tramites", "/mis-datos"):
        assert citizen.visitor.get(path).status in (200, 303, 404)
    assert following.tickets_of(_account_of(citizen)) == ()


def test_an_adolescent_signs_up_alone_and_writes(make_citizen: Callable[..., Citizen]) -> None:
    citizen = make_citizen(nacimiento_anio=str(clock.today().year - 16))
    assert write_ticket(citizen.visitor).status == 303


def test_sign_in_and_sign_up_say_who_must_come_in(visitor: Visitor) -> None:
    assert "Debe ingresar y validar la cuenta la persona extranjera que recibirá el beneficio" in visitor.get("/ingreso").text
    page = visitor.get("/cuenta/nueva")
    assert "Quien recibirá el beneficio crea la cuenta, la valida e ingresa con ella" in page.text
    assert "Desde los 14 años puedes hacerlo por tu cuenta" in page.text
