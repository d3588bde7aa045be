"""A ticket already sent: its page, adding to it, giving it up; to strangers it does not exist."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from core.tickets import desk
from tests.corpus import load
from tests.harness import cast
from tests.harness.page import Page
from tests.intake_web.people import Citizen, folio_of, send, write_ticket

ANSWER = "Tu solicitud está en análisis.\nNo tienes que hacer nada."


@pytest.fixture
def folio(citizen: Citizen) -> str:
    return folio_of(write_ticket(citizen.visitor, "Hola, ¿cómo va?"))


def answer(folio: str) -> None:
    analyst = cast.analyst("Claudia Reyes")
    row = cast.row_of(folio, analyst)
    desk.claim(analyst, row.id)
    desk.note(analyst, row.id, "nota interna", "k1")
    desk.reply(analyst, row.id, cast.row_of(folio, analyst).version, ANSWER, "k2")


def test_the_receipt_says_until_when_and_why(citizen: Citizen, folio: str) -> None:
    page = citizen.visitor.get(f"/ticket/{folio}")
    assert "Recibimos tu ticket" in page.text
    assert "lunes 7 de diciembre" in page.text
    assert "días hábiles" in page.text


def test_the_answer_is_read_on_the_page_and_notes_are_not(citizen: Citizen, folio: str) -> None:
    answer(folio)
    page = citizen.visitor.get(f"/ticket/{folio}")
    assert ANSWER in page.text
    assert "Claudia Reyes" in page.text
    assert "nota interna" not in page.text
    assert "Respondido" in page.text
    assert citizen.visitor.get("/ticket/nuevo").status == 200


def test_information_is_added_once_however_often_it_is_sent(citizen: Citizen, folio: str) -> None:
    page = citizen.visitor.get(f"/ticket/{folio}")
    for _ in range(2):
        assert send(page, texto="Olvidé decir algo.").location == f"/ticket/{folio}#conversacion"
    assert citizen.visitor.get(f"/ticket/{folio}").text.count("Olvidé decir algo.") == 1


def test_nothing_is_no_information(citizen: Citizen, folio: str) -> None:
    page = send(citizen.visitor.get(f"/ticket/{folio}"), texto=" \n ")
    assert page.status == 422
    assert "Escribe lo que quieres agregar" in page.text


def test_after_the_answer_nothing_is_added(citizen: Citizen, folio: str) -> None:
    page = citizen.visitor.get(f"/ticket/{folio}")
    answer(folio)
    page = send(page, texto="Una cosa más")
    assert page.status == 409
    assert "ya fue respondido" in page.text


def test_withdrawing_asks_first_and_frees_the_way(citizen: Citizen, folio: str) -> None:
    page = citizen.visitor.get(f"/ticket/{folio}/desistir")
    assert "no se puede deshacer" in page.text
    assert citizen.visitor.get(f"/ticket/{folio}").status == 200
    assert send(page).location == f"/ticket/{folio}"
    assert "Retirado por ti" in citizen.visitor.get(f"/ticket/{folio}").text
    assert send(page).status == 303
    assert citizen.visitor.get("/ticket/nuevo").status == 200


def test_a_folio_in_another_spelling_leads_to_its_ticket(citizen: Citizen, folio: str) -> None:
    assert citizen.visitor.get(f"/ticket/{folio.lower()}").location == f"/ticket/{folio}"


def same(one: Page, other: Page) -> bool:
    kept = [[(name, value) for name, value in page.headers if name != "Set-Cookie"] for page in (one, other)]
    return (one.status, kept[0], one.text.replace(one.path, "")) == (other.status, kept[1], other.text.replace(other.path, ""))


@pytest.mark.parametrize("rest", ["", "/desistir"])
def test_a_strangers_ticket_is_as_unknown_as_none(make_citizen: Callable[..., Citizen], folio: str, rest: str) -> None:
    other = make_citizen().visitor
    missing = "AM-2026-999999-0"
    theirs, nobodys = other.get(f"/ticket/{folio}{rest}"), other.get(f"/ticket/{missing}{rest}")
    assert theirs.status == 404
    assert same(theirs, nobodys)
    for headers in ({"Range": "bytes=0-5"}, {"If-None-Match": "*"}):
        assert other.get(f"/ticket/{folio}{rest}", headers).status == 404


@pytest.mark.parametrize("verb", ["agregar", "desistir"])
def test_a_strangers_ticket_takes_nothing(make_citizen: Callable[..., Citizen], citizen: Citizen, folio: str, verb: str) -> None:
    other = make_citizen().visitor
    token = other.get("/portal").form("ficha").fields["ficha"]
    fields = {"ficha": token, "texto": "de otra persona", "llave": "k"}
    assert other.post(f"/ticket/{folio}/{verb}", fields).status == 404
    page = citizen.visitor.get(f"/ticket/{folio}")
    assert "de otra persona" not in page.text
    assert "Retirado" not in page.text


@pytest.mark.parametrize(
    "case", [case for case in load("http_cases.jsonl") if case["class"] == "ids (IDOR)"], ids=lambda c: c["id"]
)
def test_no_spelling_reaches_somebody_elses_ticket(
    make_citizen: Callable[..., Citizen], folio: str, case: dict[str, str]
) -> None:
    other = make_citizen()
    own = folio_of(write_ticket(other.visitor, "lo mío"))
    path = case["payload"].replace("{own_ticket}", own).replace("{other_ticket}", folio)
    page = other.visitor.get(f"/ticket/{path}")
    assert page.status in (200, 303, 404)
    assert "¿cómo va?" not in page.text
    assert page.status != 200 or own in page.text
