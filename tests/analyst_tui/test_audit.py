"""The audit trail at the desk: who looked at what, when and what for."""

from __future__ import annotations

import pytest

from core.people.views import Staff
from core.tickets import auditing, looks, sheets
from core.tickets import desk as verbs
from core.tickets.looks import Reason
from tests.analyst_tui.desk import at_desk, open_one, press, screen, sees, write
from tests.harness import cast

Session = tuple[str, Staff]


@pytest.fixture
def folio(chief: Session, pedro: Staff) -> str:
    """A ticket that Pedro has and that the supervisor opened for a reason in words."""
    folio = open_one()
    verbs.claim(pedro, cast.row_of(folio, pedro).id)
    sheets.open_sheet(pedro, cast.row_of(folio, pedro).id)
    sheets.open_sheet(chief[1], cast.row_of(folio, pedro).id, Reason("otra", "la [b]prensa[/b] preguntó"))
    return folio


async def test_whoever_supervises_reads_it_by_one_key(chief: Session, folio: str) -> None:
    async with at_desk(chief[0]) as pilot:
        await press(pilot, "f9")
        await sees(pilot, "Auditoría: quién miró qué")
        await sees(pilot, "otra razón: la [b]prensa[/b]")
        assert "Pedro" in screen(pilot)
        await press(pilot, "escape")
        await sees(pilot, "Sin asignar")


async def test_a_line_leaves_one_analyst_or_one_folio(chief: Session, folio: str) -> None:
    async with at_desk(chief[0]) as pilot:
        await press(pilot, "f9", "slash")
        await write(pilot, "pedro")
        await press(pilot, "enter")
        await sees(pilot, "de «pedro» → 1 mirada")
        assert "prensa" not in screen(pilot)
        await press(pilot, "slash")
        await pilot.press(*["backspace"] * 5)
        await write(pilot, folio)
        await press(pilot, "enter")
        await sees(pilot, f"folio {folio} →")
        await sees(pilot, "prensa")


async def test_older_looks_come_a_page_at_a_time(chief: Session, folio: str) -> None:
    from core import clock
    from core.people import staff

    pedro = next(each for each in staff.list_staff() if each.name == "Pedro")
    for _ in range(auditing.PAGE):
        clock.advance(looks.ONE_LOOK + 1)
        sheets.open_sheet(staff.begin(pedro.id)[1], cast.row_of(folio, chief[1]).id)
    async with at_desk(staff.begin(chief[1].id)[0]) as pilot:
        await press(pilot, "f9")
        await sees(pilot, "50 miradas, y hay más antiguas")
        await press(pilot, "m")
        await sees(pilot, "53 miradas")


async def test_an_analyst_is_told_that_it_is_not_theirs(marta: Session) -> None:
    async with at_desk(marta[0]) as pilot:
        await press(pilot, "f9")
        await sees(pilot, "es de supervisión")
