"""Somebody with a ticket open who wants another: told kindly, and nothing of what was typed is lost."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from core.tickets import desk
from core.tickets.citizens import drafts, following
from tests.harness import cast
from tests.harness.page import Page
from tests.intake_web import markup
from tests.intake_web.people import Citizen, folio_of, send, write_ticket
from tests.intake_web.test_ticket import SENTENCE, TEXT, to_details

OTHER = "Y además otra cosa"


@pytest.fixture
def folio(citizen: Citizen) -> str:
    return folio_of(write_ticket(citizen.visitor, TEXT))


def form_to(page: Page, ending: str) -> dict[str, str]:
    return next(form for form in page.forms if form.action.endswith(ending)).fields


def test_the_page_has_the_sentence_the_dates_and_the_ways_on(citizen: Citizen, folio: str) -> None:
    page = citizen.visitor.get("/ticket/nuevo")
    said = markup.words(page)
    assert page.status == 409
    assert SENTENCE in said
    assert "lunes 23 de noviembre" in said
    assert "lunes 7 de diciembre" in said
    for path in (f"/ticket/{folio}#texto", f"/ticket/{folio}/desistir?otra=si"):
        assert f'href="{path}"' in page.text
    assert f'action="/ticket/{folio}/plazo"' in page.text


def test_giving_it_up_for_another_asks_once_and_goes_on_writing(citizen: Citizen, folio: str) -> None:
    page = citizen.visitor.get(f"/ticket/{folio}/desistir?otra=si")
    assert following.ticket_of(citizen.account, folio).is_open
    page = send(page)
    assert page.location == "/ticket/nuevo"
    assert page.follow().status == 200
    assert not following.ticket_of(citizen.account, folio).is_open


def test_what_was_typed_in_another_window_is_kept_and_can_be_added(citizen: Citizen) -> None:
    stale = to_details(citizen.visitor)
    folio = folio_of(write_ticket(citizen.visitor, TEXT))
    page = send(stale, sin_tramite="si", texto=OTHER)
    assert page.status == 409
    fields = form_to(page, "/agregar")
    assert fields["texto"] == OTHER
    assert drafts.read(citizen.account.persons[0].id).fields["texto"] == OTHER  # type: ignore[union-attr]
    citizen.visitor.post(f"/ticket/{folio}/agregar", fields)
    assert [message.body for message in following.ticket_of(citizen.account, folio).messages][1:] == [OTHER]
    assert "Lo que escribiste está guardado" not in citizen.visitor.get("/ticket/nuevo").text


def test_a_term_is_told_from_there_with_what_the_draft_knows(citizen: Citizen, folio: str) -> None:
    known = {"tipo": "consulta", "materia": "rt", "categoria": "rt-rechazo", "fecha_notificacion": "19-11-2026", "texto": OTHER}
    drafts.save(citizen.account.persons[0].id, known)
    page = citizen.visitor.get("/ticket/nuevo")
    fields = form_to(page, "/plazo")
    assert (fields["plazo_de"], fields["fecha_notificacion"]) == ("rt-rechazo", "19-11-2026")
    page = citizen.visitor.post(f"/ticket/{folio}/plazo", fields).follow()
    assert "jueves 26 de noviembre" in markup.words(page)
    assert len(following.tickets_of(citizen.account)) == 1


def test_a_wrong_date_is_said_at_its_field(citizen: Citizen, folio: str) -> None:
    page = send(citizen.visitor.get(f"/ticket/{folio}/plazo"), plazo_de="", fecha_notificacion="ayer")
    assert page.status == 422
    assert 'href="#plazo_de"' in page.text
    assert markup.value_of(page, "fecha_notificacion") == "ayer"


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_strangers_term_is_not_there(make_citizen: Callable[..., Citizen], folio: str, method: str) -> None:
    other = make_citizen().visitor
    fields = {**other.get("/portal").form("ficha").fields, "plazo_de": "rt-rechazo", "fecha_notificacion": "19-11-2026"}
    path = f"/ticket/{folio}/plazo"
    assert (other.get(path) if method == "get" else other.post(path, fields)).status == 404


def test_a_ticket_that_was_answered_meanwhile_takes_nothing_but_shows_what_was_typed(citizen: Citizen, folio: str) -> None:
    page = citizen.visitor.get(f"/ticket/{folio}")
    analyst = cast.analyst()
    row = cast.row_of(folio, analyst)
    desk.reply(analyst, row.id, row.version, "Ya está.", "llave")
    page = send(page, texto=OTHER)
    assert page.status == 409
    assert markup.value_of(page, "texto") == OTHER


def test_a_ticket_about_a_trámite_is_refused_as_kindly(citizen: Citizen, folio: str) -> None:
    from core.tramites import history

    known = {"id": "777", "tipo": "Residencia", "estado": "x", "correo": citizen.account.email, "creado": "2026-01-02"}
    history.import_rows([known])
    page = send(citizen.visitor.get("/portal/tramite?id=777"))
    assert page.status == 409
    assert SENTENCE in markup.words(page)


def test_a_draft_deleted_in_another_window_is_told_in_so_many_words(citizen: Citizen) -> None:
    check = send(to_details(citizen.visitor), sin_tramite="si", texto=TEXT).follow()
    send(citizen.visitor.get("/ticket/nuevo/borrar"))
    page = send(check)
    assert page.status == 409
    assert "lo borraste en otra ventana" in page.text
