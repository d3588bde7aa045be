"""The portal: letters, drafts, tickets and the history of trámites, each person's own."""

from __future__ import annotations

from collections.abc import Callable

from core.tramites import history
from tests.harness.cast import letters_to
from tests.intake_web.people import Citizen, send, write_ticket


def trámite(email: str, number: str = "12345678") -> dict[str, str]:
    return {"id": number, "tipo": "Residencia temporal", "estado": "En análisis", "correo": email, "creado": "2026-03-12"}


def test_the_letters_are_read_here_too(citizen: Citizen) -> None:
    write_ticket(citizen.visitor)
    page = citizen.visitor.get("/portal")
    assert "Bandeja de Entrada (2)" in page.text
    receipt = letters_to(citizen.account.email)[-1]
    letter = citizen.visitor.get(f"/portal/cartas/{receipt.id}")
    assert receipt.body.splitlines()[2] in letter.text
    assert '<a href="/ticket/AM-2026-' in letter.text


def test_somebody_elses_letter_is_as_unknown_as_none(make_citizen: Callable[..., Citizen], citizen: Citizen) -> None:
    (theirs,) = letters_to(make_citizen().account.email)
    assert citizen.visitor.get(f"/portal/cartas/{theirs.id}").status == 404
    assert citizen.visitor.get("/portal/cartas/999999999999").status == 404
    assert citizen.visitor.get("/portal/cartas/999999999999999999").status == 404


def test_the_history_shows_ones_own_trámites_with_their_numbers(make_citizen: Callable[..., Citizen]) -> None:
    one, other = make_citizen(), make_citizen()
    history.import_rows([trámite(one.account.email), trámite(other.account.email, "999")])
    page = one.visitor.get("/portal")
    assert "Historial de Trámites (1)" in page.text
    assert "ID 12345678" in page.text
    assert "12 de marzo de 2026" in page.text
    assert "999" not in page.text


def test_a_ticket_half_written_waits_under_sin_asignar(citizen: Citizen) -> None:
    assert "Nada espera por ti" in citizen.visitor.get("/portal").text
    send(citizen.visitor.get("/ticket/nuevo"), tipo="reclamo")
    assert "Un ticket a medio escribir" in citizen.visitor.get("/portal").text


def test_with_a_ticket_open_no_other_is_offered(citizen: Citizen) -> None:
    assert 'href="/ticket/nuevo"' in citizen.visitor.get("/portal").text
    write_ticket(citizen.visitor)
    page = citizen.visitor.get("/portal")
    assert 'href="/ticket/nuevo"' not in page.text
    assert "Tu ticket en proceso" in page.text


def test_the_portal_says_that_the_account_is_verified(citizen: Citizen) -> None:
    page = citizen.visitor.get("/portal")
    assert "Estado de cuenta: Verificado" in page.text
    assert citizen.account.email in page.text
