"""Answers on hold: twenty seconds in which they can be taken back, then out in one transaction, whoever lets them go."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Callable
from functools import partial

import pytest

from core import clock
from core.errors import Conflict, Invalid, NotFound
from core.figures import stats
from core.mail import outbox
from core.operations import export, verify
from core.operations.rights import archive
from core.people import accounts
from core.people.account_views import Account
from core.people.views import Staff
from core.tickets import desk, presence, referring, sheets, waiting
from core.tickets.answers import gate, holding
from core.tickets.answers.held import of_staff
from core.tickets.citizens import following
from core.tickets.lists.views import TicketRow
from core.tickets.views import Overruled, TicketSheet
from tests.harness import cast, life
from tests.harness.crowd import at_once

TEXT = "Tu solicitud avanza: no tienes que hacer nada."
pytestmark = pytest.mark.usefixtures("database")


def again(row: TicketRow, reader: Staff) -> TicketSheet:
    """The ticket as somebody opens it, who says why if it is not their own work."""
    return sheets.open_sheet(reader, row.id, cast.REASON)


def answers(owner: Account) -> int:
    return [letter.kind for letter in outbox.letters_of(owner.id)].count("answer")


def wait() -> int:
    """Let the hold of everything be over, and let it go."""
    clock.advance(holding.SECONDS + 1)
    return holding.release_due()


# the hold


def test_nothing_of_a_held_answer_is_seen_outside_the_desk(ticket: TicketRow, owner: Account, me: Staff) -> None:
    letters = outbox.count_of(owner.id)
    before = following.ticket_of(owner, ticket.folio), stats.stats(None, None, None).as_json()
    holding.hold(me, ticket.id, ticket.version, "Puedes ir: palabra secretísima.", "llave")
    after = following.ticket_of(owner, ticket.folio)
    assert (after.messages, after.is_open, after.answered_at) == (before[0].messages, True, None)
    assert stats.stats(None, None, None).as_json()["answered"] == before[1]["answered"]
    assert outbox.count_of(owner.id) == letters
    exported = io.StringIO()
    export.write_tickets(exported, "jsonl")
    taken_along = archive.gather(accounts.named(owner.email))
    assert "secretísima" not in exported.getvalue() + repr(taken_along)
    assert "secret" not in str(life.places_of("secretísima") - {"held_answer.body"})


def test_at_the_desk_it_is_seen_and_marked(ticket: TicketRow, me: Staff, colleague: Staff) -> None:
    holding.hold(me, ticket.id, ticket.version, TEXT, "llave")
    sheet = again(ticket, colleague)
    assert sheet.held is not None
    assert (sheet.held.body, sheet.held.analyst, sheet.row.leaving, sheet.row.is_open) == (TEXT, "Ana Rojas", True, True)
    assert sheet.row.assignee_name == "Ana Rojas"
    assert of_staff(me) == (sheet.held,)
    assert of_staff(colleague) == ()


def test_it_stays_for_at_least_twenty_seconds_and_then_all_of_it_goes_out(ticket: TicketRow, owner: Account, me: Staff) -> None:
    holding.hold(me, ticket.id, ticket.version, TEXT, "llave")
    clock.advance(holding.SECONDS)
    assert holding.release_due() == 0
    assert answers(owner) == 0
    clock.advance(1)
    assert holding.release_due() == 1
    sheet = again(ticket, me)
    assert (sheet.row.state, sheet.row.leaving, sheet.messages[-1].body, sheet.messages[-1].fate) == (
        "respondido", False, TEXT, "en cola",
    )  # fmt: skip
    assert [event.kind for event in sheet.events] == ["abierto", "asignado", "respondido"]
    assert answers(owner) == 1
    assert holding.release_due() == 0


def test_a_held_answer_leaves_its_draft_behind_and_ends_the_writers_presence(
    ticket: TicketRow, me: Staff, colleague: Staff
) -> None:
    desk.save_draft(me, ticket.id, "respuesta", TEXT)
    presence.look(me, ticket.id, writing=True)
    holding.hold(me, ticket.id, ticket.version, TEXT, "llave")
    assert again(ticket, me).answer_draft == ""
    assert presence.watchers(ticket.id, colleague.id) == ()


def test_sent_twice_with_one_key_it_is_held_once_and_answered_once(ticket: TicketRow, owner: Account, me: Staff) -> None:
    outcomes = at_once([lambda: holding.hold(me, ticket.id, ticket.version, TEXT, "llave")] * 6)
    assert len({repr(outcome) for outcome in outcomes}) == 1, outcomes
    wait()
    assert holding.hold(me, ticket.id, ticket.version, TEXT, "llave") is None
    assert (answers(owner), of_staff(me)) == (1, ())


@pytest.mark.parametrize("text", ["", " \n ", "x" * 10_001])
def test_an_empty_or_endless_answer_is_not_held(ticket: TicketRow, me: Staff, text: str) -> None:
    with pytest.raises(Invalid):
        holding.hold(me, ticket.id, ticket.version, text, "llave")
    assert (of_staff(me), again(ticket, me).row.assignee_id) == ((), None)


def test_of_two_analysts_one_holds_and_the_other_keeps_the_text(ticket: TicketRow, me: Staff, colleague: Staff) -> None:
    for each in (me, colleague):
        desk.save_draft(each, ticket.id, "respuesta", f"Puedes ir, dice {each.name}")
    calls = [
        partial(holding.hold, each, ticket.id, ticket.version, f"Puedes ir, dice {each.name}", each.name)
        for each in (me, colleague)
    ]
    outcomes = at_once(calls)
    assert Counter(type(outcome).__name__ for outcome in outcomes) == {"Held": 1, "Conflict": 1}
    loser = (me, colleague)[[isinstance(outcome, Conflict) for outcome in outcomes].index(True)]
    assert again(ticket, loser).answer_draft == f"Puedes ir, dice {loser.name}"


def test_what_was_answered_after_a_change_is_not_held(ticket: TicketRow, owner: Account, me: Staff) -> None:
    following.add_information(owner, ticket.folio, "Adjunto mi pasaporte.", "dato")
    with pytest.raises(Conflict, match="la persona agregó información"):
        holding.hold(me, ticket.id, ticket.version, TEXT, "llave")


@pytest.mark.parametrize("verb", ["claim", "release", "reply", "hold", "ask", "refer"])
def test_nobody_changes_a_ticket_while_its_answer_is_on_hold(ticket: TicketRow, me: Staff, verb: str) -> None:
    boss = cast.analyst("Eva Díaz", role="supervisor")
    holding.hold(me, ticket.id, ticket.version, TEXT, "llave")
    version = again(ticket, me).row.version
    calls: dict[str, Callable[[Staff], object]] = {
        "claim": lambda who: desk.claim(who, ticket.id),
        "release": lambda who: desk.release(who, ticket.id),
        "reply": lambda who: desk.reply(who, ticket.id, version, "x", "k"),
        "hold": lambda who: holding.hold(who, ticket.id, version, "x", "k"),
        "ask": lambda who: waiting.ask(who, ticket.id, version, "x", "k"),
        "refer": lambda who: referring.refer(who, ticket.id, version, "Registro Civil", "x", "k"),
    }
    for who, words in ((me, "Tu respuesta está por salir"), (boss, "Ana Rojas acaba de responder")):
        with pytest.raises(Conflict, match=words):
            calls[verb](who)
        assert words.lower() in again(ticket, who).can.get(verb, words).lower()
    assert again(ticket, me).row.assignee_name == "Ana Rojas"


def test_a_note_can_be_left_meanwhile_and_the_answer_still_goes_out(ticket: TicketRow, owner: Account, me: Staff) -> None:
    holding.hold(me, ticket.id, ticket.version, TEXT, "llave")
    desk.note(me, ticket.id, "Ojo con las fechas.", "nota")
    assert wait() == 1
    assert answers(owner) == 1


def test_whoever_may_not_see_a_ticket_can_neither_hold_nor_take_back(me: Staff) -> None:
    reader = cast.analyst(rights=("nna",))
    hidden = cast.row_of(cast.ticket(materia="rt", categoria="rt-nna", tramite_id=""), reader)
    holding.hold(reader, hidden.id, hidden.version, TEXT, "llave")
    for call in (lambda: holding.hold(me, hidden.id, hidden.version, "x", "k"), lambda: holding.take_back(me, hidden.id)):
        with pytest.raises(NotFound):
            call()


def test_one_open_ticket_stays_the_rule_until_the_answer_is_out(ticket: TicketRow, owner: Account, me: Staff) -> None:
    holding.hold(me, ticket.id, ticket.version, TEXT, "llave")
    with pytest.raises(Conflict):
        cast.ticket(owner)
    wait()
    assert cast.ticket(owner)


def test_a_wait_for_antecedents_ends_when_the_answer_is_out(ticket: TicketRow, me: Staff) -> None:
    waiting.ask(me, ticket.id, ticket.version, "¿Cuál es tu pasaporte?", "pedido")
    holding.hold(me, ticket.id, again(ticket, me).row.version, TEXT, "llave")
    assert again(ticket, me).row.state == "en_espera"
    wait()
    assert again(ticket, me).row.state == "respondido"
    assert list(verify.verify()) == []


# taking it back


def test_taken_back_the_words_are_a_draft_and_nothing_goes_out(ticket: TicketRow, owner: Account, me: Staff) -> None:
    holding.hold(me, ticket.id, ticket.version, TEXT, "llave")
    holding.take_back(me, ticket.id)
    sheet = again(ticket, me)
    assert (sheet.answer_draft, sheet.held, sheet.row.leaving, sheet.can["reply"]) == (TEXT, None, False, "")
    assert wait() == 0
    assert answers(owner) == 0
    holding.hold(me, ticket.id, sheet.row.version, TEXT, "otra llave")
    wait()
    assert answers(owner) == 1


def test_what_was_begun_meanwhile_is_kept_behind_what_is_taken_back(ticket: TicketRow, me: Staff) -> None:
    holding.hold(me, ticket.id, ticket.version, TEXT, "llave")
    desk.save_draft(me, ticket.id, "respuesta", "Otra cosa.")
    holding.take_back(me, ticket.id)
    assert again(ticket, me).answer_draft == f"{TEXT}\n\nOtra cosa."


def test_only_its_writer_takes_an_answer_back(ticket: TicketRow, me: Staff) -> None:
    holding.hold(me, ticket.id, ticket.version, TEXT, "llave")
    with pytest.raises(Conflict):
        holding.take_back(cast.analyst(role="supervisor"), ticket.id)
    assert wait() == 1


def test_what_is_out_cannot_be_taken_back(ticket: TicketRow, me: Staff) -> None:
    holding.hold(me, ticket.id, ticket.version, TEXT, "llave")
    wait()
    with pytest.raises(Conflict, match="ya salió"):
        holding.take_back(me, ticket.id)


@pytest.mark.parametrize("round_number", range(4))
def test_of_taking_back_and_letting_go_at_once_exactly_one_wins(
    ticket: TicketRow, owner: Account, me: Staff, round_number: int
) -> None:
    holding.hold(me, ticket.id, ticket.version, TEXT, "llave")
    clock.advance(holding.SECONDS + 1)
    calls: list[Callable[[], object]] = [holding.release_due] * 3
    calls.insert(round_number, lambda: holding.take_back(me, ticket.id))
    outcomes = at_once(calls)
    back = outcomes.pop(round_number)
    went = sum(outcome for outcome in outcomes if isinstance(outcome, int))
    assert (went, answers(owner)) == ((0, 0) if back is None else (1, 1)), (back, outcomes)
    assert again(ticket, me).answer_draft == (TEXT if back is None else "")
    assert isinstance(back, Conflict | None)


def test_many_who_let_go_at_once_let_each_answer_go_once(me: Staff) -> None:
    owners = [cast.account() for _ in range(6)]
    for owner in owners:
        row = cast.row_of(cast.ticket(owner), me)
        holding.hold(me, row.id, row.version, TEXT, f"llave {row.id}")
    clock.advance(holding.SECONDS + 1)
    outcomes = at_once([holding.release_due] * 5)
    assert sum(outcome for outcome in outcomes if isinstance(outcome, int)) == 6, outcomes
    assert [answers(owner) for owner in owners] == [1] * 6
    assert list(verify.verify()) == []


def test_what_was_begun_meanwhile_stays_when_the_answer_goes_out(ticket: TicketRow, me: Staff) -> None:
    holding.hold(me, ticket.id, ticket.version, TEXT, "llave")
    desk.save_draft(me, ticket.id, "respuesta", "Otra cosa.")
    wait()
    assert again(ticket, me).answer_draft == "Otra cosa."


def test_the_gate_stands_before_the_hold_and_what_was_overruled_is_told_when_the_answer_is_out(
    ticket: TicketRow, me: Staff
) -> None:
    with pytest.raises(gate.Stopped):
        holding.hold(me, ticket.id, ticket.version, "Puedes entrar con el RUN 11.111.111-1.", "llave")
    assert of_staff(me) == ()
    holding.hold(
        me,
        ticket.id,
        ticket.version,
        "Puedes entrar con el RUN 11.111.111-1.",
        "llave",
        Overruled(frozenset({"run"}), "Ya lo sabe."),
    )
    assert [message.kind for message in again(ticket, me).messages] == ["persona"]
    wait()
    assert {message.kind: message.body for message in again(ticket, me).messages}["nota"].endswith("Motivo: Ya lo sabe.")
    assert "advertido" in [event.kind for event in again(ticket, me).events]
