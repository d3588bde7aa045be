"""What is not one's own work asks what for, by one key, and says so before it is opened."""

from __future__ import annotations

import pytest

from core.people.views import Staff
from core.tickets import auditing
from core.tickets import desk as verbs
from core.tickets.lists import queue
from tests.analyst_tui.desk import at_desk, open_one, press, screen, sees, session, write
from tests.harness import cast

Session = tuple[str, Staff]
OPEN = str(list(queue.VIEWS).index("abiertos") + 1)
ASKED = "¿Para qué lo abres?"


@pytest.fixture
def folio(pedro: Staff) -> str:
    """A ticket that a colleague has."""
    folio = open_one(texto="Esto lo lee Pedro.")
    verbs.claim(pedro, cast.row_of(folio, pedro).id)
    return folio


def reasons(reader: Staff) -> list[tuple[str, str]]:
    """What the trail says of a reader's opened tickets."""
    boss = session("Jefa", role="supervisor")[1]
    return [(row.reason, row.words) for row in auditing.trail(boss, reader.name).rows if row.kind == "abierto"]


async def test_a_colleagues_ticket_opens_by_one_more_key_and_the_same_day_without_it(marta: Session, folio: str) -> None:
    async with at_desk(marta[0]) as pilot:
        await press(pilot, OPEN, "enter")
        await sees(pilot, ASKED)
        assert "Esto lo lee Pedro." not in screen(pilot)
        await press(pilot, "1")
        await sees(pilot, "Esto lo lee Pedro.")
        await press(pilot, "escape", "enter")
        await sees(pilot, "Esto lo lee Pedro.")
        assert ASKED not in screen(pilot)
    assert reasons(marta[1]) == [("llamo", "")]


async def test_another_reason_is_written(marta: Session, folio: str) -> None:
    async with at_desk(marta[0]) as pilot:
        await press(pilot, OPEN, "enter")
        await sees(pilot, ASKED)
        await press(pilot, "5", "enter")
        await sees(pilot, "esc no abrir")
        await write(pilot, "su abogada")
        await press(pilot, "enter")
        await sees(pilot, "Esto lo lee Pedro.")
    assert reasons(marta[1]) == [("otra", "su abogada")]


async def test_without_a_reason_it_stays_closed(marta: Session, folio: str) -> None:
    async with at_desk(marta[0]) as pilot:
        await press(pilot, OPEN, "enter")
        await sees(pilot, ASKED)
        await press(pilot, "escape")
        await sees(pilot, "Abiertos")
        assert "Esto lo lee Pedro." not in screen(pilot)
    assert reasons(marta[1]) == []


async def test_those_who_supervise_are_asked_too(chief: Session, pedro: Staff) -> None:
    verbs.claim(pedro, cast.row_of(open_one(), pedro).id)
    async with at_desk(chief[0]) as pilot:
        await press(pilot, OPEN, "enter")
        await sees(pilot, ASKED)
        await press(pilot, "3")
        await sees(pilot, cast.TEXT)


async def test_ones_own_work_is_never_asked_about(marta: Session) -> None:
    open_one()
    async with at_desk(marta[0]) as pilot:
        await press(pilot, "t")
        await sees(pilot, cast.TEXT)
        await press(pilot, "escape", "2", "enter")
        await sees(pilot, cast.TEXT)
        assert ASKED not in screen(pilot)


async def test_beside_the_list_a_colleagues_ticket_shows_its_row_and_how_it_is_opened(marta: Session, folio: str) -> None:
    async with at_desk(marta[0], size=(160, 48)) as pilot:
        await press(pilot, OPEN)
        await sees(pilot, "enter para abrir: pide un motivo")
        assert "Esto lo lee Pedro." not in screen(pilot)
        await press(pilot, "enter", "2", "escape")
        await sees(pilot, "Esto lo lee Pedro.")
