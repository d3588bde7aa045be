"""The audit trail: who looked at whose file, when and why, for those who answer for it."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core import clock
from core.errors import NotAllowed
from core.operations.rights import console
from core.people.account_views import Account
from core.people.views import Staff
from core.tickets import auditing, desk, looks, sheets
from core.tickets.lists.views import TicketRow
from core.tickets.looks import Reason
from tests.harness import cast

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def boss(database: str) -> Staff:
    return cast.analyst("Zoila", role="supervisor")


@pytest.fixture
def ticket(owner: Account, me: Staff, colleague: Staff) -> TicketRow:
    """A ticket that its analyst opened, and a colleague with a reason of their own."""
    row = cast.row_of(cast.ticket(owner), me)
    desk.claim(me, row.id)
    sheets.open_sheet(me, row.id)
    clock.advance(60)
    sheets.open_sheet(colleague, row.id, Reason("otra", "Su hermana preguntó"))
    return row


def told(boss: Staff, line: str = "") -> list[tuple[str, str, str]]:
    return [(row.staff_name, row.kind, row.reason) for row in auditing.trail(boss, line).rows if row.kind != looks.AUDIT]


BOTH = [("Luis Soto", "abierto", "otra"), ("Ana Rojas", "abierto", "propio")]


def test_whoever_supervises_reads_who_looked_when_and_why_the_newest_first(ticket: TicketRow, boss: Staff) -> None:
    assert told(boss) == BOTH
    newest = next(row for row in auditing.trail(boss).rows if row.kind == "abierto")
    assert (newest.folio, newest.words, newest.at) == (ticket.folio, "Su hermana preguntó", clock.now())


def test_an_analyst_does_not_read_it(ticket: TicketRow, me: Staff) -> None:
    with pytest.raises(NotAllowed):
        auditing.trail(me)


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("luis", BOTH[:1]),
        ("Sóto Luis", BOTH[:1]),
        ("pedro", []),
        ("12.345.678", BOTH),
        ("87654321", []),
        ("AM-2026-000999-1", []),
        ("nadie@correo.example", []),
        ("hoy", BOTH),
        ("23-11-2026", BOTH),
        ("2026-11-23 ana", BOTH[1:]),
        ("ayer", []),
        ("31-02-2026", []),
    ],
)
def test_a_line_says_whose_looks_and_at_what(
    ticket: TicketRow, boss: Staff, line: str, found: list[tuple[str, str, str]]
) -> None:
    assert told(boss, line) == found


def test_a_folio_or_an_address_finds_the_looks_at_it(ticket: TicketRow, owner: Account, boss: Staff) -> None:
    assert told(boss, ticket.folio) == BOTH
    assert told(boss, owner.email.upper()) == BOTH
    assert told(boss, cast.row_of(cast.ticket(), boss).folio) == []


def test_its_own_reading_is_kept_and_about_whom(ticket: TicketRow, boss: Staff) -> None:
    auditing.trail(boss)
    auditing.trail(boss)
    auditing.trail(boss, ticket.folio)
    read = [row for row in auditing.trail(boss).rows if row.kind == looks.AUDIT]
    assert [(row.staff_name, row.folio) for row in read] == [("Zoila", ticket.folio), ("Zoila", "")]


def test_older_pages_follow_each_other(ticket: TicketRow, me: Staff, boss: Staff) -> None:
    for _ in range(auditing.PAGE):
        clock.advance(looks.ONE_LOOK + 1)
        sheets.open_sheet(me, ticket.id)
    first = auditing.trail(boss, "ana")
    second = auditing.trail(boss, "ana", before=first.rows[-1].id)
    assert (len(first.rows), first.more) == (auditing.PAGE, True)
    assert (len(second.rows), second.more) == (1, False)


def test_what_one_may_not_see_is_nameless_in_the_trail(boss: Staff) -> None:
    reader = cast.analyst("Rita", rights=("nna",))
    hidden = cast.row_of(cast.ticket(cast.child()), reader)
    sheets.open_sheet(reader, hidden.id)
    (row,) = [each for each in auditing.trail(boss).rows if each.kind == "abierto"]
    assert (row.staff_name, row.folio, row.person_name, row.ticket_id) == ("Rita", "", "", None)
    assert told(boss, hidden.folio) == []


def test_what_the_console_hands_out_is_kept_without_a_name(owner: Account, boss: Staff, tmp_path: Path) -> None:
    assert list(console.export(Namespace(email=owner.email, file=tmp_path / "todo.zip")))
    assert told(boss, owner.email) == [("", "exportado", "propio")]


def test_any_line_is_legal(ticket: TicketRow, boss: Staff) -> None:
    @settings(max_examples=60, deadline=None)
    @given(st.text(st.characters(codec=None), max_size=60))
    def type_a_line(line: str) -> None:
        assert {row.folio for row in auditing.trail(boss, line).rows} <= {ticket.folio, ""}

    type_a_line()
