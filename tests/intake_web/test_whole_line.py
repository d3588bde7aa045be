"""The whole line on the web: signing up, proving the address, signing in, sending a ticket."""

from __future__ import annotations

from intake_web.app import Application
from tests.harness.cast import validation_token
from tests.harness.page import Visitor, within
from tests.intake_web.people import folio_of, send, sign_in, sign_up, write_ticket


def test_from_the_landing_page_to_the_receipt(site: Application, visitor: Visitor) -> None:
    assert "Crear un ticket" in visitor.get("/").text
    assert "rosa@correo.example" in sign_up(visitor, "rosa@correo.example").text

    phone = Visitor(within(site))  # the letter is opened on another machine
    link = f"/cuenta/validar/{validation_token('rosa@correo.example')}"
    assert "Estado de cuenta: Verificado" in send(phone.get(link)).follow().text
    assert sign_in(phone, "rosa@correo.example").location == "/portal"
    assert "Hola, María José Quispe" in phone.get("/portal").text

    sent = write_ticket(phone)
    folio = folio_of(sent)
    assert (sent.status, sent.location) == (303, f"/ticket/{folio}")
    receipt = sent.follow()
    assert folio in receipt.text
    assert "lunes 7 de diciembre" in receipt.text
    assert folio in phone.get("/portal").text
