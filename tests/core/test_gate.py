"""The gate before an answer leaves: what it finds, what it lets pass, and what becomes of a reason."""

from __future__ import annotations

import re
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.canned import loading
from core.canned.wording import VARIABLES, fill
from core.errors import Invalid
from core.identifiers import format_folio, run_check_digit
from core.operations.example.phrases import Bank
from core.people.account_views import Account
from core.people.views import Staff
from core.tickets import desk, sheets, waiting
from core.tickets.answers import findings, gate
from core.tickets.answers.findings import Facts
from core.tickets.answers.gate import Stopped
from core.tickets.lists.views import TicketRow
from core.tickets.views import Overruled
from tests.harness import cast

GOOD = "Tu solicitud está en análisis. No tienes que hacer nada por ahora."
OWN_FOLIO, OTHER_FOLIO = format_folio(2026, 123), format_folio(2026, 4812)
FACTS = Facts(
    folios=frozenset({OWN_FOLIO}),
    tramites=frozenset({"12345678"}),
    runs=frozenset({12_345_678}),
    emails=frozenset({"rosa@correo.example"}),
    names=frozenset({"rosa", "maria", "quispe"}),
    told="Mi pasaporte es AB 123456 y el RUN de mi hermana es 20.347.793-7.",
)
HOSTILE = {
    "Puedes usar el RUN 11.111.111-1 para entrar.": "run",
    "Puedes entrar con 20347793-7 o con 7.654.321-6.": "run",
    "Puedes entrar, RUT 11111111-1.": "run",
    "Puedes entrar, RUN n° 111111111.": "run",
    "Puedes entrar con 11\u202f111\u202f111\u20101.": "run",
    "Puedes entrar con １１.１１１.１１１－１.": "run",
    "Puedes escribir a juana.perez@gmail.com.": "correo",
    "Puedes escribir a JUANA@gmail.com o a rosa@correo.example.": "correo",
    "Revisa el pasaporte N° XY998877.": "pasaporte",
    "Please check: passport number 998877665.": "pasaporte",
    "Revisa tu trámite 87654321.": "tramite",
    "Revisa tu solicitud N° 8.765.432.": "tramite",
    "Revisa el ID 00087654321.": "tramite",
    f"Revisa la respuesta del ticket {OTHER_FOLIO}.": "folio",
    f"Revisa la respuesta del ticket {OTHER_FOLIO.lower().replace('-', ' ')}.": "folio",
    "Tu resolución es del [[fecha]]. Revisa tu correo.": "hueco",
    "Hola {nombre}, revisa tu correo.": "hueco",
    "Hola, la fecha es XXX. Revisa tu correo.": "hueco",
    "Tu resolución es la N° ____. Revisa tu correo.": "hueco",
    "Nota interna: derivar mañana. Puedes esperar.": "interna",
    "Ojo con este caso. Puedes esperar.": "interna",
    "El usuario es latero. Puedes esperar.": "interna",
    "Hola Juan:\nRevisa tu correo.": "saludo",
    "Estimada Sra. Pérez Soto,\nrevisa tu correo.": "saludo",
    "Tu solicitud está en análisis complementario.": "sin_paso",
    "Gracias por escribirnos. Leímos tu caso.": "sin_paso",
    "Demann ou an nan etap analiz.": "sin_paso",
}
LEGITIMATE = (
    GOOD,
    f"Hola María:\nRevisa tu ticket {OWN_FOLIO} y tu trámite 12.345.678.",
    "Buenos días, Rosa María: puedes entrar con tu RUN 12.345.678-5.",
    "Hola, gracias por escribir. Puedes escribir a rosa@correo.example o a oirs@serviciomigraciones.cl.",
    "Tu pasaporte AB123456 ya está registrado.",
    "El RUN de tu hermana (20347793-7) quedó registrado.",
    "Tienes 60 días desde el 12-11-2026 para pagar $ 123.456.789.",
    "Según la Ley 19.880, artículo 59, puedes presentar un recurso hasta el lunes 7 de diciembre.",
    "Llama al +56 2 2345 6789 o al 600 600 6000.",
    "Tu solicitud del 12-11-2026 sigue en análisis: no tienes que hacer nada.",
    "Estimada persona: revisa la resolución exenta 24.567 de 2026.",
    "You do not need to do anything for now: we will write to you.",
    "Ou pa bezwen fè anyen pou kounye a.",
    "Você não precisa fazer nada por enquanto.",
)


def codes(text: str, facts: Facts = FACTS) -> list[str]:
    return [each.code for each in findings.look(text, facts)]


@pytest.mark.parametrize(("text", "code"), HOSTILE.items())
def test_what_must_not_leave_is_found(text: str, code: str) -> None:
    assert code in codes(text)


@pytest.mark.parametrize("text", LEGITIMATE)
def test_a_good_answer_passes(text: str) -> None:
    assert findings.look(text, FACTS) == ()


@pytest.mark.parametrize("text", [text for text, code in HOSTILE.items() if code != "sin_paso"])
def test_a_finding_points_at_its_place_and_says_what_to_do(text: str) -> None:
    for found in findings.look(text, FACTS):
        assert text[found.start : found.end] in found.sentence
        assert 0 <= found.start < found.end <= len(text)
        assert found.sentence.endswith(".")


def test_whoever_is_thanked_needs_no_next_step() -> None:
    assert codes("Gracias por tus palabras.", Facts(must_lead_on=False)) == []


def test_few_of_the_examples_answers_are_stopped() -> None:
    """The false alarms over texts that analysts might have written: all of them that no way on is named."""
    bank, random = Bank(7, 60), Random(7)
    subjects = [name for name in bank._lines if name.startswith("answers ") and name[8:] not in ("saludos", "cierres", "ht")]
    texts = [
        " ".join(random.choice(bank.of(section)).text for section in ("answers saludos", subject, "answers cierres"))
        for subject in subjects
        for _ in range(60)
    ]
    stopped = [(text, found) for text in texts if (found := codes(text))]
    assert {code for _text, found in stopped for code in found} <= {"sin_paso"}
    assert len(stopped) / len(texts) <= 0.02, stopped[:5]


def test_the_canned_answers_pass_once_their_holes_are_filled() -> None:
    texts = [text for page in loading.first_set().values() for text in page.texts.values()]
    filled = [re.sub(r"\[\[.*?\]\]", "el 12 de noviembre", fill(text, dict.fromkeys(VARIABLES, "Rosa"))) for text in texts]
    assert [(text, found) for text in filled if (found := codes(text))] == []


@given(
    st.integers(1_000_000, 29_999_999), st.sampled_from(["", "."]), st.sampled_from(["-", " - ", "\u2010", "\u2013", "\u2212"])
)
def test_anybody_elses_run_is_found_in_any_spelling(number: int, group: str, dash: str) -> None:
    digits = f"{number:,}".replace(",", group)
    text = f"Puedes entrar con {digits}{dash}{run_check_digit(number)}, gracias"
    expected = [] if number in (12_345_678, 20_347_793) else ["run"]
    assert [code for code in codes(text) if code == "run"] == expected


@given(st.integers(10_000, 999_999_999_999), st.sampled_from(["trámite", "ID", "solicitud N°", "Trámite:", "demann"]))
def test_anybody_elses_tramite_is_found_and_ones_own_is_not(number: int, label: str) -> None:
    assert "tramite" in codes(f"Revisa tu {label} {number}.", Facts(tramites=frozenset({"1"})))
    assert "tramite" not in codes(f"Revisa tu {label} {number}.", Facts(tramites=frozenset({str(number)})))


@given(st.text(max_size=200))
def test_any_text_can_be_looked_at(text: str) -> None:
    for found in findings.look(text, FACTS):
        assert 0 <= found.start <= found.end <= len(text)


@pytest.fixture
def owner(database: str) -> Account:
    return cast.account(nombres="Rosa")


def test_an_answer_with_a_finding_is_refused_and_nothing_changes(ticket: TicketRow, me: Staff) -> None:
    text = "Tu RUN es 11.111.111-1 y falta [[fecha]]. Revisa tu correo."
    desk.save_draft(me, ticket.id, "respuesta", text)
    with pytest.raises(Stopped) as stopped:
        desk.reply(me, ticket.id, ticket.version + 0, text, "llave")
    assert [each.code for each in stopped.value.findings] == ["run", "hueco"]
    sheet = sheets.open_sheet(me, ticket.id)
    assert (sheet.row.state, len(sheet.messages), sheet.answer_draft) == ("ingresado", 1, text)


def test_an_overruled_finding_is_sent_and_its_reason_stays_inside(ticket: TicketRow, me: Staff) -> None:
    text = "Puedes entrar con el RUN 11.111.111-1."
    overruled = Overruled(frozenset({"run"}), "Es el de su hijo, lo confirmó por teléfono")
    desk.reply(me, ticket.id, ticket.version, text, "llave", overruled)
    sheet = sheets.open_sheet(me, ticket.id)
    assert sheet.row.state == "respondido"
    assert [(each.kind, each.body) for each in sheet.messages[1:]] == [
        ("respuesta", text),
        ("nota", "Se envió con el RUN de otra persona. Motivo: Es el de su hijo, lo confirmó por teléfono"),
    ]
    assert [event.code for event in sheet.events if event.kind == "advertido"] == ["run"]


@pytest.mark.parametrize("reason", ["", " \n", "x" * 501])
def test_overruling_wants_a_reason(ticket: TicketRow, me: Staff, reason: str) -> None:
    with pytest.raises(Invalid):
        desk.reply(me, ticket.id, ticket.version, "Es 11.111.111-1, revisa.", "k", Overruled(frozenset({"run"}), reason))
    assert sheets.open_sheet(me, ticket.id).row.state == "ingresado"


def test_overruling_one_thing_overrules_no_other(ticket: TicketRow, me: Staff) -> None:
    with pytest.raises(Stopped):
        desk.reply(me, ticket.id, ticket.version, "Es 11.111.111-1, revisa {x}.", "k", Overruled(frozenset({"run"}), "Sí"))


def test_what_belongs_to_the_account_and_what_the_person_wrote_passes(owner: Account, me: Staff) -> None:
    earlier = cast.ticket(owner, tramite_id="555777999")
    row = cast.row_of(earlier, me)
    desk.reply(me, row.id, row.version, "Listo.", "uno")
    now = cast.row_of(cast.ticket(owner, texto="Mi RUN es 11.111.111-1 y mi correo otro@correo.example"), me)
    text = f"Hola Rosa:\nEntra con 11111111-1 u otro@correo.example, por tu trámite 555.777.999 de {earlier} o a {owner.email}."
    desk.reply(me, now.id, now.version, text, "dos")
    assert sheets.open_sheet(me, now.id).row.state == "respondido"


def test_a_request_goes_through_the_gate_but_needs_no_next_step(ticket: TicketRow, me: Staff) -> None:
    with pytest.raises(Stopped):
        waiting.ask(me, ticket.id, ticket.version, "¿Es tuyo el RUN 11.111.111-1?", "pedido")
    waiting.ask(me, ticket.id, ticket.version, "¿Qué día fue?", "pedido")
    assert sheets.open_sheet(me, ticket.id).row.state == "en_espera"


def test_a_note_may_say_everything(ticket: TicketRow, me: Staff) -> None:
    desk.note(me, ticket.id, "Ojo con el RUN 11.111.111-1", "nota")
    assert len(sheets.open_sheet(me, ticket.id).messages) == 2


def test_the_gate_can_be_asked_before_anything_is_sent(ticket: TicketRow, me: Staff) -> None:
    assert [each.code for each in gate.look(me, ticket.id, "respuesta", "Es 11.111.111-1.")] == ["sin_paso", "run"]
    assert gate.look(me, ticket.id, "respuesta", GOOD) == ()


@pytest.fixture
def spouse(ticket: TicketRow, me: Staff) -> TicketRow:
    """Another person's open ticket about the same trámite."""
    return cast.row_of(cast.ticket(cast.account(nombres="Jean"), tramite_id=ticket.tramite), me)


def found_in(me: Staff, ticket: TicketRow, text: str = GOOD, kind: str = "respuesta") -> list[str]:
    return [each.code for each in gate.look(me, ticket.id, kind, text)]


def test_whoever_answers_while_another_person_waits_about_the_same_tramite_is_stopped(
    ticket: TicketRow, spouse: TicketRow, me: Staff
) -> None:
    with pytest.raises(Stopped) as stopped:
        desk.reply(me, ticket.id, ticket.version, GOOD, "llave")
    assert f"({spouse.folio}, espera respuesta)" in str(stopped.value)
    overruled = Overruled(frozenset({"mismo_tramite"}), "Es su marido, dice lo mismo")
    desk.reply(me, ticket.id, ticket.version, GOOD, "llave", overruled)
    assert cast.row_of(ticket.folio, me).state == "respondido"


def test_another_answer_about_the_same_tramite_is_stopped_and_the_same_words_are_not(
    ticket: TicketRow, spouse: TicketRow, me: Staff
) -> None:
    desk.reply(me, spouse.id, spouse.version, GOOD, "uno", Overruled(frozenset({"mismo_tramite"}), "Sí"))
    assert found_in(me, ticket, "No, no puedes trabajar.") == ["mismo_tramite"]
    assert found_in(me, ticket, f"  {GOOD.upper()}") == []


def test_what_a_colleague_is_about_to_say_about_the_same_tramite_counts_too(
    ticket: TicketRow, spouse: TicketRow, me: Staff
) -> None:
    luis = cast.analyst("Luis Soto")
    desk.save_draft(luis, spouse.id, "respuesta", GOOD)
    assert found_in(me, ticket) == []
    desk.save_draft(luis, spouse.id, "respuesta", "No, no puedes trabajar.")
    assert found_in(me, ticket) == ["mismo_tramite"]


def test_a_ticket_that_one_may_not_see_is_counted_in_the_warning_and_not_named(ticket: TicketRow, me: Staff) -> None:
    hidden = cast.ticket(cast.child(), tramite_id=ticket.tramite)
    (found,) = gate.look(me, ticket.id, "respuesta", GOOD)
    assert "(1 ticket que no puedes ver)" in found.sentence
    assert hidden not in found.sentence


@pytest.mark.parametrize("kind", ["pedido", "ampliacion", "derivacion"])
def test_only_an_answer_can_contradict_another(ticket: TicketRow, spouse: TicketRow, me: Staff, kind: str) -> None:
    assert found_in(me, ticket, kind=kind) == []
