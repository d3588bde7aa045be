"""Writing a ticket on the web: step after step, kept on the server, one at a time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from core.tickets.citizens import following
from core.tramites import history
from core.tramites.catalogue import catalogue
from intake_web.app import Application
from tests.harness.crowd import at_once
from tests.harness.page import Page, Visitor, within
from tests.intake_web.people import Citizen, check_ticket, folio_of, send, write_ticket

TEXT = "Hola:\n\nquiero saber en qué va mi solicitud. <b>Gracias</b>"
SENTENCE = "Ya se registra una solicitud en proceso, por lo que debes esperar"


def to_details(visitor: Visitor, materia: str = "rt", categoria: str = "rt-estado") -> Page:
    page = send(visitor.get("/ticket/nuevo"), tipo="consulta").follow()
    page = send(page, materia=materia).follow()
    return send(page, categoria=categoria).follow()


def test_only_the_materias_of_the_tipo_are_offered(citizen: Citizen) -> None:
    page = send(citizen.visitor.get("/ticket/nuevo"), tipo="felicitacion").follow()
    assert page.form().choices["materia"] == [materia.id for materia in catalogue().materias_for("felicitacion")]


def test_every_categoria_can_be_chosen(citizen: Citizen) -> None:
    for materia in catalogue().materias:
        send(citizen.visitor.get("/ticket/nuevo"), tipo=materia.tipos[0])
        for categoria in materia.categorias:
            send(citizen.visitor.get("/ticket/nuevo/materia"), materia=materia.id)
            page = send(citizen.visitor.get("/ticket/nuevo/categoria"), categoria=categoria.id).follow()
            assert page.status == 200
            assert ("tramite_id" in page.text) == (categoria.tramite != "no" and categoria.route != "derivar")
            assert ("fecha_notificacion" in page.text) == (categoria.route == "plazo")


def test_whoever_asks_about_refuge_is_not_asked_what_happened(citizen: Citizen) -> None:
    page = send(citizen.visitor.get("/ticket/nuevo"), tipo="consulta").follow()
    page = send(send(page, materia="rf").follow(), categoria="rf-estado").follow()
    assert "No escribas los motivos de tu solicitud" in page.text
    assert [words for words in ("qué pasó", "Cuéntanos tu caso") if words in page.text] == []
    assert "Dinos en pocas líneas qué necesitas saber" in page.text


def test_a_later_page_waits_for_the_earlier_ones(citizen: Citizen) -> None:
    assert citizen.visitor.get("/ticket/nuevo/revisar").location == "/ticket/nuevo"
    send(citizen.visitor.get("/ticket/nuevo"), tipo="consulta")
    assert citizen.visitor.get("/ticket/nuevo/detalle").location == "/ticket/nuevo/materia"
    assert citizen.visitor.get("/ticket/nuevo/nada").status == 404


def test_what_was_typed_is_kept_on_the_server_even_when_it_is_wrong(site: Application, citizen: Citizen) -> None:
    page = send(to_details(citizen.visitor), tramite_id="", texto=TEXT)
    assert page.status == 422
    assert 'href="#tramite_id"' in page.text
    assert page.form("texto").fields["texto"] == TEXT
    phone = Visitor(within(site))
    phone.cookies["sesion"] = citizen.visitor.cookies["sesion"]
    assert "a medio escribir" in phone.get("/ticket/nuevo").text
    assert phone.get("/ticket/nuevo/detalle").form("texto").fields["texto"] == TEXT


def test_not_having_the_number_is_a_way_on(citizen: Citizen) -> None:
    page = send(to_details(citizen.visitor), sin_tramite="si", texto=TEXT).follow()
    assert "No lo tengo" in page.text
    assert send(page).status == 303


@pytest.mark.parametrize(("typed", "shown"), [("ID N° 12.345.678", "12345678"), ("00012345678", "12345678"), ("XY-9", "XY-9")])
def test_a_number_is_shown_as_it_will_be_kept(citizen: Citizen, typed: str, shown: str) -> None:
    page = check_ticket(citizen.visitor, TEXT, tramite_id=typed)
    assert f"<dd>{shown}" in page.text
    assert ("Escribiste «" in page.text) == (shown != typed)
    assert ("no se parece a un número de trámite" in page.text) == (shown == "XY-9")


def test_ones_own_numbers_are_offered(citizen: Citizen) -> None:
    known = {"id": "777", "tipo": "Residencia", "estado": "x", "correo": citizen.account.email, "creado": "2026-01-02"}
    history.import_rows([known])
    page = to_details(citizen.visitor)
    assert page.form("texto").choices["tramite_propio"] == ["777", "otro"]
    page = send(page, tramite_propio="777", texto=TEXT).follow()
    assert "<dd>777<br>" in page.text
    assert "Residencia · x" in page.text


def test_a_running_term_asks_for_the_date_of_the_notice(citizen: Citizen) -> None:
    page = to_details(citizen.visitor, categoria="rt-rechazo")
    page = send(page, tramite_id="1", texto=TEXT, fecha_notificacion="31-02-2026")
    assert page.status == 422
    page = send(page, tramite_id="1", texto=TEXT, fecha_notificacion="02-11-2026").follow()
    assert "2 de noviembre de 2026" in page.text
    assert "tu plazo ya pasó" in page.text


def test_what_another_organism_answers_says_where_to_go_and_opens_nothing(citizen: Citizen) -> None:
    page = to_details(citizen.visitor, "rc", "rc-clave")
    assert page.path == "/ticket/nuevo/derivado"
    assert "Registro Civil" in page.text
    assert citizen.visitor.get("/ticket/nuevo/detalle").location == "/ticket/nuevo/derivado"
    assert following.tickets_of(citizen.account) == ()


def test_from_the_portal_to_the_receipt_are_twelve_requests(citizen: Citizen) -> None:
    asked: list[str] = []
    carry = citizen.visitor.transport

    def counted(method: str, path: str, *rest: Any) -> Any:
        asked.append(f"{method} {path}")
        return carry(method, path, *rest)

    citizen.visitor.transport = counted
    citizen.visitor.get("/portal")
    assert "Recibimos tu ticket" in write_ticket(citizen.visitor).follow().text
    assert len(asked) == 12


def test_the_answers_can_be_changed_before_sending(citizen: Citizen) -> None:
    check_ticket(citizen.visitor, TEXT)
    assert 'href="/ticket/nuevo/materia?cambiar=si"' in citizen.visitor.get("/ticket/nuevo/revisar").text
    page = send(citizen.visitor.get("/ticket/nuevo?cambiar=si"), tipo="reclamo").follow()
    assert page.path == "/ticket/nuevo/revisar"
    assert "Reclamo" in page.text
    page = send(citizen.visitor.get("/ticket/nuevo?cambiar=si"), tipo="sugerencia").follow()
    assert page.path == "/ticket/nuevo/materia"  # that materia is not offered for it


def test_beginning_again_leads_through_every_page(citizen: Citizen) -> None:
    check_ticket(citizen.visitor, TEXT)
    page = send(citizen.visitor.get("/ticket/nuevo"), tipo="consulta")
    assert page.location == "/ticket/nuevo/materia"


def test_a_form_checked_before_a_change_in_another_window_is_shown_again(citizen: Citizen) -> None:
    page = check_ticket(citizen.visitor, TEXT)
    send(citizen.visitor.get("/ticket/nuevo/detalle"), texto="Otro texto")
    page = send(page)
    assert page.status == 409
    assert "otra ventana" in page.text
    assert "Otro texto" in page.text
    assert send(page).status == 303


def test_a_ticket_is_sent_once_however_often_the_button_is_pressed(citizen: Citizen) -> None:
    page = check_ticket(citizen.visitor, TEXT)
    folios = {folio_of(send(page)) for _ in range(3)}
    assert len(folios) == 1
    assert len(following.tickets_of(citizen.account)) == 1


def test_sixteen_hands_on_one_button_make_one_ticket(citizen: Citizen) -> None:
    page = check_ticket(citizen.visitor, TEXT)
    outcomes = at_once([lambda: send(page)] * 16)
    folios = {folio_of(answer) for answer in outcomes if isinstance(answer, Page)}
    assert len(folios) == 1
    assert len(following.tickets_of(citizen.account)) == 1


def test_with_one_open_there_is_no_second(citizen: Citizen) -> None:
    folio = folio_of(write_ticket(citizen.visitor))
    for path in ("/ticket/nuevo", "/ticket/nuevo/materia", "/ticket/nuevo/revisar"):
        page = citizen.visitor.get(path)
        assert page.status == 409
        assert SENTENCE in page.text
        assert f'href="/ticket/{folio}"' in page.text
    page = citizen.visitor.post("/ticket/nuevo", {"tipo": "consulta", "ficha": page.form("ficha").fields["ficha"]})
    assert page.status == 409


def test_a_draft_sent_while_another_is_open_is_refused(citizen: Citizen) -> None:
    from core.tickets.citizens import drafts

    write_ticket(citizen.visitor)
    key = drafts.save(citizen.account.persons[0].id, {"tipo": "consulta", "texto": TEXT}).key
    token = citizen.visitor.get("/portal").form("ficha").fields["ficha"]
    page = citizen.visitor.post("/ticket/nuevo/revisar", {"llave": key, "ficha": token})
    assert page.status == 409
    assert SENTENCE in page.text


def test_a_draft_is_dropped_when_its_person_says_so(citizen: Citizen) -> None:
    page = send(citizen.visitor.get("/ticket/nuevo"), tipo="consulta").follow()
    assert "a medio escribir" in citizen.visitor.get("/portal").text
    assert 'href="/ticket/nuevo/borrar"' in citizen.visitor.get("/ticket/nuevo").text
    page = citizen.visitor.get("/ticket/nuevo/borrar")
    assert "a medio escribir" in citizen.visitor.get("/portal").text  # only the button drops it
    assert send(page).location == "/portal"
    assert "a medio escribir" not in citizen.visitor.get("/portal").text


def test_fields_that_nobody_asked_for_change_nothing(citizen: Citizen) -> None:
    page = check_ticket(citizen.visitor, TEXT)
    extra = {"state": "cerrado", "urgency": "0", "folio": "AM-2026-999999-X", "person": "1", "is_admin": "1"}
    folio = folio_of(send(page, **extra))
    ticket = following.ticket_of(citizen.account, folio)
    assert (ticket.state, ticket.is_open) == ("ingresado", True)


def test_somebody_elses_person_is_as_unknown_as_none(make_citizen: Callable[..., Citizen]) -> None:
    one, other = make_citizen(), make_citizen()
    stranger = other.account.persons[0].id
    assert one.visitor.get(f"/ticket/nuevo?persona={stranger}").status == 200  # an account with one person asks for nobody
    write_ticket(one.visitor)
    assert following.tickets_of(other.account) == ()
