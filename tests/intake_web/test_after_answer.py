"""After the answer: a second ticket, an hour, an end; and a grade by the letter's link."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from core import clock
from core.people import sessions
from core.tickets import desk
from core.tickets.citizens import following
from intake_web.app import Application
from tests.harness import cast
from tests.harness.page import Page, Visitor, within
from tests.intake_web import markup
from tests.intake_web.people import Citizen, folio_of, send, sign_in

DAY = 24 * 3600
HOSTILE = 'Nadie llamó <script>alert(1)</script> [/] {{ 7*7 }} "><img src=x>'


def answer(citizen: Citizen, **changed: str) -> str:
    """The folio of a ticket that has its answer."""
    analyst, folio = cast.analyst(), cast.ticket(citizen.account, **changed)
    row = cast.row_of(folio, analyst)
    desk.reply(analyst, row.id, row.version, "Sí, puedes.", f"answer {folio}")
    return folio


def link(citizen: Citizen, words: str) -> str:
    """The path behind some words in the last letter."""
    found = re.search(rf"{words}: http://[^/]+(/\S+)", cast.letters_to(citizen.account.email)[-1].body)
    assert found is not None
    return found[1]


def form_to(page: Page, path: str) -> dict[str, str]:
    return next(form for form in page.forms if form.action.endswith(path)).fields


def test_the_answered_ticket_leads_to_a_second_one_that_is_tied_to_it(citizen: Citizen) -> None:
    first = answer(citizen)
    page = citizen.visitor.get(f"/ticket/{first}")
    assert f'href="/ticket/{first}/segundo"' in page.text
    assert f'href="/hora/nueva?ticket={first}"' in page.text
    page = citizen.visitor.get(f"/ticket/{first}/segundo")
    assert "Sí, puedes." in page.text
    wrong = send(page, texto="\u200b")
    assert (wrong.status, "Cuéntanos qué le faltó" in wrong.text) == (422, True)
    sent = [send(page, texto=HOSTILE).location for _ in range(2)]
    assert len(set(sent)) == 1
    folio = folio_of(citizen.visitor.get(sent[0]))
    assert f'href="/ticket/{first}"' in citizen.visitor.get(sent[0]).text
    assert "<script>alert" not in citizen.visitor.get(sent[0]).text
    assert f'href="/ticket/{folio}"' in citizen.visitor.get(f"/ticket/{first}").text
    assert citizen.visitor.get(f"/ticket/{first}/segundo").location == f"/ticket/{folio}"


def test_whoever_has_another_ticket_open_is_told_kindly_and_keeps_the_text(citizen: Citizen) -> None:
    first = answer(citizen)
    page = citizen.visitor.get(f"/ticket/{first}/segundo")
    present = cast.ticket(citizen.account)
    asked = citizen.visitor.get(f"/ticket/{first}/segundo")
    assert (asked.status, present in asked.text) == (409, True)
    sent = send(page, texto="No me dijeron la fecha")
    assert (sent.status, present in sent.text, "No me dijeron la fecha" in sent.text) == (409, True, True)


def test_an_unanswered_ticket_and_a_strangers_have_no_second_one(citizen: Citizen, make_citizen: Callable[..., Citizen]) -> None:
    unanswered = cast.ticket(citizen.account)
    assert citizen.visitor.get(f"/ticket/{unanswered}/segundo").location == f"/ticket/{unanswered}"
    stranger, first = make_citizen(), answer(make_citizen())
    for path in ("segundo", "hora"):
        assert stranger.visitor.get(f"/ticket/{first}/{path}").status == 404
    fields = {"ficha": form_to(stranger.visitor.get("/ticket/nuevo"), "/ticket/nuevo")["ficha"], "texto": "Hola"}
    for path in ("segundo", "basta"):
        assert stranger.visitor.post(f"/ticket/{first}/{path}", fields).status == 404


def test_with_this_it_is_enough(citizen: Citizen) -> None:
    first = answer(citizen)
    fields = form_to(citizen.visitor.get(f"/ticket/{first}"), "/basta")
    for _ in range(2):
        assert citizen.visitor.post(f"/ticket/{first}/basta", fields).location == f"/ticket/{first}"
    assert following.ticket_of(citizen.account, first).state == "cerrado"
    page = citizen.visitor.get(f"/ticket/{first}")
    assert "Con esto basta" not in page.text
    assert f'href="/ticket/{first}/segundo"' in page.text


@pytest.mark.parametrize(("words", "ending"), [("La respuesta no fue suficiente", "/segundo"), ("Solicitar una hora.*", "/hora")])
def test_the_letters_links_survive_signing_in(citizen: Citizen, site: Application, words: str, ending: str) -> None:
    first = answer(citizen)
    visitor = Visitor(within(site))
    asked = visitor.get(link(citizen, words))
    assert asked.location == f"/ingreso?siguiente=/ticket/{first}{ending}"
    visitor.get(asked.location)
    onward = sign_in(visitor, citizen.account.email, siguiente=f"/ticket/{first}{ending}").follow()
    assert onward.status == 200
    assert first in onward.text or ending == "/hora"


def test_a_grade_is_given_once_without_signing_in(citizen: Citizen, visitor: Visitor) -> None:
    answer(citizen)
    path = link(citizen, "Poner una nota")
    page = visitor.get(path)
    assert (page.status, page.header("Cache-Control")) == (200, "no-store")
    assert visitor.get(path).forms
    wrong = send(page, nota="", comentario=HOSTILE)
    assert (wrong.status, "Elige una nota de 1 a 7." in wrong.text) == (422, True)
    assert markup.value_of(wrong, "comentario") == HOSTILE
    assert "<script>alert" not in wrong.text
    for grade in ("6", "1"):
        thanked = send(page, nota=grade, comentario=HOSTILE).follow()
        assert (thanked.status, "Gracias por tu nota" in thanked.text) == (200, True)
    assert "Gracias por tu nota" in visitor.get(path).text


def test_a_link_that_is_over_or_broken_says_so(citizen: Citizen, visitor: Visitor) -> None:
    answer(citizen)
    path = link(citizen, "Poner una nota")
    page = visitor.get(path)
    assert visitor.get(f"{path[:-3]}xyz").status == 404
    clock.advance(31 * DAY)
    assert visitor.get(path).status == 410
    late = send(page, nota="6")
    assert (late.status, "ya no sirve" in late.text) == (410, True)


def test_people_read_all_of_it_in_their_language(make_citizen: Callable[..., Citizen]) -> None:
    citizen = make_citizen()
    first = answer(citizen)
    for language, words, grade in (
        ("en", "This is enough", "Excellent"),
        ("ht", "Sa ase pou mwen", "Ekselan"),
        ("pt", "Isso é", "Muito boa"),
    ):
        citizen.visitor.cookies["idioma"] = language
        assert words in citizen.visitor.get(f"/ticket/{first}").text
        assert grade in citizen.visitor.get(link(citizen, "Poner una nota")).text
    assert sessions.account_of(citizen.visitor.cookies["sesion"]) is not None
