"""«Mis datos»: seeing, taking along, correcting, asking."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable

import pytest

from core import clock
from core.operations.rights import blocking, requests
from core.operations.rights.erasing import erase
from core.people import accounts
from intake_web.app import Application
from tests.harness.page import Page, Visitor, within
from tests.intake_web import markup
from tests.intake_web.people import Citizen, send, write_ticket


def download(citizen: Citizen) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(citizen.visitor.get("/mis-datos/descargar").body))


def correction(citizen: Citizen) -> Page:
    return citizen.visitor.get(f"/mis-datos/corregir/{citizen.account.persons[0].id}")


def test_the_page_shows_what_is_known(citizen: Citizen) -> None:
    words = markup.words(citizen.visitor.get("/mis-datos"))
    for known in ("María José Quispe Mamani", "27 de marzo de 1985", "Perú", citizen.account.email):
        assert known in words


def test_one_button_downloads_everything(citizen: Citizen) -> None:
    write_ticket(citizen.visitor, "Hola, zorzales")
    page = citizen.visitor.get("/mis-datos/descargar")
    assert (page.status, page.header("Content-Type")) == (200, "application/zip")
    assert page.header("Content-Disposition") == 'attachment; filename="mis-datos-2026-11-23.zip"'
    assert page.header("Cache-Control") == "no-store"
    data = json.loads(download(citizen).read("datos.json"))
    assert [message["texto"] for message in data["mensajes"]] == ["Hola, zorzales"]


def test_nobody_downloads_anybody_elses(make_citizen: Callable[..., Citizen]) -> None:
    one, other = make_citizen(), make_citizen(nombres="Zorzalina")
    assert b"Zorzalina" not in download(one).read("datos.json")
    assert b"Zorzalina" in download(other).read("datos.json")


def test_a_stranger_is_asked_to_sign_in_for_all_of_it(site: Application) -> None:
    for path in ("/mis-datos", "/mis-datos/descargar", "/mis-datos/pedir", "/mis-datos/corregir/1"):
        assert Visitor(within(site)).get(path).status == 303


def test_data_are_corrected_and_the_page_says_so(citizen: Citizen) -> None:
    page = send(correction(citizen), nombres="Ñusta", nacimiento_dia="1").follow()
    assert page.status == 200
    words = markup.words(page)
    assert "Corregimos tus datos" in words
    assert "Ñusta Quispe Mamani" in words
    assert "1º de marzo de 1985" in words or "1 de marzo de 1985" in words
    assert "Corregiste en tus datos: nombres, fecha de nacimiento." in words


def test_what_is_wrong_is_said_at_its_field_and_what_was_typed_stays(citizen: Citizen) -> None:
    page = send(correction(citizen), nombres="Ñusta", primer_apellido="", nacimiento_mes="13")
    assert page.status == 422
    assert markup.value_of(page, "nombres") == "Ñusta"
    assert markup.value_of(page, "nacimiento_mes") == "13"
    assert 'href="#primer_apellido"' in page.text
    assert 'href="#nacimiento_dia"' in page.text
    assert accounts.named(citizen.account.email).persons == citizen.account.persons


def test_saving_without_a_change_says_that_nothing_changed(citizen: Citizen) -> None:
    page = send(correction(citizen)).follow()
    assert "No cambiaste ningún dato" in page.text
    assert requests.requests_of(citizen.account) == ()


def test_a_box_that_was_ticked_can_be_cleared(make_citizen: Callable[..., Citizen]) -> None:
    citizen = make_citizen(nombres="Suharto", primer_apellido="", segundo_apellido="", un_nombre="si")
    page = send(correction(citizen), un_nombre=None, primer_apellido="Quispe").follow()
    assert "Suharto Quispe" in page.text


def test_nobody_corrects_a_stranger(make_citizen: Callable[..., Citizen]) -> None:
    one, other = make_citizen(), make_citizen()
    path = f"/mis-datos/corregir/{other.account.persons[0].id}"
    assert one.visitor.get(path).status == 404
    fields = {**correction(one).form("nombres").fields, "nombres": "Intrusa"}
    assert one.visitor.post(path, fields).status == 404
    assert accounts.named(other.account.email).persons == other.account.persons


@pytest.mark.parametrize("number", ["0", "999999999999999999", "1e3", "-1", "x"])
def test_an_invented_person_is_not_found(citizen: Citizen, number: str) -> None:
    assert citizen.visitor.get(f"/mis-datos/corregir/{number}").status == 404


def test_a_request_is_listed_with_its_date_and_then_with_its_answer(citizen: Citizen) -> None:
    page = send(citizen.visitor.get("/mis-datos/pedir"), derecho="oposicion", texto="No quiero encuestas.")
    assert page.location == "/mis-datos?hecho=pedido#solicitudes"
    words = markup.words(page.follow())
    for said in ("Recibimos tu solicitud", "Oponerme a un uso de mis datos", "miércoles 23 de diciembre", "No quiero encuestas."):
        assert said in words
    (asked,) = requests.requests_of(citizen.account)
    clock.advance(3600)
    requests.answer(asked.id, "parcial", "Ya no te las enviaremos.")
    words = markup.words(citizen.visitor.get("/mis-datos"))
    assert "Respondida el lunes 23 de noviembre, 11:00: Aceptada en parte." in words
    assert "Ya no te las enviaremos." in words


def test_a_right_can_be_chosen_by_its_link(citizen: Citizen) -> None:
    page = citizen.visitor.get("/mis-datos/pedir?derecho=supresion")
    assert page.form("derecho").fields["derecho"] == "supresion"


def test_a_request_without_a_choice_or_a_reason_is_refused_with_the_text_kept(citizen: Citizen) -> None:
    page = send(citizen.visitor.get("/mis-datos/pedir"), texto="Todo, por favor")
    assert page.status == 422
    assert markup.value_of(page, "texto") == "Todo, por favor"
    assert 'href="#derecho"' in page.text
    page = send(citizen.visitor.get("/mis-datos/pedir"), derecho="bloqueo", texto="  ")
    assert page.status == 422
    assert 'href="#texto"' in page.text
    assert requests.requests_of(citizen.account) == ()


def test_a_form_sent_twice_asks_once(citizen: Citizen) -> None:
    page = citizen.visitor.get("/mis-datos/pedir")
    for _ in range(2):
        assert send(page, derecho="acceso", texto="Todo").status == 303
    assert len(requests.requests_of(citizen.account)) == 1


def test_too_many_requests_are_put_off(citizen: Citizen) -> None:
    page = citizen.visitor.get("/mis-datos/pedir")
    answers = [send(page, derecho="acceso", texto=str(number)) for number in range(20)]
    assert answers[-1].status == 429
    assert int(answers[-1].header("Retry-After")) > 0


def test_blocked_data_say_so_can_be_read_and_cannot_be_changed(citizen: Citizen) -> None:
    write_ticket(citizen.visitor)
    form = correction(citizen)
    blocking.block(citizen.account)
    page = citizen.visitor.get("/mis-datos")
    assert "Tus datos están bloqueados" in page.text
    assert "/mis-datos/corregir/" not in page.text
    assert correction(citizen).location == "/mis-datos"
    refused = send(form, nombres="Ñusta")
    assert refused.status == 403
    assert "bloqueados" in refused.text
    assert download(citizen).testzip() is None
    assert citizen.visitor.get("/portal").status == 200


def test_whoever_asked_for_the_block_can_lift_it(citizen: Citizen) -> None:
    blocking.block(citizen.account)
    page = citizen.visitor.get("/mis-datos").send().follow()
    assert "Levantamos el bloqueo" in page.text
    assert accounts.named(citizen.account.email).blocked_at is None
    assert write_ticket(citizen.visitor).status == 303


def test_the_portal_says_that_the_data_are_blocked(citizen: Citizen) -> None:
    assert "Tus datos están bloqueados" not in citizen.visitor.get("/portal").text
    blocking.block(citizen.account)
    assert "Tus datos están bloqueados" in citizen.visitor.get("/portal").text


def test_an_erased_person_is_signed_out(citizen: Citizen) -> None:
    erase(citizen.account)
    assert citizen.visitor.get("/mis-datos").location.startswith("/ingreso")


def test_hostile_words_are_words_on_the_page(citizen: Citizen) -> None:
    attack = "<script>alert(1)</script>\u202e \x1b[31m"
    page = send(citizen.visitor.get("/mis-datos/pedir"), derecho="acceso", texto=f"Hola {attack}").follow()
    (asked,) = requests.requests_of(citizen.account)
    requests.answer(asked.id, "acogida", f"Listo {attack}")
    page = citizen.visitor.get("/mis-datos")
    assert "<script>alert" not in page.text
    assert "\u202e" not in page.text
    assert "Hola <script>alert(1)</script>" in markup.words(page)


def test_a_childs_page_asks_who_acts(make_citizen: Callable[..., Citizen]) -> None:
    child = {"para_quien": "nna", "relacion": "madre", "responsable": "Rosa Ñamandú", "nacimiento_anio": "2015"}
    citizen = make_citizen(**child)
    assert "Rosa Ñamandú" in citizen.visitor.get("/mis-datos").text
    page = send(correction(citizen), responsable="Rosa Quispe").follow()
    assert "Rosa Quispe" in page.text
    assert accounts.named(citizen.account.email).persons[0].relation == "madre"


def test_the_page_speaks_the_readers_language(citizen: Citizen) -> None:
    for language in ("en", "ht", "pt"):
        citizen.visitor.get(f"/idioma?a={language}")
        for path in ("/mis-datos", "/mis-datos/pedir"):
            page = citizen.visitor.get(path)
            assert markup.tree(page).get("lang") == language
            assert "tus datos" not in page.text.lower()
