"""Proving with ClaveÚnica who one is, from the very page of the ticket that wants it."""

from __future__ import annotations

from core.tickets import identity
from tests.harness import cast
from tests.harness.claveunica import ClaveUnica
from tests.intake_web.claveunica.walks import ANSWERS, come_back, letter_link
from tests.intake_web.people import Citizen, folio_of, send, write_ticket


def test_from_the_ticket_through_claveunica_to_the_proof(citizen: Citizen, claveunica: ClaveUnica) -> None:
    visitor, email = citizen.visitor, citizen.account.email
    page = write_ticket(visitor, "Quiero cambiar mi correo.", materia="cu", categoria="cu-recuperar").follow()
    folio = folio_of(page)
    assert "Hay dos formas y basta una" in page.text
    onward = f"/ticket/{folio}"
    assert f'href="/claveunica/inicio?siguiente={onward}"' in page.text
    assert send(come_back(visitor, claveunica, onward=onward).follow(), correo=email, **ANSWERS).follow().status == 200
    assert send(visitor.get(letter_link(email))).follow().status == 200
    assert "Tu cuenta está unida a ClaveÚnica" in visitor.get(onward).text
    me = cast.analyst(rights=("identidad",))
    ticket_id = cast.row_of(folio, me).id
    identity.prove(me, ticket_id, "claveunica")
    assert identity.standing(me, ticket_id).proof == "claveunica"
