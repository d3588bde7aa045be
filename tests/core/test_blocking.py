"""Blocked data: they can be read and taken along, and nothing else happens to them."""

from __future__ import annotations

import ast
from functools import partial
from typing import Any

import pytest

from core.errors import Conflict, NotAllowed
from core.mail import outbox
from core.operations.rights import archive, blocking, correcting, requests
from core.people import accounts, sessions
from core.people.account_views import Account
from core.people.views import Staff
from core.tickets import desk, sheets
from core.tickets.citizens import following
from core.tickets.lists import queue
from core.tickets.lists.views import TicketRow
from core.tickets.many import letters, surges
from tests.harness import cast, life
from tests.harness.crowd import at_once
from tests.harness.treatments import NO_TREATMENT, treatments
from tests.rules import sources

WANTED = (
    *("ticket", "message", "event", "ticket_draft", "answer_draft", "draft_version", "held_answer", "referral", "letter"),
    *("attachment", "tag", "relation", "mention", "download", "joint", "batch", "surge", "surge_ticket"),
)


pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def boss(database: str) -> Staff:
    return cast.analyst("Eva Díaz", role="supervisor")


@pytest.fixture
def folio(owner: Account) -> str:
    return cast.ticket(owner)


def tickets_and_words() -> dict[str, list[dict[str, Any]]]:
    held = life.rows()
    return {table: held[table] for table in WANTED}


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


def test_the_letter_for_somebody_blocked_says_so_in_an_answer_to_many(owner: Account, folio: str, boss: Staff) -> None:
    blocking.block(owner)
    surge = surges.begin(boss, [cast.row_of(folio, boss).id])
    assert [letter.why_not for letter in letters.letters_of(boss, surge.id)] == ["datos bloqueados"]


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
