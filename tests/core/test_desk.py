"""The desk's verbs: each leaves an event, none steps on a colleague's toes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import partial

import pytest

from core import clock
from core.errors import Conflict, Invalid, NotAllowed, NotFound
from core.mail import outbox
from core.people import staff
from core.people.account_views import Account
from core.people.views import Staff
from core.tickets import desk, presence, sheets
from core.tickets.citizens import following
from core.tickets.lists.views import TicketRow
from tests.harness import cast
from tests.harness.crowd import at_once

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def boss(database: str) -> Staff:
    return cast.analyst("Eva Díaz", role="supervisor")


def again(row: TicketRow, reader: Staff) -> TicketRow:
    return sheets.open_sheet(reader, row.id, cast.REASON).row


def kinds(row: TicketRow, reader: Staff) -> list[str]:
    return [event.kind for event in sheets.open_sheet(reader, row.id, cast.REASON).events]


def test_claiming_makes_a_ticket_mine(ticket: TicketRow, me: Staff) -> None:
    desk.claim(me, ticket.id)
    row = again(ticket, me)
    assert (row.assignee_name, row.state) == ("Ana Rojas", "asignado")
    assert kinds(ticket, me) == ["abierto", "asignado"]


def test_claiming_what_is_mine_changes_nothing(ticket: TicketRow, me: Staff) -> None:
    desk.claim(me, ticket.id)
    desk.claim(me, ticket.id)
    assert kinds(ticket, me) == ["abierto", "asignado"]


def test_a_colleagues_ticket_stays_theirs_and_their_name_is_said(ticket: TicketRow, me: Staff, colleague: Staff) -> None:
    desk.claim(me, ticket.id)
    with pytest.raises(Conflict, match="Ana Rojas"):
        desk.claim(colleague, ticket.id)
    assert again(ticket, me).assignee_name == "Ana Rojas"


def test_a_supervisor_may_take_a_ticket_over(ticket: TicketRow, me: Staff, boss: Staff) -> None:
    desk.claim(me, ticket.id)
    desk.claim(boss, ticket.id)
    assert again(ticket, me).assignee_name == "Eva Díaz"


def test_releasing_gives_it_back_to_everybody(ticket: TicketRow, me: Staff) -> None:
    desk.claim(me, ticket.id)
    desk.release(me, ticket.id)
    row = again(ticket, me)
    assert (row.assignee_id, row.state) == (None, "ingresado")


def test_only_ones_own_ticket_can_be_released(ticket: TicketRow, me: Staff, colleague: Staff) -> None:
    desk.claim(me, ticket.id)
    with pytest.raises(Conflict):
        desk.release(colleague, ticket.id)


def test_of_eight_who_claim_one_ticket_at_once_one_gets_it(ticket: TicketRow, me: Staff) -> None:
    everybody = [cast.analyst() for _ in range(8)]
    outcomes = at_once([partial(desk.claim, each, ticket.id) for each in everybody])
    assert Counter(type(outcome).__name__ for outcome in outcomes) == {"NoneType": 1, "Conflict": 7}
    assert kinds(ticket, me) == ["abierto", "asignado"]


def test_the_next_ticket_is_the_most_urgent_one(me: Staff) -> None:
    cast.ticket()
    urgent = cast.ticket(materia="rt", categoria="rt-rechazo", fecha_notificacion="20-11-2026")
    assert desk.take_next(me) == cast.row_of(urgent, me).id


def test_among_equals_the_oldest_comes_first(me: Staff) -> None:
    first = cast.ticket()
    cast.ticket()
    assert desk.take_next(me) == cast.row_of(first, me).id


def test_there_may_be_no_next_ticket(me: Staff) -> None:
    assert desk.take_next(me) is None


def test_whoever_has_enough_takes_no_more(database: str) -> None:
    me = cast.analyst(cap=1)
    cast.ticket()
    cast.ticket()
    desk.take_next(me)
    with pytest.raises(NotAllowed):
        desk.take_next(me)


def test_the_next_ticket_is_never_one_that_i_may_not_see(me: Staff) -> None:
    cast.ticket(materia="rt", categoria="rt-nna", tramite_id="")
    assert desk.take_next(me) is None
    assert desk.take_next(cast.analyst(rights=("nna",))) is not None


def test_eight_who_take_the_next_at_once_get_eight_tickets(database: str) -> None:
    for _ in range(8):
        cast.ticket()
    everybody = [cast.analyst() for _ in range(8)]
    taken = at_once([partial(desk.take_next, each) for each in everybody])
    assert len({outcome for outcome in taken if isinstance(outcome, int)}) == 8, taken


def test_a_note_stays_inside(ticket: TicketRow, owner: Account, me: Staff) -> None:
    before = outbox.count_of(owner.id)
    desk.note(me, ticket.id, "Llamar a la oficina de Arica", "nota")
    (said, note) = sheets.open_sheet(me, ticket.id).messages
    assert (said.kind, note.kind, note.author) == ("persona", "nota", "Ana Rojas")
    assert [message.kind for message in following.ticket_of(owner, ticket.folio).messages] == ["persona"]
    assert outbox.count_of(owner.id) == before


def test_a_note_sent_twice_is_left_once(ticket: TicketRow, me: Staff) -> None:
    outcomes = at_once([lambda: desk.note(me, ticket.id, "una vez", "nota")] * 6)
    assert outcomes == [None] * 6
    assert len(sheets.open_sheet(me, ticket.id).messages) == 2


def test_an_answer_closes_the_ticket_and_queues_its_letter(ticket: TicketRow, owner: Account, me: Staff) -> None:
    clock.advance(7200)
    desk.reply(me, ticket.id, ticket.version, "Tu solicitud avanza: no tienes que hacer nada.", "respuesta")
    sheet = sheets.open_sheet(me, ticket.id)
    assert (sheet.row.state, sheet.row.assignee_name, sheet.row.is_open) == ("respondido", "Ana Rojas", False)
    assert sheet.messages[-1].fate == "en cola"
    letter = outbox.letters_of(owner.id)[0]
    assert (letter.kind, letter.ticket_id) == ("answer", ticket.id)
    assert "Tu solicitud avanza: no tienes que hacer nada." in letter.body
    assert "Ana Rojas" in letter.body
    assert kinds(ticket, me) == ["abierto", "respondido"]


def test_an_answer_sent_twice_goes_out_once(ticket: TicketRow, owner: Account, me: Staff) -> None:
    outcomes = at_once([lambda: desk.reply(me, ticket.id, ticket.version, "Listo, una vez.", "respuesta")] * 6)
    assert outcomes == [None] * 6
    assert [letter.kind for letter in outbox.letters_of(owner.id)].count("answer") == 1


def test_of_two_answers_at_once_one_goes_out_and_the_other_is_not_lost(
    ticket: TicketRow, owner: Account, me: Staff, colleague: Staff
) -> None:
    for each in (me, colleague):
        desk.save_draft(each, ticket.id, "respuesta", f"Puedes ir, dice {each.name}")
    outcomes = at_once(
        [
            partial(desk.reply, each, ticket.id, ticket.version, f"Puedes ir, dice {each.name}", each.name)
            for each in (me, colleague)
        ]
    )
    assert Counter(type(outcome).__name__ for outcome in outcomes) == {"NoneType": 1, "Conflict": 1}
    assert [letter.kind for letter in outbox.letters_of(owner.id)].count("answer") == 1
    loser = (me, colleague)[[isinstance(outcome, Conflict) for outcome in outcomes].index(True)]
    assert sheets.open_sheet(loser, ticket.id, cast.REASON).answer_draft == f"Puedes ir, dice {loser.name}"


def test_an_answer_to_what_has_changed_meanwhile_is_stopped_and_says_why(ticket: TicketRow, owner: Account, me: Staff) -> None:
    desk.save_draft(me, ticket.id, "respuesta", "Falta tu pasaporte.")
    following.add_information(owner, ticket.folio, "Adjunto mi pasaporte.", "llave")
    with pytest.raises(Conflict, match="la persona agregó información"):
        desk.reply(me, ticket.id, ticket.version, "Falta tu pasaporte.", "respuesta")
    assert sheets.open_sheet(me, ticket.id).answer_draft == "Falta tu pasaporte."


def test_a_colleagues_ticket_is_not_answered_unless_one_supervises(
    ticket: TicketRow, me: Staff, colleague: Staff, boss: Staff
) -> None:
    desk.claim(me, ticket.id)
    version = again(ticket, me).version
    with pytest.raises(Conflict, match="Ana Rojas"):
        desk.reply(colleague, ticket.id, version, "Puedes ir: yo lo sé.", "una")
    desk.reply(boss, ticket.id, version, "Puedes ir: yo lo sé.", "otra")
    assert again(ticket, me).state == "respondido"


def test_a_withdrawn_ticket_is_not_answered(ticket: TicketRow, owner: Account, me: Staff) -> None:
    following.withdraw(owner, ticket.folio)
    with pytest.raises(Conflict, match="desistió"):
        desk.reply(me, ticket.id, again(ticket, me).version, "Ya no hace falta.", "respuesta")


@pytest.mark.parametrize("text", ["", " \n ", "\u200b", "x" * 10_001])
def test_an_empty_or_endless_answer_is_refused(ticket: TicketRow, me: Staff, text: str) -> None:
    with pytest.raises(Invalid):
        desk.reply(me, ticket.id, ticket.version, text, "respuesta")
    assert again(ticket, me).state == "ingresado"


@pytest.mark.parametrize("verb", ["open_sheet", "claim", "note", "reply", "release"])
def test_a_ticket_that_one_may_not_see_is_as_unknown_as_one_that_does_not_exist(me: Staff, verb: str) -> None:
    reader = cast.analyst(rights=("nna",))
    hidden = cast.row_of(cast.ticket(materia="rt", categoria="rt-nna", tramite_id=""), reader).id
    calls: dict[str, Callable[[int], object]] = {
        "open_sheet": lambda ticket_id: sheets.open_sheet(me, ticket_id),
        "claim": lambda ticket_id: desk.claim(me, ticket_id),
        "note": lambda ticket_id: desk.note(me, ticket_id, "x", "k"),
        "reply": lambda ticket_id: desk.reply(me, ticket_id, 1, "x", "k"),
        "release": lambda ticket_id: desk.release(me, ticket_id),
    }
    said = set()
    for ticket_id in (hidden, 999_999):
        with pytest.raises(NotFound) as refused:
            calls[verb](ticket_id)
        said.add(refused.value.message)
    assert len(said) == 1


def test_whoever_was_disabled_can_do_nothing_more(ticket: TicketRow, me: Staff) -> None:
    staff.disable_staff("Ana Rojas")
    for call in (
        lambda: desk.claim(me, ticket.id),
        lambda: desk.reply(me, ticket.id, ticket.version, "x", "k"),
        lambda: desk.note(me, ticket.id, "x", "k"),
        lambda: desk.take_next(me),
        lambda: sheets.open_sheet(me, ticket.id),
        lambda: desk.save_draft(me, ticket.id, "nota", "x"),
        lambda: presence.look(me, ticket.id, writing=False),
    ):
        with pytest.raises(NotAllowed):
            call()
