"""What happens while an answer is on hold, to whom its words go then, and who lets it go."""

from __future__ import annotations

import threading
from pathlib import Path
from unittest.mock import patch

import pytest

from core import clock
from core.database.binding import writes
from core.errors import NotAllowed
from core.mail import outbox, worker
from core.operations import housekeeping, verify
from core.operations.rights import blocking, erasing
from core.people import staff
from core.people.account_views import Account
from core.people.views import Staff
from core.tickets import desk, notices, saying, sheets
from core.tickets.answers import holding
from core.tickets.citizens import following
from core.tickets.lists import queue
from core.tickets.lists.views import TicketRow
from core.tickets.models import HeldAnswer
from core.tickets.views import TicketSheet
from tests.harness import cast, life

TEXT = "Tu solicitud avanza: no tienes que hacer nada."


pytestmark = pytest.mark.usefixtures("database")


def again(row: TicketRow, reader: Staff) -> TicketSheet:
    return sheets.open_sheet(reader, row.id)


def answers(owner: Account) -> int:
    return [letter.kind for letter in outbox.letters_of(owner.id)].count("answer")


def wait() -> int:
    """Let the hold of everything be over, and let it go."""
    clock.advance(holding.SECONDS + 1)
    return holding.release_due()


# what happens meanwhile


def test_what_the_person_adds_meanwhile_stops_the_answer_and_no_word_is_lost(
    ticket: TicketRow, owner: Account, me: Staff
) -> None:
    holding.hold(me, ticket.id, ticket.version, TEXT, "llave")
    clock.advance(5)
    following.add_information(owner, ticket.folio, "También me mudé.", "dato")
    assert wait() == 1
    sheet = again(ticket, me)
    assert (answers(owner), sheet.answer_draft, sheet.messages[-1].body) == (0, TEXT, "También me mudé.")
    assert (sheet.row.is_open, sheet.row.assignee_id, sheet.can["reply"]) == (True, me.id, "")
    (told,) = holding.returned(me)
    assert (told.folio, told.reason) == (ticket.folio, "la persona agregó información")
    desk.reply(me, ticket.id, sheet.row.version, sheet.answer_draft, "otra llave")
    assert holding.returned(me) == ()


def test_a_legal_term_told_meanwhile_stops_the_answer(ticket: TicketRow, owner: Account, me: Staff) -> None:
    holding.hold(me, ticket.id, ticket.version, TEXT, "llave")
    notices.mark(owner, ticket.folio, {notices.WHAT: notices.kinds()[0].id, "fecha_notificacion": "20-11-2026"})
    wait()
    assert again(ticket, me).answer_draft == TEXT
    assert holding.returned(me)[0].reason == "la persona avisó que le corre un plazo"


def test_a_person_who_gives_up_meanwhile_gets_no_answer(ticket: TicketRow, owner: Account, me: Staff) -> None:
    holding.hold(me, ticket.id, ticket.version, TEXT, "llave")
    following.withdraw(owner, ticket.folio)
    assert wait() == 1
    assert (answers(owner), again(ticket, me).row.state, again(ticket, me).answer_draft) == (0, "desistido", TEXT)
    assert holding.returned(me)[0].reason == "la persona desistió"


def test_while_data_are_blocked_nothing_goes_out_and_the_words_wait(ticket: TicketRow, owner: Account, me: Staff) -> None:
    holding.hold(me, ticket.id, ticket.version, TEXT, "llave")
    blocking.block(owner)
    with pytest.raises(NotAllowed):
        holding.take_back(me, ticket.id)
    assert wait() == 1
    assert (answers(owner), again(ticket, me).answer_draft) == (0, TEXT)
    assert holding.returned(me)[0].reason == "los datos de la persona están bloqueados"


def test_of_somebody_erased_nothing_stays_and_nothing_goes_out(ticket: TicketRow, owner: Account, me: Staff) -> None:
    holding.hold(me, ticket.id, ticket.version, "Puedes ir: palabra secretísima.", "llave")
    erasing.erase(owner)
    assert wait() == 0
    assert life.places_of("secretísima") == set()
    assert list(verify.verify()) == []


def test_the_words_of_whoever_was_disabled_stay_as_a_note_and_the_ticket_is_everybodys(
    ticket: TicketRow, owner: Account, me: Staff, colleague: Staff
) -> None:
    holding.hold(me, ticket.id, ticket.version, TEXT, "llave")
    staff.disable_staff("Ana Rojas")
    assert wait() == 1
    sheet = again(ticket, colleague)
    note = sheet.messages[-1]
    assert (answers(owner), note.kind, note.author) == (0, "nota", "Ana Rojas")
    assert note.body.endswith(TEXT)
    assert (sheet.row.state, desk.take_next(colleague)) == ("ingresado", ticket.id)


def test_whoever_is_away_is_told_for_some_days(ticket: TicketRow, owner: Account, me: Staff) -> None:
    holding.hold(me, ticket.id, ticket.version, TEXT, "llave")
    following.withdraw(owner, ticket.folio)
    wait()
    clock.advance(3 * 86_400)
    me = staff.begin(me.id)[1]
    assert len(holding.returned(me)) == 1
    clock.advance(2 * 86_400)
    assert holding.returned(me) == ()


# who lets it go


def test_the_mail_workers_chores_let_go_what_is_due(ticket: TicketRow, owner: Account, me: Staff) -> None:
    holding.hold(me, ticket.id, ticket.version, TEXT, "llave")
    clock.advance(holding.SECONDS + 1)
    housekeeping.do_chores()
    assert answers(owner) == 1


def test_one_that_cannot_go_holds_up_no_other_and_is_tried_again(owner: Account, me: Staff) -> None:
    rows = [cast.row_of(cast.ticket(each), me) for each in (cast.account(), owner)]
    for row in rows:
        holding.hold(me, row.id, row.version, TEXT, f"llave {row.id}")
    clock.advance(holding.SECONDS + 1)
    real = saying.send

    def stubborn(kind: str, ticket: TicketRow, *more: object) -> None:
        if ticket.id == rows[0].id:
            raise RuntimeError("no letter")
        real(kind, ticket, *more)  # type: ignore[arg-type]

    with patch.object(saying, "send", stubborn):
        assert holding.release_due() == 1
    assert [again(row, me).row.state for row in rows] == ["asignado", "respondido"]
    assert holding.release_due() == 0
    clock.advance(60)
    assert holding.release_due() == 1
    assert again(rows[0], me).row.state == "respondido"


def test_what_nobody_lets_go_is_counted(ticket: TicketRow, me: Staff) -> None:
    holding.hold(me, ticket.id, ticket.version, TEXT, "llave")
    clock.advance(holding.SECONDS + 299)
    assert holding.overdue(300) == 0
    clock.advance(1)
    assert holding.overdue(300) == 1


def test_the_mail_worker_lets_go_before_it_delivers_in_each_round(
    ticket: TicketRow, owner: Account, me: Staff, tmp_path: Path
) -> None:
    holding.hold(me, ticket.id, ticket.version, TEXT, "llave")
    clock.advance(holding.SECONDS + 1)
    stop = threading.Event()

    def once() -> None:
        stop.set() if holding.release_due() == 0 else None

    worker.run(f"maildir:{tmp_path / 'correo'}", "Ayuda <a@b.example>", "http://127.0.0.1", stop, 0.01, first=once)
    assert {letter.state for letter in outbox.letters_of(owner.id) if letter.kind == "answer"} == {"sent"}


def test_holding_and_taking_back_move_the_mark(ticket: TicketRow, me: Staff) -> None:
    desk.claim(me, ticket.id)
    marks = [queue.change_mark()]
    holding.hold(me, ticket.id, again(ticket, me).row.version, TEXT, "llave")
    marks.append(queue.change_mark())
    holding.take_back(me, ticket.id)
    marks.append(queue.change_mark())
    assert marks[0] != marks[1] != marks[2]


def test_verify_finds_an_answer_on_hold_that_has_gone_out(ticket: TicketRow, me: Staff) -> None:
    desk.reply(me, ticket.id, ticket.version, TEXT, "llave")
    row = again(ticket, me).row
    with_row = {
        "ticket": row.id,
        "staff": me.id,
        "body": TEXT,
        "submit_key": "llave",
        "version": row.version,
        "overruled": "",
        "reason": "",
    }
    _insert(HeldAnswer, with_row)
    assert [line.partition(": ")[2] for line in verify.verify()] == [
        "la respuesta está por salir y ya salió",
        "la respuesta está por salir y el ticket ya terminó sin ella",
    ]


@writes
def _insert(table: type[HeldAnswer], columns: dict[str, object]) -> None:
    table.insert(**columns, held_at=clock.now(), release_at=clock.now()).execute()
