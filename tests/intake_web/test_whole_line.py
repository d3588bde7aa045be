"""The whole line on the web: signing up, proving the address, signing in, sending a ticket."""

from __future__ import annotations

from core.mail import outbox
from tests.harness.page import Visitor, within
from tests.intake_web.conftest import _account_id
from tests.intake_web.people import folio_of, send, sign_in, sign_up, write_ticket


def test_from_the_landing_page_to_the_receipt(site, visitor: Visitor) -> None:  # type: ignore[no-untyped-def]
    assert "Crear un ticket" in visitor.get("/").text
    page = sign_up(visitor, "rosa@correo.example")
    assert "rosa@correo.example" in page.text
    (letter,) = outbox.letters_of(_account_id("rosa@correo.example"))
    link = "/cuenta/validar/" + letter.body.split("/cuenta/validar/")[1].split()[0]
    phone = Visitor(within(site))
    assert "Validar mi correo" in phone.get(link).text
    assert "Estado de cuenta: Verificado" in send(phone.get(link)).follow().text
    assert sign_in(phone, "rosa@correo.example").location == "/portal"
    assert "Hola, María José Quispe" in phone.get("/portal").text
    sent = write_ticket(phone)
    assert sent.status == 303
    folio = folio_of(sent)
    assert sent.location == f"/ticket/{folio}"
    receipt = sent.follow()
    assert receipt.status == 200
    assert "lunes 7 de diciembre" in receipt.text
    assert folio in phone.get("/portal").text
