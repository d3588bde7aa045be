"""Waiting for what only the person has: the clock stops, five business days run, and nothing is closed in silence."""

from __future__ import annotations

from datetime import date
from functools import partial

import pytest

from core import clock
from core.calendar import business
from core.errors import Conflict, Invalid
from core.mail import outbox
from core.operations import housekeeping, verify
from core.operations.rights import blocking, erasing
from core.people import staff
from core.people.account_views import Account
from core.people.views import Staff
from core.tickets import desk, extending, sheets, waiting
from core.tickets.citizens import following
from core.tickets.lists import queue
from core.tickets.lists.views import TicketRow
from core.tickets.views import TicketSheet
from tests.harness import cast
from tests.harness.crowd import at_once

DAY = 24 * 3600
ASKED = "¿En qué oficina te atendieron?"


pytestmark = pytest.mark.usefixtures("database")  # on a Monday: 23 November 2026


@pytest.fixture
def ticket(owner: Account, me: Staff) -> TicketRow:
    """A ticket that waits since Wednesday: two of its ten days are counted."""
    row = cast.row_of(cast.ticket(owner), me)
    clock.advance(2 * DAY)
    me = staff.begin(me.id)[1]
    waiting.ask(me, row.id, row.version, ASKED, "pedido")
    return sheet(row, me).row


def sheet(row: TicketRow, reader: Staff) -> TicketSheet:
    return sheets.open_sheet(staff.begin(reader.id)[1], row.id)


def kinds(row: TicketRow, reader: Staff) -> list[str]:
    return [event.kind for event in sheet(row, reader).events]


def letters(owner: Account) -> list[str]:
    return [letter.kind for letter in outbox.letters_of(owner.id) if letter.ticket_id is not None]


def go_to(day: date) -> None:
    """Nine in the morning of a later day."""
    clock.freeze(clock.start_of(day) + 9 * 3600)


def test_asking_stops_the_clock_and_tells_the_person_until_when(ticket: TicketRow, owner: Account, me: Staff) -> None:
    assert (ticket.state, ticket.assignee_name, ticket.due_on) == ("en_espera", "Ana Rojas", date(2026, 12, 15))
    told = sheet(ticket, me)
    assert told.messages[-1].kind == "pedido"
    assert (told.clock.waits_until, told.clock.ran_out_on) == (date(2026, 12, 2), None)
    assert kinds(ticket, me) == ["abierto", "pedido"]
    letter = outbox.letters_of(owner.id)[0]
    assert (letter.kind, letter.ticket_id) == ("antecedents", ticket.id)
    for words in (ASKED, "Ana Rojas", "miércoles 2 de diciembre", "nuestro plazo está detenido", f"/ticket/{ticket.folio}"):
        assert words in letter.body
    assert [message.body for message in following.ticket_of(owner, ticket.folio).messages] == [cast.TEXT, ASKED]
    assert list(verify.verify()) == []


def test_what_comes_lets_the_clock_run_on_and_the_ticket_returns_to_its_analyst(
    ticket: TicketRow, owner: Account, me: Staff
) -> None:
    go_to(date(2026, 11, 27))
    following.add_information(owner, ticket.folio, "En la de Arica.", "llave")
    told = sheet(ticket, me)
    assert (told.row.state, told.row.assignee_name) == ("en_analisis", "Ana Rojas")
    assert told.row.due_on == date(2026, 12, 10)  # 26 and 27 November are not counted, 8 December is a holiday
    assert told.clock.waits_until is None
    assert kinds(ticket, me) == ["abierto", "pedido", "agregado", "reanudado"]
    following.add_information(owner, ticket.folio, "Y ayer también.", "otra llave")
    assert sheet(ticket, me).row.due_on == date(2026, 12, 10)
    assert list(verify.verify()) == []


def test_what_comes_on_the_day_it_was_asked_for_costs_no_day(ticket: TicketRow, owner: Account, me: Staff) -> None:
    following.add_information(owner, ticket.folio, "En la de Arica.", "llave")
    assert sheet(ticket, me).row.due_on == date(2026, 12, 7)


def test_what_comes_on_a_saturday_comes_on_monday(ticket: TicketRow, owner: Account, me: Staff) -> None:
    go_to(date(2026, 11, 28))
    following.add_information(owner, ticket.folio, "En la de Arica.", "llave")
    assert sheet(ticket, me).row.due_on == business.add_business_days(date(2026, 12, 7), 3)


def test_if_the_analyst_has_left_everybody_may_take_it(ticket: TicketRow, owner: Account, me: Staff) -> None:
    staff.disable_staff("Ana Rojas")
    following.add_information(owner, ticket.folio, "En la de Arica.", "llave")
    row = cast.row_of(ticket.folio, cast.analyst())
    assert (row.state, row.assignee_id) == ("ingresado", None)


def test_a_reminder_goes_out_before_the_days_are_over_once_however_many_workers_there_are(
    ticket: TicketRow, owner: Account, me: Staff
) -> None:
    go_to(date(2026, 11, 30))
    assert waiting.remind() == 0
    go_to(date(2026, 12, 1))
    assert sum(each for each in at_once([waiting.remind] * 4) if isinstance(each, int)) == 1
    go_to(date(2026, 12, 2))
    assert housekeeping.do_chores() == 0
    assert letters(owner) == ["antecedents-reminder", "antecedents", "receipt"]
    body = outbox.letters_of(owner.id)[0].body
    assert ASKED in body
    assert "miércoles 25 de noviembre" in body
    assert "miércoles 2 de diciembre" in body
    assert "recordado" in kinds(ticket, me)


def test_nobody_is_reminded_of_what_came(ticket: TicketRow, owner: Account) -> None:
    following.add_information(owner, ticket.folio, "En la de Arica.", "llave")
    go_to(date(2026, 12, 1))
    assert waiting.remind() == 0


def test_when_nothing_comes_the_ticket_goes_back_to_the_desk_and_stays_open(ticket: TicketRow, owner: Account, me: Staff) -> None:
    go_to(date(2026, 12, 2))
    assert waiting.run_out() == 0
    go_to(date(2026, 12, 5))  # two days late: the days that nobody waited for are counted
    assert sum(each for each in at_once([waiting.run_out] * 4) if isinstance(each, int)) == 1
    told = sheet(ticket, me)
    assert (told.row.state, told.row.assignee_name, told.row.due_on) == ("en_analisis", "Ana Rojas", date(2026, 12, 15))
    assert (told.clock.waits_until, told.clock.ran_out_on) == (None, date(2026, 12, 2))
    assert following.ticket_of(owner, ticket.folio).is_open
    assert "sin_antecedentes" in kinds(ticket, me)
    following.add_information(owner, ticket.folio, "Perdón, recién lo vi.", "llave")
    assert list(verify.verify()) == []


def test_it_can_be_asked_again_and_every_wait_is_taken_away_once(ticket: TicketRow, owner: Account, me: Staff) -> None:
    go_to(date(2026, 11, 27))
    following.add_information(owner, ticket.folio, "En la de Arica.", "llave")
    me = staff.begin(me.id)[1]
    waiting.ask(me, ticket.id, sheet(ticket, me).row.version, "¿Qué día?", "otro pedido")
    assert sheet(ticket, me).row.due_on == date(2026, 12, 17)
    assert list(verify.verify()) == []


def test_asking_twice_at_once_asks_once(owner: Account, me: Staff) -> None:
    row = cast.row_of(cast.ticket(owner), me)
    outcomes = at_once([partial(waiting.ask, me, row.id, row.version, ASKED, "pedido")] * 6)
    assert outcomes == [None] * 6
    assert letters(owner) == ["antecedents", "receipt"]


def test_what_waits_is_not_asked_for_again(ticket: TicketRow, me: Staff) -> None:
    with pytest.raises(Conflict, match="Ya se le pidieron"):
        waiting.ask(staff.begin(me.id)[1], ticket.id, ticket.version, "Otra cosa", "otro pedido")


@pytest.mark.parametrize("text", ["", " \n ", "x" * 10_001])
def test_nothing_is_asked_for_in_no_words(owner: Account, me: Staff, text: str) -> None:
    row = cast.row_of(cast.ticket(owner), me)
    with pytest.raises(Invalid):
        waiting.ask(me, row.id, row.version, text, "pedido")
    assert cast.row_of(row.folio, me) == row


def test_a_ticket_that_changed_meanwhile_or_is_a_colleagues_is_left_alone(owner: Account, me: Staff) -> None:
    row = cast.row_of(cast.ticket(owner), me)
    desk.claim(cast.analyst("Luis Soto"), row.id)
    with pytest.raises(Conflict, match="Luis Soto"):
        waiting.ask(me, row.id, row.version, ASKED, "pedido")
    following.add_information(owner, row.folio, "Algo más", "llave")
    with pytest.raises(Conflict, match="cambió"):
        waiting.ask(cast.analyst(role="supervisor"), row.id, row.version, ASKED, "pedido")


def test_whoever_takes_or_drops_a_ticket_that_waits_lets_it_wait(ticket: TicketRow, me: Staff) -> None:
    me = staff.begin(me.id)[1]
    desk.release(me, ticket.id)
    assert (sheet(ticket, me).row.state, sheet(ticket, me).row.assignee_id) == ("en_espera", None)
    assert desk.take_next(me) is None
    desk.claim(me, ticket.id)
    assert sheet(ticket, me).row.state == "en_espera"
    assert [row.id for row in queue.window(me, "en_espera", 0, 10)] == [ticket.id]
    assert list(verify.verify()) == []


@pytest.mark.parametrize("end", ["reply", "withdraw", "erase"])
def test_whatever_ends_the_ticket_ends_the_wait(ticket: TicketRow, owner: Account, me: Staff, end: str) -> None:
    me = staff.begin(me.id)[1]
    ways = {
        "reply": lambda: desk.reply(me, ticket.id, ticket.version, "Listo, ya lo encontré.", "respuesta"),
        "withdraw": lambda: following.withdraw(owner, ticket.folio),
        "erase": lambda: erasing.erase(owner),
    }
    go_to(date(2026, 11, 30))
    me = staff.begin(me.id)[1]
    ways[end]()
    assert not sheet(ticket, me).row.is_open
    go_to(date(2026, 12, 1))
    assert (waiting.remind(), waiting.run_out()) == (0, 0)
    assert list(verify.verify()) == []


def test_nothing_happens_to_what_waits_while_its_persons_data_are_blocked(ticket: TicketRow, owner: Account, me: Staff) -> None:
    blocking.block(owner)
    for day in (1, 5):
        go_to(date(2026, 12, day))
        assert housekeeping.do_chores() == 0
    blocking.unblock(owner)
    assert waiting.run_out() == 1
    assert sheet(ticket, me).row.due_on == date(2026, 12, 15)


def test_the_clock_of_a_request_about_data_does_not_stop(owner: Account) -> None:
    me = cast.analyst(rights=("datos",))
    row = cast.row_of(cast.ticket(owner, materia="dp", categoria="dp-acceso", tramite_id=""), me)
    assert row.due_on == date(2026, 12, 23)
    waiting.ask(me, row.id, row.version, ASKED, "pedido")
    assert cast.row_of(row.folio, me).due_on == date(2026, 12, 23)
    assert "sigue corriendo" in outbox.letters_of(owner.id)[0].body


def test_the_persons_own_term_does_not_stop_either_and_the_letter_says_so(owner: Account, me: Staff) -> None:
    row = cast.row_of(cast.ticket(owner, materia="rt", categoria="rt-rechazo", fecha_notificacion="20-11-2026"), me)
    assert (row.due_on, sheet(row, me).clock.own_due_on) == (date(2026, 11, 27), date(2026, 11, 27))
    waiting.ask(me, row.id, row.version, ASKED, "pedido")
    assert cast.row_of(row.folio, me).due_on == date(2026, 11, 27)
    assert "Tu propio plazo no se detiene: vence el viernes 27 de noviembre" in outbox.letters_of(owner.id)[0].body
    with pytest.raises(Conflict, match="plazo de la persona"):
        extending.extend(me, row.id, cast.row_of(row.folio, me).version, 2, "Falta poco", "ampliación")
