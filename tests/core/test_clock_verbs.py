"""What lengthens a term or ends it elsewhere: more days with a reason, another organism; and that its day is the ledger's."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial
from pathlib import Path

import pytest

from core import clock
from core.calendar import business, feasts
from core.errors import Conflict, Invalid
from core.mail import outbox
from core.operations import verify
from core.people import staff
from core.people.account_views import Account
from core.people.views import Staff
from core.tickets import desk, extending, referring, renewing, sheets, terms, waiting
from core.tickets.citizens import following
from core.tickets.lists.views import TicketRow
from tests.core.test_operations import break_it
from tests.harness import cast
from tests.harness.crowd import at_once

REASON = "Esperamos la respuesta de la oficina de Arica."


pytestmark = pytest.mark.usefixtures("database")  # on a Monday: 23 November 2026


def again(row: TicketRow, reader: Staff) -> TicketRow:
    return sheets.open_sheet(staff.begin(reader.id)[1], row.id).row


def go_to(day: date) -> None:
    clock.freeze(clock.start_of(day) + 9 * 3600)


def test_more_days_move_the_day_and_a_letter_says_why(ticket: TicketRow, owner: Account, me: Staff) -> None:
    extending.extend(me, ticket.id, ticket.version, 5, REASON, "ampliación")
    sheet = sheets.open_sheet(me, ticket.id)
    assert (sheet.row.state, sheet.row.due_on, sheet.clock.more_days) == ("ingresado", date(2026, 12, 15), 5)
    assert [event.kind for event in sheet.events] == ["abierto", "ampliado"]
    letter = outbox.letters_of(owner.id)[0]
    assert letter.kind == "extension"
    for words in (REASON, "Ana Rojas", "martes 15 de diciembre", "lunes 7 de diciembre"):
        assert words in letter.body
    assert following.ticket_of(owner, ticket.folio).messages[-1].body == REASON
    assert following.ledger_of(owner, ticket.folio).days[-1].words == "día hábil de la ampliación"
    assert list(verify.verify()) == []


@pytest.mark.parametrize("days", [-1, 0, 6, 30])
def test_no_more_than_half_of_the_term_is_added(ticket: TicketRow, me: Staff, days: int) -> None:
    with pytest.raises(Invalid, match="entre 1 y 5"):
        extending.extend(me, ticket.id, ticket.version, days, REASON, "ampliación")
    assert again(ticket, me) == ticket


def test_a_request_about_data_may_take_as_many_days_again(owner: Account) -> None:
    """Ley 21.719: thirty days, and thirty more, once."""
    me = cast.analyst(rights=("datos",))
    row = cast.row_of(cast.ticket(owner, materia="dp", categoria="dp-acceso", tramite_id=""), me)
    with pytest.raises(Invalid, match="entre 1 y 30 días corridos"):
        extending.extend(me, row.id, row.version, 31, REASON, "uno")
    extending.extend(me, row.id, row.version, 30, REASON, "dos")
    after = cast.row_of(row.folio, me)
    assert after.due_on - row.due_on == timedelta(days=30)
    with pytest.raises(Conflict, match="ya se amplió una vez"):
        extending.extend(me, row.id, after.version, 1, REASON, "tres")


def test_no_days_are_added_without_a_reason(ticket: TicketRow, me: Staff) -> None:
    with pytest.raises(Invalid):
        extending.extend(me, ticket.id, ticket.version, 3, " \n", "ampliación")
    assert again(ticket, me) == ticket


def test_days_are_added_once(ticket: TicketRow, me: Staff) -> None:
    outcomes = at_once([partial(extending.extend, me, ticket.id, ticket.version, 2, REASON, "ampliación")] * 4)
    assert outcomes == [None] * 4
    assert again(ticket, me).due_on == date(2026, 12, 10)
    with pytest.raises(Conflict, match="ya se amplió"):
        extending.extend(me, ticket.id, again(ticket, me).version, 2, REASON, "otra")
    assert sheets.open_sheet(me, ticket.id).can["extend"] == "ya se amplió una vez"


def test_days_are_added_until_the_last_one_and_not_after(ticket: TicketRow, owner: Account, me: Staff) -> None:
    other = cast.row_of(cast.ticket(), me)
    go_to(date(2026, 12, 7))
    me = staff.begin(me.id)[1]
    extending.extend(me, ticket.id, ticket.version, 1, REASON, "ampliación")
    assert again(ticket, me).due_on == date(2026, 12, 9)
    go_to(date(2026, 12, 8))
    with pytest.raises(Conflict, match="ya venció"):
        extending.extend(staff.begin(me.id)[1], other.id, other.version, 1, REASON, "otra")


def test_an_extension_and_a_wait_add_up(ticket: TicketRow, owner: Account, me: Staff) -> None:
    extending.extend(me, ticket.id, ticket.version, 5, REASON, "ampliación")
    waiting.ask(me, ticket.id, again(ticket, me).version, "¿Cuándo?", "pedido")
    assert again(ticket, me).due_on == business.add_business_days(ticket.due_on, 10)
    assert list(verify.verify()) == []


def test_a_ticket_passed_on_ends_with_a_letter_that_names_who_answers(ticket: TicketRow, owner: Account, me: Staff) -> None:
    waiting.ask(me, ticket.id, ticket.version, "¿Cuándo?", "pedido")
    row = again(ticket, me)
    outcomes = at_once([partial(referring.refer, me, row.id, row.version, "Registro Civil", "Pide hora ahí.", "derivación")] * 4)
    assert outcomes == [None] * 4
    known = following.ticket_of(owner, ticket.folio)
    assert (known.state, known.is_open) == ("derivado", False)
    assert known.messages[-1].body == "Registro Civil\n\nPide hora ahí."
    letter = outbox.letters_of(owner.id)[0]
    assert letter.kind == "referral"
    assert "Registro Civil" in letter.body
    assert "Pide hora ahí." in letter.body
    assert cast.ticket(owner) != ticket.folio
    assert list(verify.verify()) == []


@pytest.mark.parametrize(("organism", "text"), [("", "Pide hora ahí."), (" ", "x"), ("x" * 121, "x"), ("Registro Civil", " ")])
def test_nothing_is_passed_on_to_nobody_or_in_no_words(ticket: TicketRow, me: Staff, organism: str, text: str) -> None:
    with pytest.raises(Invalid):
        referring.refer(me, ticket.id, ticket.version, organism, text, "derivación")
    assert again(ticket, me) == ticket


@pytest.mark.parametrize("verb", [waiting.ask, partial(extending.extend, days=1), partial(referring.refer, organism="Otro")])
def test_what_was_answered_meanwhile_is_left_alone(ticket: TicketRow, me: Staff, verb: Callable[..., None]) -> None:
    desk.reply(me, ticket.id, ticket.version, "Listo.", "respuesta")
    with pytest.raises(Conflict, match="ya no está abierto"):
        verb(me, ticket.id, ticket.version, text="Tarde", key="otra")


def test_the_desk_and_the_person_read_the_same_ledger(ticket: TicketRow, owner: Account, me: Staff) -> None:
    waiting.ask(me, ticket.id, ticket.version, "¿Cuándo?", "pedido")
    assert sheets.ledger_of(me, ticket.id) == following.ledger_of(owner, ticket.folio)
    assert sheets.ledger_of(me, ticket.id).due_on == again(ticket, me).due_on


@pytest.fixture
def decree(tmp_path: Path) -> Iterator[Callable[[date], int]]:
    """Publishes a holiday today, as an operator's file has it."""

    def publish(day: date) -> int:
        file = tmp_path / feasts.FILE
        row = f'{{"fecha": "{day}", "nombre": "Feriado por luto", "publicado": "{clock.today()}"}}'
        file.write_text(f"[{row}]", encoding="utf-8")
        feasts.add_late(file)
        return renewing.renew()

    yield publish
    feasts.add_late(tmp_path / "none")


def test_a_late_decree_moves_open_tickets_and_waits_and_what_was_over_stays(
    ticket: TicketRow, owner: Account, me: Staff, decree: Callable[[date], int]
) -> None:
    over = cast.row_of(cast.ticket(), me)
    desk.reply(me, over.id, over.version, "Listo.", "respuesta")
    waits = cast.row_of(cast.ticket(), me)
    waiting.ask(me, waits.id, waits.version, "¿Cuándo?", "pedido")
    go_to(date(2026, 11, 24))
    assert decree(date(2026, 11, 26)) == 2
    assert again(ticket, me).due_on == date(2026, 12, 9)
    assert again(waits, me).due_on == business.add_business_days(date(2026, 12, 9), 5)
    assert sheets.open_sheet(staff.begin(me.id)[1], waits.id).clock.waits_until == date(2026, 12, 1)
    assert again(over, me).due_on == date(2026, 12, 7)
    assert "Feriado por luto" in [day.words for day in following.ledger_of(owner, ticket.folio).days]
    assert renewing.renew() == 0
    assert list(verify.verify()) == []


def test_what_ended_since_a_decree_was_published_is_counted_with_it(
    ticket: TicketRow, me: Staff, decree: Callable[[date], int]
) -> None:
    desk.reply(me, ticket.id, ticket.version, "Listo.", "respuesta")
    assert decree(date(2026, 11, 26)) == 1
    assert again(ticket, me).due_on == date(2026, 12, 9)
    assert list(verify.verify()) == []


def test_a_day_that_is_not_the_ledgers_is_found_and_mended(ticket: TicketRow, me: Staff) -> None:
    break_it("UPDATE ticket SET due_on = 20261211")
    assert [line for line in verify.verify() if "vence otro día" in line]
    assert renewing.renew() == 1
    assert again(ticket, me).due_on == date(2026, 12, 7)
    assert sheets.open_sheet(me, ticket.id).events[-1].kind == "vencimiento"


def test_a_wait_that_nobody_began_or_nobody_ended_is_found(ticket: TicketRow, me: Staff) -> None:
    waiting.ask(me, ticket.id, ticket.version, "¿Cuándo?", "pedido")
    break_it("UPDATE ticket SET state = 'asignado'")
    assert [line for line in verify.verify() if "sigue detenido" in line]
    break_it("UPDATE ticket SET state = 'en_espera'", "DELETE FROM pause")
    assert [line for line in verify.verify() if "nadie pidió" in line]


def test_each_ticket_keeps_the_term_that_it_was_promised(ticket: TicketRow, me: Staff) -> None:
    known = terms.ANSWER_DAYS
    try:
        terms.ANSWER_DAYS = known + 5
        assert list(verify.verify()) == []
        assert cast.row_of(cast.ticket(), me).due_on == ticket.due_on + timedelta(days=8)
    finally:
        terms.ANSWER_DAYS = known
