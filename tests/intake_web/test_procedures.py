"""Procedures in the portal: what is known of each, beginning one, and how one's own stand."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

import pytest

from core.people import children
from core.people.account_views import Person
from core.tickets.citizens import drafts
from core.tramites import history, starting
from core.tramites.views import Procedure
from tests.corpus import load
from tests.harness import cast
from tests.intake_web import markup
from tests.intake_web.people import Citizen, send

CHILD = {
    "relacion": "madre",
    "responsable": "Rosa Ñamandú",
    "nombres": "Wesley",
    "primer_apellido": "Louis",
    "nacimiento_dia": "3",
    "nacimiento_mes": "4",
    "nacimiento_anio": "2016",
    "pais": "ht",
}


def bring(email: str, number: str = "12345678", state: str = "En análisis", kind: str = "Residencia temporal") -> None:
    history.import_rows([{"id": number, "tipo": kind, "estado": state, "correo": email, "creado": "2026-03-12"}])


def begin(citizen: Citizen, code: str = "cert-pd", **more: str) -> str:
    """Begin a procedure; the address of the page that shows its ID."""
    page = send(citizen.visitor.get(f"/tramites/{code}/iniciar"), **more)
    assert page.status == 303
    return page.location


def with_child(citizen: Citizen) -> Person:
    return children.add(citizen.account, CHILD)


@pytest.mark.parametrize("procedure", starting.procedures(), ids=lambda each: each.id)
def test_every_procedure_has_a_page_that_says_what_is_not_verified(citizen: Citizen, procedure: Procedure) -> None:
    page = citizen.visitor.get(f"/tramites/{procedure.id}")
    assert page.status == 200
    assert procedure.name in markup.words(page)
    assert procedure.answered_here or "Por verificar" in page.text
    assert f'href="/tramites/{procedure.id}"' in citizen.visitor.get("/tramites").text


@pytest.mark.parametrize("code", ["nada", "a" * 40, "cert-pdx"])
def test_a_procedure_that_does_not_exist_is_not_found(citizen: Citizen, code: str) -> None:
    for path in (f"/tramites/{code}", f"/tramites/{code}/iniciar"):
        assert citizen.visitor.get(path).status == 404


def test_a_procedure_that_is_begun_shows_its_id_and_sends_it(citizen: Citizen) -> None:
    page = citizen.visitor.get(begin(citizen))
    (known,) = history.tramites_of(citizen.account.email)
    assert "Tu trámite quedó registrado" in page.text
    assert known.id in markup.words(page)
    assert known.id in cast.letters_to(citizen.account.email)[-1].body
    assert "Historial de Trámites (1)" in citizen.visitor.get("/portal").text


def test_a_double_click_begins_one(citizen: Citizen) -> None:
    page = citizen.visitor.get("/tramites/cert-pd/iniciar")
    assert send(page).location == send(page).location
    assert len(history.tramites_of(citizen.account.email)) == 1


def test_who_begins_without_end_is_asked_to_wait(citizen: Citizen) -> None:
    answers = [send(citizen.visitor.get("/tramites/cert-pd/iniciar")) for _ in range(12)]
    assert answers[-1].status == 429
    assert answers[-1].header("Retry-After")


def test_with_several_persons_it_asks_for_whom(citizen: Citizen) -> None:
    child = with_child(citizen)
    page = citizen.visitor.get("/tramites/cert-pd/iniciar")
    refused = send(page)
    assert refused.status == 422
    assert "Elige para quién es el trámite." in refused.text
    shown = citizen.visitor.get(send(refused, persona=str(child.id)).location)
    assert "Wesley Louis" in markup.words(shown)
    assert send(page, persona="999999").status == 404
    assert send(page, persona="x").status == 404


def test_the_consultation_shows_ones_own_at_once_and_is_never_begun(
    make_citizen: Callable[..., Citizen], citizen: Citizen
) -> None:
    bring(citizen.account.email, state="Pago de derechos")
    bring(make_citizen().account.email, "999")
    page = citizen.visitor.get("/tramites/consulta-beneficios")
    assert "Pago de derechos" in page.text
    assert "Tienes 60 días desde el aviso" in page.text
    assert "999" not in markup.words(page)
    assert citizen.visitor.get("/tramites/consulta-beneficios/iniciar").location == "/tramites/consulta-beneficios"


def test_a_state_that_nobody_knows_is_shown_as_it_is(citizen: Citizen) -> None:
    bring(citizen.account.email, state="Fase Ñ-7")
    page = citizen.visitor.get("/portal/tramite?id=12345678")
    assert "Fase Ñ-7" in page.text
    assert "Así lo anotó el servicio" in page.text


def test_the_stage_is_marked_among_all_stages(citizen: Citizen) -> None:
    bring(citizen.account.email)
    page = citizen.visitor.get("/portal/tramite?id=12.345.678")
    assert page.text.count('aria-current="step"') == 1
    assert "Análisis complementario" in page.text


def test_a_strangers_trámite_is_as_unknown_as_none(make_citizen: Callable[..., Citizen], citizen: Citizen) -> None:
    bring(make_citizen().account.email, "999")
    bring(citizen.account.email)
    assert citizen.visitor.get("/portal/tramite?id=999").status == 404
    assert citizen.visitor.get("/portal/tramite?id=998").status == 404
    page = citizen.visitor.get("/portal/tramite?id=12345678")
    assert send(page, id="999").status == 404
    assert drafts.read(citizen.account.persons[0].id) is None


def test_without_an_id_all_are_shown(citizen: Citizen) -> None:
    assert citizen.visitor.get("/portal/tramite").location == "/portal/tramites"


def test_a_ticket_about_a_trámite_has_its_id_filled_in(citizen: Citizen) -> None:
    bring(citizen.account.email)
    page = send(citizen.visitor.get("/portal/tramite?id=12345678")).follow()
    page = send(page, tipo="consulta").follow()
    page = send(send(page, materia="rt").follow(), categoria="rt-estado").follow()
    assert markup.value_of(page, "tramite_id") == "12345678"


def test_with_a_ticket_open_no_other_is_begun_about_a_trámite(citizen: Citizen) -> None:
    bring(citizen.account.email)
    folio = cast.ticket(citizen.account)
    page = send(citizen.visitor.get("/portal/tramite?id=12345678"))
    assert page.status == 409
    assert folio in page.text


def test_a_ticket_about_a_childs_trámite_is_the_childs(citizen: Citizen) -> None:
    child = with_child(citizen)
    page = citizen.visitor.get(begin(citizen, persona=str(child.id)))
    assert send(page).location == f"/ticket/nuevo?persona={child.id}"
    written = drafts.read(child.id)
    assert written is not None
    assert written.fields["tramite_id"] == history.tramites_of(citizen.account.email)[0].id


def test_about_a_trámite_of_nobody_known_it_asks_for_whom(citizen: Citizen) -> None:
    child = with_child(citizen)
    bring(citizen.account.email)
    page = citizen.visitor.get("/portal/tramite?id=12345678")
    assert send(page).status == 422
    assert send(page, persona=str(child.id)).location == f"/ticket/nuevo?persona={child.id}"


def test_many_trámites_come_a_page_at_a_time(citizen: Citizen) -> None:
    for number in range(45):
        bring(citizen.account.email, str(1000 + number))
    assert "Historial de Trámites (45)" in citizen.visitor.get("/portal").text
    counts = [citizen.visitor.get(f"/portal/tramites?pagina={page}").text.count("/portal/tramite?id=") for page in (1, 2, 3)]
    assert counts == [20, 20, 5]


def test_hostile_ids_are_shown_and_found_as_text(citizen: Citizen) -> None:
    plain = markup.shape(citizen.visitor.get("/portal/tramite?id=nada"))
    for case in load("tramite_ids.jsonl"):
        typed = str(case["value"])
        page = citizen.visitor.get("/portal/tramite?id=" + quote(typed, errors="surrogatepass"))
        assert page.status in (303, 400, 404), typed
        assert page.status != 404 or markup.shape(page) == plain
    bring(citizen.account.email, "x\"><script>'&", "<b>Análisis</b>", "{{ 7*7 }} <i>")
    (known,) = history.tramites_of(citizen.account.email)
    for path in ("/portal", "/portal/tramites", "/portal/tramite?id=" + quote(known.id)):
        page = citizen.visitor.get(path)
        assert page.status == 200
        assert "<script" not in page.text
        assert "<b>Análisis" not in page.text
        assert known.id in markup.words(page)
    assert send(citizen.visitor.get("/portal/tramite?id=" + quote(known.id))).status == 303
