"""The guided form on the web: what is told before the text box, and forms that come stale, twice or too long."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from core.figures.stats import stats
from core.tickets.citizens import drafts, following
from core.tramites import catalogue as catalogues
from core.tramites import history
from core.tramites.catalogue import catalogue
from intake_web.app import Application
from tests.harness.crowd import at_once
from tests.harness.page import Page, Visitor, within
from tests.intake_web import markup
from tests.intake_web.people import Citizen, check_ticket, folio_of, send
from tests.intake_web.test_ticket import TEXT, to_details

SCRIPTS = ("a", "ñ", "ي", "ន", "愛", "𓀀", "👩🏽‍💻")


def bring_in(citizen: Citizen, *ids: str) -> None:
    known = {"tipo": "Residencia temporal", "estado": "En análisis", "correo": citizen.account.email, "creado": "2026-01-02"}
    history.import_rows({"id": each, **known} for each in ids)


def solve(page: Page) -> Page:
    form = next(form for form in page.forms if form.action.endswith("/resuelto"))
    return page.visitor.post(form.action, form.fields)


def test_what_can_be_known_at_once_comes_before_the_text_box(citizen: Citizen) -> None:
    bring_in(citizen, "12345678")
    page = to_details(citizen.visitor)
    assert "Un ticket no sirve para:" in page.text
    assert "Está en la etapa «Análisis»" in page.text
    assert page.text.index("Un ticket sirve para:") < page.text.index('name="texto"')
    assert 'href="#caso"' in page.text
    assert "no damos plazos sin respaldo" in page.text


def test_a_doubt_that_is_solved_is_counted_once_and_the_draft_stays(citizen: Citizen) -> None:
    page = to_details(citizen.visitor)
    for _ in range(2):
        thanks = solve(page)
    assert "Nos alegra que se resolviera" in thanks.follow().text
    assert stats().solved_by_categoria == {"rt-estado": 1}
    assert "a medio escribir" in citizen.visitor.get("/portal").text
    assert following.tickets_of(citizen.account) == ()


def test_whoever_comes_back_to_a_text_finds_the_answer_folded(citizen: Citizen) -> None:
    send(to_details(citizen.visitor), sin_tramite="si", texto=TEXT)
    page = citizen.visitor.get("/ticket/nuevo/detalle")
    assert "Esto resolvió mi duda" not in page.text
    assert "Antes de escribir:" in page.text


def test_a_slip_is_met_with_ones_own_number_and_one_button_takes_it(citizen: Citizen) -> None:
    bring_in(citizen, "12345678", "555")
    page = send(to_details(citizen.visitor), tramite_id="12345687", texto=TEXT).follow()
    assert "¿Quisiste escribir <strong>12345678</strong>?" in page.text
    page = send(page).follow()
    assert "<dd>12345678<br>" in page.text
    assert "Quisiste" not in page.text
    assert send(page).status == 303


@pytest.mark.parametrize(("chosen", "typed", "without", "kept"), [
    ("555", "", "", "555"),
    ("555", "12345678", "", "12345678"),
    ("otro", "777", "", "777"),
    ("555", "", "si", ""),
])  # fmt: skip
def test_a_number_that_is_typed_counts_more_than_one_that_was_chosen(
    citizen: Citizen, chosen: str, typed: str, without: str, kept: str
) -> None:
    bring_in(citizen, "12345678", "555")
    page = to_details(citizen.visitor)
    send(page, tramite_propio=chosen, tramite_id=typed, sin_tramite=without or None, texto=TEXT)
    assert drafts.read(citizen.account.persons[0].id).fields["tramite_id"] == kept  # type: ignore[union-attr]


def test_another_choice_takes_the_place_of_the_number_that_stood_there(citizen: Citizen) -> None:
    bring_in(citizen, "12345678", "555")
    send(to_details(citizen.visitor), tramite_propio="12345678", texto=TEXT)
    page = citizen.visitor.get("/ticket/nuevo/detalle")
    assert page.form("texto").fields["tramite_id"] == "12345678"
    assert "<dd>555<br>" in send(page, tramite_propio="555").follow().text
    page = send(citizen.visitor.get("/ticket/nuevo/detalle"), tramite_propio="otro")
    assert page.status == 422


def test_two_windows_lose_no_word_and_send_one_ticket(citizen: Citizen) -> None:
    to_details(citizen.visitor)
    one, other = (citizen.visitor.get("/ticket/nuevo/detalle") for _ in range(2))
    send(one, sin_tramite="si", texto="De la primera ventana")
    page = send(other, sin_tramite="si", texto="De la segunda ventana")
    assert page.status == 409
    assert "De la primera ventana" in page.text
    assert page.form("texto").fields["texto"] == "De la segunda ventana"
    assert citizen.visitor.get("/ticket/nuevo/revisar").location == "/ticket/nuevo/detalle"
    page = send(page, usar_otro="si").follow()
    assert page.form("texto").fields["texto"] == "De la primera ventana"
    assert "De la segunda ventana" in page.text
    check = send(page).follow()
    assert "De la segunda ventana" not in check.text
    outcomes = at_once([lambda: send(check)] * 8)
    assert len({folio_of(answer) for answer in outcomes if isinstance(answer, Page)}) == 1


def test_a_stale_categoria_brings_its_materia_along(citizen: Citizen) -> None:
    stale = send(send(citizen.visitor.get("/ticket/nuevo"), tipo="consulta").follow(), materia="rt").follow()
    send(citizen.visitor.get("/ticket/nuevo/materia"), materia="na")
    page = send(stale, categoria="rt-estado").follow()
    assert page.path == "/ticket/nuevo/detalle"
    assert "Residencia temporal" in send(page, sin_tramite="si", texto=TEXT).follow().text


def test_what_the_catalogue_no_longer_has_is_asked_again_and_the_text_stays(
    citizen: Citizen, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    page = check_ticket(citizen.visitor, TEXT)
    raw = json.loads((catalogues._DATA / "catalog.json").read_text(encoding="utf-8"))
    for materia in raw["materias"]:
        materia["categorias"] = [each for each in materia["categorias"] if each["id"] != "rt-estado"]
    changed = tmp_path_factory.mktemp("data")
    (changed / "catalog.json").write_text(json.dumps(raw), encoding="utf-8")
    with monkeypatch.context() as patch:
        patch.setattr(catalogues, "_DATA", changed)
        catalogue.cache_clear()
        again = send(page).follow()
    catalogue.cache_clear()
    assert again.path == "/ticket/nuevo/categoria"
    assert "ya no está entre las opciones" in again.text
    assert "Tu texto sigue guardado" in again.text
    assert drafts.read(citizen.account.persons[0].id).fields["texto"]  # type: ignore[union-attr]


@pytest.mark.parametrize("letter", SCRIPTS)
def test_ten_thousand_characters_fit_and_one_more_is_refused_with_the_text_kept(citizen: Citizen, letter: str) -> None:
    text = (letter * 10_000)[:9_999] + "."
    page = to_details(citizen.visitor, "ot", "ot-otro")
    wrong = send(page, texto=text + letter[0] + "x" * len(letter))
    assert wrong.status == 422
    assert 'href="#texto"' in wrong.text
    assert markup.value_of(wrong, "texto").startswith(text)
    assert citizen.visitor.get("/ticket/nuevo/detalle").form("texto").fields["texto"].startswith(text)
    receipt = send(send(wrong, texto=text).follow()).follow()
    (message,) = following.ticket_of(citizen.account, receipt.path.removeprefix("/ticket/")).messages
    assert len(message.body) == 10_000


def test_the_way_back_and_a_second_press_open_no_second_ticket(citizen: Citizen) -> None:
    details = to_details(citizen.visitor)
    check = send(details, sin_tramite="si", texto=TEXT).follow()
    folio = folio_of(send(check))
    assert folio_of(send(check)) == folio
    page = send(details, sin_tramite="si", texto=TEXT)  # the browser's way back, and the same page sent again
    assert page.status == 409
    assert folio in page.text
    assert "Lo que escribiste está guardado" not in page.text
    assert "a medio escribir" not in citizen.visitor.get("/portal").text
    assert len(following.tickets_of(citizen.account)) == 1


def test_a_draft_is_found_on_another_device(site: Application, citizen: Citizen, make_citizen: Callable[..., Citizen]) -> None:
    from core.people import sessions

    send(citizen.visitor.get("/ticket/nuevo"), tipo="reclamo")
    phone = Visitor(within(site))
    phone.cookies["sesion"] = sessions.begin(citizen.account.id, remember=False).token
    assert "Reclamo · guardado el" in markup.words(phone.get("/portal"))
    assert "a medio escribir" not in make_citizen().visitor.get("/portal").text
