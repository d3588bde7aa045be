"""A ticket about one's account tells how to prove who one is, before anything is changed."""

from __future__ import annotations

import re

from core.database.binding import db
from core.operations import reclaiming
from core.people.models import Account as AccountRow
from core.people.views import Staff
from core.tickets import identity
from intake_web.app import Application
from tests.harness import cast
from tests.harness.page import Page, Visitor, within
from tests.intake_web.people import Citizen, folio_of, send, write_ticket

LOST = {"materia": "cu", "categoria": "cu-recuperar"}


def lost(citizen: Citizen) -> tuple[str, Page]:
    """The folio of a ticket about one's account, and its page as the receipt."""
    page = write_ticket(citizen.visitor, "Perdí mi correo.", **LOST).follow()
    return folio_of(page), page


def eva() -> Staff:
    return cast.analyst("Eva Díaz", rights=("identidad",))


def test_before_writing_and_on_the_receipt_it_says_how(citizen: Citizen) -> None:
    page = send(citizen.visitor.get("/ticket/nuevo"), tipo="consulta").follow()
    page = send(send(page, materia="cu").follow(), categoria="cu-recuperar").follow()
    assert "antes de cambiar un dato te pediremos demostrar quién eres, en una oficina o con ClaveÚnica" in page.text
    folio, page = lost(citizen)
    assert "Falta demostrar quién eres" in page.text
    assert f'href="/hora/nueva?ticket={folio}"' in page.text
    assert "Hay dos formas" not in page.text, "without ClaveÚnica there is one"


def test_the_letter_of_the_receipt_says_it_too(citizen: Citizen) -> None:
    lost(citizen)
    assert "La página de tu ticket dice cómo demostrarlo." in cast.letters_to(citizen.account.email)[-1].body


def test_once_it_is_on_record_the_page_says_so(citizen: Citizen) -> None:
    folio, _page = lost(citizen)
    me = eva()
    identity.prove(me, cast.row_of(folio, me).id, "pasaporte")
    page = citizen.visitor.get(f"/ticket/{folio}")
    assert "Ya sabemos quién eres" in page.text
    assert "Lo demostraste en una oficina." in page.text
    assert "Falta demostrar" not in page.text


def test_whoever_is_joined_to_claveunica_need_do_nothing_more(citizen: Citizen) -> None:
    with db.connection_context() if db.is_closed() else db.atomic():
        AccountRow.update(run=12345678).where(AccountRow.id == citizen.account.id).execute()
    _folio, page = lost(citizen)
    assert "Tu cuenta está unida a ClaveÚnica: con eso basta para cambiar sus datos." in page.text


def test_no_other_ticket_asks_for_it(citizen: Citizen) -> None:
    assert "demostrar quién eres" not in write_ticket(citizen.visitor).follow().text


def test_the_new_address_alone_confirms_a_change_that_the_desk_asked_for(site: Application, citizen: Citizen) -> None:
    folio, _page = lost(citizen)
    me = eva()
    ticket_id = cast.row_of(folio, me).id
    identity.prove(me, ticket_id, "cedula")
    reclaiming.change_address(me, ticket_id, "nueva@correo.example")
    path = re.search(r"/cuenta/correo/\S+", cast.letters_to("nueva@correo.example")[-1].body)
    assert path is not None
    page = Visitor(within(site)).get(path[0])
    assert "los dos correos" not in page.text
    page = send(page)
    assert "Tu correo cambió" in page.text
    assert "nueva@correo.example" in page.text
