"""What a ticket's person can keep and check: certificate, status, the term day by day, and what became of each letter."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from core import clock
from core.database.binding import db
from core.mail import outbox
from core.mail.models import Letter
from core.people import sessions, staff
from core.people.views import Staff
from core.tickets import desk, extending, referring, waiting
from tests.harness import cast
from tests.intake_web import markup
from tests.intake_web.people import Citizen, folio_of, send, write_ticket

DAY = 24 * 3600
LEGAL_TERM = {"materia": "rt", "categoria": "rt-rechazo", "fecha_notificacion": "20-11-2026"}


@pytest.fixture
def folio(citizen: Citizen) -> str:
    return folio_of(write_ticket(citizen.visitor, "Hola, ¿cómo va?"))


@pytest.fixture
def analyst(citizen: Citizen) -> Staff:
    return cast.analyst("Claudia Reyes")


def asked(folio: str, analyst: Staff) -> None:
    row = cast.row_of(folio, analyst)
    waiting.ask(analyst, row.id, row.version, "¿Qué día fue?", f"pedido {folio}")


def later(citizen: Citizen, days: int) -> None:
    """Some days later, signed in again."""
    clock.advance(days * DAY)
    citizen.visitor.cookies["sesion"] = sessions.begin(citizen.account.id, remember=False).token


def read(citizen: Citizen, folio: str, rest: str = "") -> str:
    return markup.words(citizen.visitor.get(f"/ticket/{folio}{rest}"))


def test_the_certificate_says_who_what_when_and_until_when(citizen: Citizen) -> None:
    later(citizen, 5)
    folio = folio_of(write_ticket(citizen.visitor, "Llegó un sábado"))
    text = read(citizen, folio, "/certificado")
    for words in (
        "Certificado de ingreso",
        folio,
        "María José Quispe Mamani",
        "Estado o demora de mi solicitud",
        "12345678",
        "sábado 28 de noviembre de 2026, 10:00 (hora de Santiago)",
        "lunes 30 de noviembre de 2026",
        "martes 15 de diciembre de 2026",
        "Son 10 días hábiles",
        f"http://127.0.0.1:8000/ticket/{folio}",
    ):
        assert words in text
    assert "Llegó un sábado" not in text


def test_the_certificate_came_as_a_letter_too(citizen: Citizen, folio: str) -> None:
    (letter,) = [each for each in outbox.letters_of(citizen.account.id) if each.kind == "receipt"]
    assert "Certificado de ingreso " + folio in letter.body
    assert "Lo recibimos: lunes 23 de noviembre de 2026, 10:00 (hora de Santiago)" in letter.body
    assert "Respuesta a más tardar: lunes 7 de diciembre de 2026" in letter.body


def test_a_childs_certificate_names_who_acts(make_citizen: Callable[..., Citizen]) -> None:
    child = make_citizen(para_quien="nna", relacion="madre", responsable="Rosa Ñamandú", nacimiento_anio="2015")
    folio = folio_of(write_ticket(child.visitor, "Hola"))
    assert "Rosa Ñamandú" in read(child, folio, "/certificado")


def test_every_day_is_explained_and_the_page_is_linked(citizen: Citizen, folio: str) -> None:
    page = citizen.visitor.get(f"/ticket/{folio}")
    assert f'href="/ticket/{folio}/dias"' in page.text
    text = read(citizen, folio, "/dias")
    for words in ("martes 24 de noviembre 1 día hábil", "sábado 28 de noviembre no se cuenta sábado", "lunes 7 de diciembre 10"):
        assert words in " ".join(text.split())


def test_days_after_the_answer_are_not_counted(citizen: Citizen, folio: str, analyst: Staff) -> None:
    later(citizen, 2)
    analyst = staff.begin(analyst.id)[1]
    row = cast.row_of(folio, analyst)
    desk.reply(analyst, row.id, row.version, "Listo.", "respuesta")
    text = read(citizen, folio, "/dias")
    assert "miércoles 25 de noviembre" in text
    assert "jueves 26 de noviembre" not in text
    assert "Te respondimos el" in text


def test_both_dates_are_told_when_a_term_of_ones_own_runs(citizen: Citizen) -> None:
    folio = folio_of(write_ticket(citizen.visitor, "Me rechazaron", **LEGAL_TERM))
    for rest in ("", "/certificado", "/dias"):
        text = read(citizen, folio, rest)
        assert text.count("viernes 27 de noviembre") >= 2, rest
    assert "Tu propio plazo vence: viernes 27 de noviembre" in outbox.letters_of(citizen.account.id)[0].body


def test_what_is_asked_for_is_said_with_its_day_and_answered_on_the_page(citizen: Citizen, folio: str, analyst: Staff) -> None:
    asked(folio, analyst)
    page = citizen.visitor.get(f"/ticket/{folio}")
    for words in ("Necesitamos información tuya", "lunes 30 de noviembre", "¿Qué día fue?", "Te pedimos información", "detenido"):
        assert words in page.text
    assert "Necesitamos antecedentes tuyos" in citizen.visitor.get("/portal").text
    send(page, texto="El lunes.")
    after = read(citizen, folio)
    assert "Necesitamos información tuya" not in after
    assert "Lo estamos revisando" in after


def test_when_nothing_came_the_page_says_what_happens(citizen: Citizen, folio: str, analyst: Staff) -> None:
    asked(folio, analyst)
    later(citizen, 8)
    waiting.run_out()
    text = read(citizen, folio)
    assert "No recibimos lo que te pedimos" in text
    assert "lo responderá con lo que hay" in text


def test_being_late_is_admitted(citizen: Citizen, folio: str) -> None:
    later(citizen, 20)
    assert "Vamos atrasados" in read(citizen, folio)


def test_an_extension_and_its_reason_are_read_on_the_page(citizen: Citizen, folio: str, analyst: Staff) -> None:
    row = cast.row_of(folio, analyst)
    extending.extend(analyst, row.id, row.version, 2, "Falta un informe.", "ampliación")
    text = read(citizen, folio)
    assert "Por qué necesitamos más días" in text
    assert "miércoles 10" not in text
    assert "jueves 10 de diciembre" in text
    assert "Ampliamos el plazo en 2 días, por una sola vez." in read(citizen, folio, "/dias")


def test_a_ticket_passed_on_says_to_whom(citizen: Citizen, folio: str, analyst: Staff) -> None:
    row = cast.row_of(folio, analyst)
    referring.refer(analyst, row.id, row.version, "Registro Civil", "Pide hora ahí.", "derivación")
    text = read(citizen, folio)
    for words in ("Derivado a otro organismo", "Quién debe responderte", "Registro Civil", "Abajo dice qué organismo"):
        assert words in text


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({}, "Va en camino a tu correo"),
        ({"error": "451 más tarde"}, "El servidor de correo pidió esperar"),
        ({"state": "sent", "sent_at": 1}, "Entregada al servidor de correo"),
        ({"state": "failed", "error": "550 no"}, "No llegó a tu correo: léela aquí"),
    ],
)
def test_what_became_of_each_letter_is_told(citizen: Citizen, folio: str, changed: dict[str, object], words: str) -> None:
    with db.connection_context() if db.is_closed() else db.atomic():
        Letter.update(**(changed or {"error": ""})).where(Letter.kind == "receipt").execute()
    assert words in read(citizen, folio)


def test_what_was_read_in_the_portal_says_so_wherever_it_was_read(citizen: Citizen, folio: str, analyst: Staff) -> None:
    asked(folio, analyst)
    assert "leída en el portal" not in read(citizen, folio)
    text = read(citizen, folio)
    assert text.count("leída en el portal") == 1
    letters = {letter.kind: letter for letter in outbox.letters_of(citizen.account.id)}
    citizen.visitor.get(f"/portal/cartas/{letters['receipt'].id}")
    assert read(citizen, folio).count("leída en el portal") == 2


@pytest.mark.parametrize("rest", ["/certificado", "/dias"])
def test_a_strangers_papers_are_as_unknown_as_none(make_citizen: Callable[..., Citizen], folio: str, rest: str) -> None:
    other = make_citizen().visitor
    assert other.get(f"/ticket/{folio}{rest}").status == other.get(f"/ticket/AM-2026-999999-0{rest}").status == 404
