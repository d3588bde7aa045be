"""Files on the ticket's pages, as people choose them."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import quote

import pytest

from core.files import store
from core.files.views import LARGEST_FILE
from core.tickets import enclosing
from tests.harness import cast, multipart, samples
from tests.harness.page import Page
from tests.intake_web.people import Citizen, check_ticket, details, folio_of, send, write_ticket

PDF = samples.pdf("Hola")
PHOTO = samples.jpeg(16, 16)


def held(citizen: Citizen) -> list[str]:
    """The names of the files in the draft."""
    return [each.name for each in enclosing.of_draft(citizen.account.persons[0].id)]


def error(page: Page) -> str:
    """What the page says is wrong with the files."""
    found = re.search(r'id="adjuntos-error"><span class="hide">[^<]*</span>([^<]*)</p>', page.text)
    return found[1] if found else ""


def quit_buttons(page: Page) -> list[tuple[str, str]]:
    form = next(form for form in page.forms if "texto" in form.fields)
    return [button for button in form.buttons if button[0] == "quitar"]


def test_the_limits_are_said_before_anything_is_chosen(citizen: Citizen) -> None:
    page = details(citizen)
    text = page.text
    assert "Hasta 5 archivos PDF, JPEG, PNG o HEIC, de 15 MB cada uno" in text
    assert text.index("Hasta 5 archivos") < text.index('type="file"')
    assert re.search(r'<input id="adjuntos" name="adjuntos" type="file" multiple accept="[^"]*\.heic[^"]*image/heic', text)
    assert 'enctype="multipart/form-data"' in text


def test_a_ticket_with_two_files_goes_from_the_form_to_its_page(citizen: Citizen) -> None:
    chosen = [("Cédula «frente».PNG", samples.png()), ("résolución.pdf", PDF)]
    page = multipart.send(details(citizen), chosen, texto="Hola", tramite_id="12345678")
    assert page.status == 303
    check = page.follow()
    assert "Cédula «frente».PNG" in check.text
    ticket = send(check).follow()
    assert folio_of(ticket)
    for number, name, kind in ((1, "Cédula «frente».PNG", "image/png"), (2, "résolución.pdf", "application/pdf")):
        assert name in ticket.text
        file = citizen.visitor.get(f"/ticket/{folio_of(ticket)}/archivo/{number}")
        assert (file.status, file.header("Content-Type")) == (200, kind)
        assert file.header("Content-Disposition").startswith("attachment; ")
        assert f"filename*=UTF-8''{quote(name, safe='')}" in file.header("Content-Disposition")
        assert file.header("Content-Security-Policy").count("default-src 'none'") == 1
        assert "sandbox" in file.header("Content-Security-Policy")
        assert [name for name, _ in file.headers].count("Content-Security-Policy") == 1
        assert file.header("X-Content-Type-Options") == "nosniff"
        assert file.header("Cache-Control") == "no-store"
        assert len(file.body) == int(file.header("Content-Length"))
    assert citizen.visitor.get(f"/ticket/{folio_of(ticket)}/archivo/2").body == PDF


def test_a_file_is_for_its_owner_alone(citizen: Citizen, make_citizen: Callable[..., Citizen]) -> None:
    multipart.send(details(citizen), [("a.jpg", PHOTO)], texto="Hola", tramite_id="12345678")
    folio = folio_of(send(citizen.visitor.get("/ticket/nuevo/revisar")).follow())
    stranger = make_citizen().visitor
    lost = stranger.get(f"/ticket/{folio}/archivo/1")
    assert lost.status == stranger.get("/ticket/AM-2026-009999-X/archivo/1").status == 404
    for path in (f"/ticket/{folio}/archivo/2", f"/ticket/{folio}/archivo/0", f"/ticket/{folio}/archivo/{10**17}"):
        assert citizen.visitor.get(path).status == 404
    citizen.visitor.cookies.pop("sesion")
    assert citizen.visitor.get(f"/ticket/{folio}/archivo/1").status == 303


def test_files_and_words_stay_when_another_field_is_wrong(citizen: Citizen) -> None:
    page = multipart.send(details(citizen), [("a.jpg", PHOTO)], texto="Sigue aquí", tramite_id="", sin_tramite="")
    assert page.status == 422
    assert "Sigue aquí" in page.text
    assert held(citizen) == ["a.jpg"]
    assert "a.jpg" in page.text
    assert multipart.send(page, tramite_id="12345678", texto="Sigue aquí").status == 303
    assert held(citizen) == ["a.jpg"]


def test_words_and_good_files_stay_when_a_file_is_refused(citizen: Citizen) -> None:
    chosen = [("a.jpg", PHOTO), ("virus.exe", b"MZ"), ("nada.pdf", b"")]
    page = multipart.send(details(citizen), chosen, texto="Sigue aquí", tramite_id="12345678")
    assert page.status == 422
    assert error(page) == (
        "«virus.exe» no es un PDF ni una foto JPEG, PNG o HEIC: guárdalo como PDF o sácale una foto. "
        "«nada.pdf» está vacío: elige el archivo de nuevo."
    )
    assert "Sigue aquí" in page.text
    assert held(citizen) == ["a.jpg"]


def test_files_are_sent_one_after_the_other_and_taken_out_again_without_losing_a_word(citizen: Citizen) -> None:
    page = details(citizen)
    for number in range(5):
        page = multipart.send(page, [(f"n{number}.jpg", samples.jpeg(16 + number, 16))], texto="A medio", subir="si")
        assert (page.status, error(page)) == (200, "")
    assert 'type="file"' not in page.text
    assert "A medio" in page.text
    page = multipart.send(page, texto="A medio escribir", quitar=quit_buttons(page)[1][1])
    assert held(citizen) == ["n0.jpg", "n2.jpg", "n3.jpg", "n4.jpg"]
    assert "A medio escribir" in page.text
    assert 'type="file"' in page.text
    assert multipart.send(page, texto="x", quitar="99999999999999999999").status == 200
    assert multipart.send(page, texto="x", quitar="'; --").status == 200
    assert len(held(citizen)) == 4


def test_nobody_takes_out_somebody_elses_file(citizen: Citizen, make_citizen: Callable[..., Citizen]) -> None:
    page = multipart.send(details(citizen), [("a.jpg", PHOTO)], texto="x", subir="si")
    multipart.send(details(make_citizen()), texto="x", quitar=quit_buttons(page)[0][1])
    assert held(citizen) == ["a.jpg"]


def test_files_wait_for_their_owner_on_another_device(citizen: Citizen, make_citizen: Callable[..., Citizen]) -> None:
    multipart.send(details(citizen), [("a.jpg", PHOTO)], texto="Hola", subir="si")
    assert "a.jpg" in citizen.visitor.get("/ticket/nuevo/detalle").text


def test_a_form_without_files_may_be_sent_either_way(citizen: Citizen) -> None:
    assert multipart.send(details(citizen), texto="Hola", tramite_id="12345678").status == 303
    assert check_ticket(citizen.visitor, "Hola").status == 200
    assert held(citizen) == []


def test_information_is_added_with_files_with_words_or_without(citizen: Citizen) -> None:
    folio = folio_of(write_ticket(citizen.visitor))
    page = citizen.visitor.get(f"/ticket/{folio}")
    assert multipart.send(page, [("sola.jpg", PHOTO)]).status == 303
    page = citizen.visitor.get(f"/ticket/{folio}")
    assert "sola.jpg" in page.text
    page = multipart.send(page, [("mala.zip", samples.archive()), ("dos.jpg", samples.jpeg(20, 20))], texto="Mira esto")
    assert page.status == 422
    assert "mala.zip" in error(page)
    assert "Mira esto" in page.text
    assert multipart.send(page, texto="Mira esto").status == 303
    page = citizen.visitor.get(f"/ticket/{folio}")
    assert page.text.index("Mira esto") < page.text.index("dos.jpg")
    assert citizen.visitor.get(f"/ticket/{folio}/archivo/2").body.startswith(b"\xff\xd8")


def test_a_double_click_adds_once(citizen: Citizen) -> None:
    folio = folio_of(write_ticket(citizen.visitor))
    page = citizen.visitor.get(f"/ticket/{folio}")
    for _ in range(2):
        assert multipart.send(page, [("a.jpg", PHOTO)], texto="Una vez").status == 303
    text = citizen.visitor.get(f"/ticket/{folio}").text
    assert (text.count("Una vez"), text.count(">a.jpg<")) == (1, 1)


def test_enter_in_a_line_of_text_goes_on(citizen: Citizen) -> None:
    """Browsers press the first button of the form: it must be the main one, not «Quitar»."""
    page = multipart.send(details(citizen), [("a.jpg", PHOTO)], texto="x", subir="si")
    form = page.text[page.text.index('enctype="multipart/form-data"') :]
    first = re.search(r"<button([^>]*)>([^<]*)", form)
    assert first is not None
    assert first[2] == "Continuar"
    assert 'tabindex="-1"' in first[1]


def test_somebody_whose_session_is_over_loses_no_word(citizen: Citizen) -> None:
    page = details(citizen)
    citizen.visitor.cookies.pop("sesion")
    asked = multipart.send(page, [("a.jpg", PHOTO)], texto="No se pierde", tramite_id="12345678")
    page = send(asked.follow(), correo=citizen.account.email, clave=cast.PASSWORD).follow()
    assert "No se pierde" in page.text
    assert "Los archivos no quedaron" in page.text
    assert send(page).follow().path.startswith("/ticket/nuevo/revisar")


def test_other_pages_take_no_files(citizen: Citizen) -> None:
    page = citizen.visitor.get("/mis-datos/pedir")
    fields = {**page.form().fields, "derecho": "acceso", "texto": "x"}
    assert multipart.post(citizen.visitor, "/mis-datos/pedir", multipart.parts_of(fields, [("a.jpg", PHOTO)])).status == 415


def test_a_disk_that_is_full_refuses_the_file_and_keeps_the_words(citizen: Citizen, monkeypatch: pytest.MonkeyPatch) -> None:
    page = details(citizen)
    monkeypatch.setattr(store, "_RESERVE", 10**18)
    page = multipart.send(page, [("a.jpg", PHOTO)], texto="Sigue aquí", tramite_id="12345678")
    assert page.status == 422
    assert error(page) == "«a.jpg» no se guardó: en este momento no tenemos espacio. Tu texto sí quedó; inténtalo más tarde."
    assert "Sigue aquí" in page.text
    assert citizen.visitor.get("/ticket/nuevo/revisar").status == 200


def test_a_file_that_is_too_heavy_is_named_and_the_others_are_kept(citizen: Citizen) -> None:
    chosen = [("pesado.pdf", b"%PDF-" + bytes(LARGEST_FILE)), ("a.jpg", PHOTO)]
    page = multipart.send(details(citizen), chosen, texto="Sigue aquí", tramite_id="12345678")
    assert error(page) == "«pesado.pdf» pesa más de 15 MB: envía una foto más liviana o el documento por partes."
    assert held(citizen) == ["a.jpg"]
