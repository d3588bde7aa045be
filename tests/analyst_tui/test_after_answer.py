"""At the desk after an answer: the second ticket with the first attached, the grades and what was written with them."""

from __future__ import annotations

import pytest

from core.people.views import Staff
from core.tickets import desk as verbs
from core.tickets.citizens import following, second, survey
from tests.analyst_tui.desk import BIG_AND_SMALL, SQLITE, at_desk, open_one, press, screen, sees
from tests.harness import cast

Session = tuple[str, Staff]
HOSTILE = "Nadie [/] me llamó \x1b]52;c;x\x07 [@click=app.quit]aquí[/]"


@pytest.fixture
def second_ticket(pedro: Staff) -> str:
    """The folio of a second ticket after an answer of Pedro's, which was graded with a 3."""
    owner = cast.account()
    row = cast.row_of(cast.ticket(owner), pedro)
    verbs.reply(pedro, row.id, row.version, "Sí, puedes.", "answer")
    survey.answer(survey.link(row.id).rpartition("/")[2], "3", HOSTILE)
    return second.open_second(owner, row.folio, "No me dijeron la fecha.", "a")


@BIG_AND_SMALL
async def test_the_second_ticket_is_in_its_view_and_shows_the_first(
    marta: Session, second_ticket: str, size: tuple[int, int]
) -> None:
    async with at_desk(marta[0], size=size) as pilot:
        await press(pilot, "5")
        await sees(pilot, "Segundos")
        await press(pilot, "enter")
        await sees(pilot, "Primer ticket")
        conversation = pilot.app.screen.conversation.text  # type: ignore[attr-defined]
        told = ["Primer ticket", "Sí, puedes.", f"Segundo ticket {second_ticket}", "No me dijeron la fecha."]
        assert sorted(told, key=conversation.index) == told
        await press(pilot, "a")
        await sees(pilot, "Es tuyo.")


async def test_whoever_answered_the_first_is_told_why_not(second_ticket: str, pedro: Staff) -> None:
    from core.people import staff

    async with at_desk(staff.begin(pedro.id)[0]) as pilot:
        await press(pilot, "t")
        await sees(pilot, "al segundo responde otra persona")
        await press(pilot, "enter", "r")
        await sees(pilot, "No se puede: respondiste el primer ticket")


@SQLITE
@pytest.mark.parametrize("width", [80, 100, 120])
async def test_the_chosen_view_is_in_sight_however_narrow_the_terminal(marta: Session, width: int) -> None:
    async with at_desk(marta[0], size=(width, 24)) as pilot:
        await press(pilot, "8")
        await sees(pilot, "8 Todos")
        await press(pilot, "1")
        await sees(pilot, "1 Sin asignar")


async def test_a_supervisor_reads_the_share_and_the_comments(chief: Session, second_ticket: str) -> None:
    async with at_desk(chief[0], size=(80, 24)) as pilot:
        await press(pilot, "s")
        await sees(pilot, "Nota 6-7: 0 % (n 1)")
        await press(pilot, "c")
        await sees(pilot, "nota 3")
        assert "Nadie [/] me llamó ]52;c;x [@click=app.quit]aquí[/]" in screen(pilot)
        await press(pilot, "m")
        await sees(pilot, "No hay comentarios más antiguos.")
        await press(pilot, "j", "k", "pagedown", "pageup", "escape")
        await sees(pilot, "Nota 6-7")


async def test_on_a_small_terminal_the_question_stays_in_sight_while_one_writes(marta: Session) -> None:
    open_one(texto="\n".join(f"Línea {number}." for number in range(1, 10)))
    async with at_desk(marta[0], size=(80, 24)) as pilot:
        for keys in (["enter", "r"], ["escape", "escape", "r"]):
            await press(pilot, *keys)
            await sees(pilot, "Respuesta a la persona")
            await sees(pilot, "Línea 9.")
            assert "Línea 1." in screen(pilot)


async def test_what_the_person_said_last_is_in_sight_when_a_long_conversation_opens(marta: Session) -> None:
    owner = cast.account()
    folio = open_one(owner, texto="\n".join(f"Línea {number}" for number in range(40)))
    following.add_information(owner, folio, "Ya encontré mi boleta.", "a")
    async with at_desk(marta[0], size=(80, 24)) as pilot:
        for keys in (["enter"], ["escape", "r"]):
            await press(pilot, *keys)
            await sees(pilot, "Ya encontré mi boleta.")
