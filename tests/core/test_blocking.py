"""Blocked data: they can be read and taken along, and nothing else happens to them."""

from __future__ import annotations

import ast
from collections.abc import Callable
from functools import partial
from io import BytesIO
from typing import Any

import pytest

from core.errors import Conflict, NotAllowed
from core.files.views import Arrived
from core.mail import outbox
from core.operations.rights import archive, blocking, correcting, requests
from core.people import accounts, sessions
from core.people.views import Account, Staff
from core.tickets import (
    closing,
    desk,
    drafts,
    enclosing,
    extending,
    following,
    holding,
    notices,
    opening,
    queue,
    referring,
    second,
    sheets,
    waiting,
)
from core.tickets.views import TicketRow
from tests.harness import cast, life
from tests.harness.crowd import at_once
from tests.rules import sources

NO_TREATMENT = {
    "answering.give": "part of answering, which is refused",
    "deflection.solved": "counts that nobody had to write, and not who",
    "desk.save_draft empty": "removes what an analyst was writing",
    "desk.make_own": "part of claiming and answering, which are refused",
    "drafts.clear": "part of sending, which is refused",
    "drafts.drop": "the person throws away what was never sent",
    "enclosing.open_at_desk": "whoever may read the ticket may read its files; that somebody did is told",
    "freezing.give_up": "part of an erasure",
    "freezing.mark": "says in the history that it was blocked",
    "finding.index_again": "renews the search words of what is known",
    "looks.exported": "says that it was handed out",
    "looks.keep": "says that it was read",
    "looks.note": "says that it was read",
    "opening.route_again": "part of a correction, which is refused",
    "opening.enter": "part of opening a ticket, which is refused",
    "opening.hold": "makes others wait, and changes nothing",
    "presence.look": "who has a ticket before them",
    "presence.stop_looking": "who has a ticket before them",
    "following.mark_shown": "the person has read it",
    "survey.answer": "refused too: the link's own tests try it",
    "terms.settle": "counts what is known again",
    "visits.note": "says in the history what became of an hour",
    "waiting.came": "part of adding information, which is refused",
    "waiting.end": "part of whatever ends a ticket",
}


@pytest.fixture(autouse=True)
def on_both_engines(database: str) -> None:
    """Every test here runs on SQLite and on PostgreSQL."""


@pytest.fixture
def owner(on_both_engines: None) -> Account:
    return cast.account()


@pytest.fixture
def boss(on_both_engines: None) -> Staff:
    return cast.analyst("Eva Díaz", role="supervisor")


@pytest.fixture
def folio(owner: Account) -> str:
    return cast.ticket(owner)


def treatments(owner: Account, folio: str, boss: Staff) -> dict[str, Callable[[], Any]]:
    """Every verb of core/tickets that changes something of a person's, ready to be called."""
    person, row = owner.persons[0].id, cast.row_of(folio, boss)
    return {
        "opening.open_ticket": lambda: opening.open_ticket(owner, person, "llave"),
        "opening.refer": lambda: opening.refer(person, "rc-clave"),
        "drafts.save": lambda: drafts.save(person, {"texto": "Hola"}),
        "drafts.exchange": lambda: drafts.exchange(person, "Hola"),
        "notices.mark": lambda: notices.mark(owner, folio, {"plazo_de": "rt-rechazo", "fecha_notificacion": "19-11-2026"}),
        "enclosing.add_to_draft": lambda: enclosing.add_to_draft(owner, person, [Arrived("a.pdf", BytesIO(b"%PDF-"), 5)]),
        "enclosing.add_to_ticket": lambda: enclosing.add_to_ticket(owner, folio, [Arrived("a.pdf", BytesIO(b"%PDF-"), 5)]),
        "enclosing.take_out_of_draft": lambda: enclosing.take_out_of_draft(owner, person, 1),
        "enclosing.take_out_of_ticket": lambda: enclosing.take_out_of_ticket(owner, folio, 1),
        "following.add_information": lambda: following.add_information(owner, folio, "Más", "llave"),
        "closing.enough": lambda: closing.enough(owner, folio),
        "second.open_second": lambda: second.open_second(owner, folio, "Faltó algo", "llave"),
        "following.withdraw": lambda: following.withdraw(owner, folio),
        "desk.claim": lambda: desk.claim(boss, row.id),
        "desk.release": lambda: desk.release(boss, row.id),
        "desk.note": lambda: desk.note(boss, row.id, "Nota", "llave"),
        "desk.reply": lambda: desk.reply(boss, row.id, row.version, "Respuesta", "llave"),
        "holding.hold": lambda: holding.hold(boss, row.id, row.version, "Respuesta", "llave"),
        "holding.hold_and_take_next": lambda: holding.hold_and_take_next(boss, row.id, row.version, "Respuesta", "llave"),
        "holding.take_back": lambda: holding.take_back(boss, row.id),
        "waiting.ask": lambda: waiting.ask(boss, row.id, row.version, "Falta algo", "llave"),
        "extending.extend": lambda: extending.extend(boss, row.id, row.version, 3, "Falta poco", "llave"),
        "referring.refer": lambda: referring.refer(boss, row.id, row.version, "Registro Civil", "Ellos saben", "llave"),
        "desk.save_draft": lambda: desk.save_draft(boss, row.id, "respuesta", "Estimada"),
    }


def tickets_and_words() -> dict[str, list[dict[str, Any]]]:
    held = life.rows()
    wanted = ("ticket", "message", "event", "ticket_draft", "answer_draft", "held_answer", "referral", "letter", "attachment")
    return {table: held[table] for table in wanted}


def test_no_verb_changes_the_tickets_of_somebody_whose_data_are_blocked(owner: Account, folio: str, boss: Staff) -> None:
    verbs = treatments(owner, folio, boss)
    blocking.block(owner)
    before = tickets_and_words()
    for name, verb in verbs.items():
        with pytest.raises(NotAllowed, match="bloqueados"):
            verb()
        assert tickets_and_words() == before, name
    assert desk.take_next(boss) is None
    assert tickets_and_words() == before


def test_every_verb_of_the_tickets_is_tried_above_or_says_why_not(owner: Account, folio: str, boss: Staff) -> None:
    """A new verb fails here until it heeds the block, or is named as no treatment."""
    verbs = {
        f"{path.stem}.{node.name}"
        for path in sources.modules("core")
        if path.parts[1] == "tickets"
        for node in sources.tree(path).body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
        if "writes" in {sources.dotted(mark) for mark in node.decorator_list}
    }
    assert verbs - set(treatments(owner, folio, boss)) - set(NO_TREATMENT) - {"desk.take_next"} == set()


def test_everything_goes_on_once_the_block_is_lifted(owner: Account, folio: str, boss: Staff) -> None:
    blocking.block(owner)
    blocking.unblock(owner)
    assert desk.take_next(boss) == cast.row_of(folio, boss).id
    following.add_information(owner, folio, "Más", "llave")


def test_the_person_can_still_sign_in_read_and_download(owner: Account, folio: str) -> None:
    blocking.block(owner)
    known = sessions.account_of(sessions.sign_in(owner.email, cast.PASSWORD).token)
    assert known is not None
    assert known.blocked_at is not None
    assert following.ticket_of(known, folio).folio == folio
    with archive.download(known) as whole:
        assert whole.read(2) == b"PK"


def test_the_desk_reads_and_sees_that_the_data_are_blocked(owner: Account, folio: str, boss: Staff) -> None:
    blocking.block(owner)
    sheet = sheets.open_sheet(boss, cast.row_of(folio, boss).id)
    assert sheet.row.frozen == "bloqueados"
    assert set(sheet.can.values()) == {"datos bloqueados"}
    assert [message.body for message in sheet.messages] == [cast.TEXT]
    assert [row.frozen for row in queue.window(boss, "sin_asignar", 0, 10)] == ["bloqueados"]


def test_the_next_ticket_is_one_that_may_be_worked_on(owner: Account, folio: str, boss: Staff) -> None:
    other = cast.ticket()
    blocking.block(owner)
    assert desk.take_next(boss) == cast.row_of(other, boss).id
    assert desk.take_next(boss) is None


def test_blocking_answers_the_requests_that_asked_for_it(owner: Account) -> None:
    number = requests.ask(owner, "bloqueo", "Mientras se corrige.")
    assert blocking.block(owner)
    (answered,) = requests.requests_of(owner)
    assert (answered.id, answered.outcome, answered.is_waiting) == (number, "acogida", False)
    assert outbox.letters_of(owner.id, 1)[0].kind == "data-answer"


def test_blocking_without_a_request_is_told_in_a_letter_and_so_is_its_end(owner: Account) -> None:
    blocking.block(owner)
    blocking.unblock(owner)
    end, begin = outbox.letters_of(owner.id)[:2]
    assert (begin.kind, end.kind) == ("data-change", "data-change")
    assert "Bloqueamos tus datos" in begin.body
    assert "Levantamos el bloqueo" in end.body


def test_blocking_twice_is_harmless(owner: Account, folio: str, boss: Staff) -> None:
    assert blocking.block(owner)
    assert not blocking.block(owner)
    assert blocking.unblock(owner)
    assert not blocking.unblock(owner)
    kinds = [event.kind for event in sheets.open_sheet(boss, cast.row_of(folio, boss).id).events]
    assert kinds == ["abierto", "bloqueado", "desbloqueado"]


def test_blocked_data_are_not_corrected(owner: Account) -> None:
    blocking.block(owner)
    with pytest.raises(NotAllowed):
        correcting.correct(owner, owner.persons[0].id, {"nombres": "Ana"})


def test_only_that_person_is_blocked(owner: Account, boss: Staff) -> None:
    other = cast.account()
    folio = cast.ticket(other)
    blocking.block(owner)
    row = cast.row_of(folio, boss)
    desk.reply(boss, row.id, row.version, "Listo.", "llave")
    assert accounts.named(other.email).blocked_at is None


def test_an_answer_given_at_the_same_moment_comes_before_the_block_or_not_at_all(owner: Account, folio: str, boss: Staff) -> None:
    row: TicketRow = cast.row_of(folio, boss)
    answered, blocked = at_once(
        [partial(desk.reply, boss, row.id, row.version, "Listo.", "llave"), partial(blocking.block, owner)]
    )
    assert blocked is True
    assert answered is None or isinstance(answered, NotAllowed | Conflict)
    kinds = [event.kind for event in sheets.open_sheet(boss, row.id).events]
    assert kinds == (["abierto", "respondido", "bloqueado"] if answered is None else ["abierto", "bloqueado"])
