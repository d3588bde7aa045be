"""The portal: letters, drafts, tickets and the history of trámites, each person's own."""

from __future__ import annotations

from collections.abc import Callable

from core.database.binding import db
from core.mail import outbox
from core.mail.models import Letter
from core.people.account_views import Account
from core.tramites import history
from tests.harness import cast
from tests.harness.cast import letters_to
from tests.intake_web import markup
from tests.intake_web.people import Citizen, send, write_ticket


def trámite(email: str, number: str = "12345678") -> dict[str, str]:
    return {"id": number, "tipo": "Residencia temporal", "estado": "En análisis", "correo": email, "creado": "2026-03-12"}


def test_the_letters_are_read_here_too(citizen: Citizen) -> None:
    write_ticket(citizen.visitor)
    page = citizen.visitor.get("/portal")
    assert "Bandeja de Entrada (1)" in page.text
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
    assert "12345678" in markup.words(page)
    assert "Por ahora no tienes que hacer nada" in page.text
    assert "12 de marzo de 2026" in page.text
    assert "999" not in page.text


def test_a_ticket_half_written_waits_under_sin_asignar(citizen: Citizen) -> None:
    assert "Nada espera por ti" in citizen.visitor.get("/portal").text
    send(citizen.visitor.get("/ticket/nuevo"), tipo="reclamo")
    page = citizen.visitor.get("/portal")
    assert "Un ticket a medio escribir" in page.text
    assert "Seguir escribiendo" in page.text


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


def write_letters(account: Account, count: int = 1) -> None:
    for number in range(count):
        outbox.write("password-changed", address=account.email, language="es", account_id=account.id, link=f"/{number}")


def bounce(account: Account) -> None:
    with db.connection_context():
        Letter.update(state="failed").where(Letter.account_id == account.id).execute()


def test_just_after_the_validation_the_account_is_verified_and_empty(citizen: Citizen) -> None:
    said = markup.words(citizen.visitor.get("/portal?cuenta=verificada"))
    for words in (
        "Estado de cuenta: Verificado",
        "Su cuenta ha sido correctamente verificada.",
        "Iniciar trámite",
        "Bandeja de Entrada (0)",
        "Sin asignar",
        "Historial de Trámites (0)",
        "Listado de trámites disponibles",
        "Trámites destacados",
        "Certificado de Permanencia Definitiva",
        "Consulta de Estado de Beneficios Migratorios",
    ):
        assert words in said
    assert "Su cuenta ha sido" not in markup.words(citizen.visitor.get("/portal"))


def test_a_letter_is_marked_until_it_was_read(citizen: Citizen) -> None:
    write_letters(citizen.account)
    assert "Sin leer" in citizen.visitor.get("/portal").text
    (letter,) = outbox.inbox(citizen.account.id)
    citizen.visitor.get(f"/portal/cartas/{letter.id}")
    page = citizen.visitor.get("/portal")
    assert "Sin leer" not in page.text
    assert "Bandeja de Entrada (1)" in page.text


def test_a_stranger_reads_no_letter_and_marks_none(make_citizen: Callable[..., Citizen], citizen: Citizen) -> None:
    write_letters(citizen.account)
    (letter,) = outbox.inbox(citizen.account.id)
    assert make_citizen().visitor.get(f"/portal/cartas/{letter.id}").status == 404
    assert outbox.inbox(citizen.account.id)[0].read_at is None


def test_a_letter_that_proves_who_holds_the_mailbox_is_not_read_in_the_portal(citizen: Citizen) -> None:
    (validation,) = letters_to(citizen.account.email)
    assert citizen.visitor.get(f"/portal/cartas/{validation.id}").status == 404


def test_a_letter_that_came_back_is_announced_until_it_was_read_here(citizen: Citizen) -> None:
    write_letters(citizen.account)
    bounce(citizen.account)
    page = citizen.visitor.get("/portal")
    assert "Una carta no llegó a tu correo" in page.text
    assert 'href="/cuenta/seguridad/correo"' in page.text
    (letter,) = outbox.inbox(citizen.account.id)
    assert "no llegó al correo" in citizen.visitor.get(f"/portal/cartas/{letter.id}").text
    assert "Una carta no llegó" not in citizen.visitor.get("/portal").text


def test_several_letters_that_came_back_are_counted(citizen: Citizen) -> None:
    write_letters(citizen.account, 3)
    bounce(citizen.account)
    assert "3 cartas no llegaron a tu correo" in citizen.visitor.get("/portal").text


def test_a_full_inbox_comes_a_page_at_a_time(citizen: Citizen) -> None:
    write_letters(citizen.account, 45)
    assert citizen.visitor.get("/portal").text.count("/portal/cartas/") == 5
    pages = [citizen.visitor.get(f"/portal/cartas?pagina={number}") for number in (1, 2, 3)]
    assert [page.text.count("/portal/cartas/") for page in pages] == [20, 20, 5]
    assert "Página 3 de 3" in pages[2].text
    for nonsense in ("0", "-1", "x", "99", "9" * 40, "%00", "²"):
        assert citizen.visitor.get(f"/portal/cartas?pagina={nonsense}").status == 200


def test_what_a_letter_became_is_said_in_plain_words(citizen: Citizen) -> None:
    write_letters(citizen.account)
    assert "Va en camino a tu correo" in citizen.visitor.get("/portal").text
    bounce(citizen.account)
    assert "No llegó a tu correo: léela aquí" in citizen.visitor.get("/portal/cartas").text


def test_all_tickets_are_listed(citizen: Citizen) -> None:
    assert "Todavía no hay tickets" in citizen.visitor.get("/portal/tickets").text
    folio = cast.ticket(citizen.account)
    assert folio in citizen.visitor.get("/portal/tickets").text


def test_antecedents_that_were_asked_for_wait_under_sin_asignar(citizen: Citizen) -> None:
    folio = cast.ticket(citizen.account)
    with db.connection_context():
        db.execute_sql("UPDATE ticket SET state = 'en_espera'")
    assert f"Necesitamos antecedentes tuyos para el ticket {folio}" in markup.words(citizen.visitor.get("/portal"))
