"""Calling a colleague to a note at the desk."""

from __future__ import annotations

from core.people import staff
from core.people.views import Staff
from tests.analyst_tui.desk import at_desk, cursor_line, editor_text, events_of, press, screen, sees, write
from tests.harness import cast

Session = tuple[str, Staff]


async def test_a_colleague_is_completed_in_a_note_and_called(marta: Session, pedro: Staff) -> None:
    desk_of_pedro = staff.begin(pedro.id)
    folio = cast.ticket()
    async with at_desk(marta[0]) as pilot:
        await press(pilot, "enter", "n")
        await write(pilot, "Lo ves, @pe")
        await sees(pilot, "tab @pedro")
        await press(pilot, "tab")
        assert editor_text(pilot) == "Lo ves, @pedro "
        await press(pilot, "ctrl+s")
        await sees(pilot, "Nota guardada")
    assert events_of(folio, marta[1]) == [("nota", ""), ("mencion", str(pedro.id))]
    async with at_desk(desk_of_pedro[0]) as pilot:
        await sees(pilot, "1 mención")
        await press(pilot, "i")
        await sees(pilot, "1 de 1 · Menciones")
        assert folio in cursor_line(pilot)
        await press(pilot, "enter")
        await sees(pilot, "Lo ves, @pedro")
        await press(pilot, "escape")
        await sees(pilot, "Ningún ticket aquí · Menciones")
        assert "1 mención" not in screen(pilot)
        await press(pilot, "i")
        await sees(pilot, "Sin asignar")
        await press(pilot, "i")
        await sees(pilot, "Nadie te mencionó")


async def test_tab_without_a_name_begun_is_left_to_others(marta: Session, pedro: Staff) -> None:
    cast.ticket()
    async with at_desk(marta[0]) as pilot:
        await press(pilot, "enter", "n")
        await write(pilot, "hola pe")
        await press(pilot, "tab")
        assert editor_text(pilot) == "hola pe"


async def test_whom_nobody_knows_is_said_once_and_the_note_kept(marta: Session) -> None:
    folio = cast.ticket()
    async with at_desk(marta[0]) as pilot:
        await press(pilot, "enter", "n")
        await write(pilot, "Para @nadie")
        await press(pilot, "ctrl+s")
        await sees(pilot, "@nadie no es nadie del equipo.")
        await sees(pilot, "ctrl+s otra vez guarda la nota sin esa mención.")
        assert editor_text(pilot) == "Para @nadie"
        await press(pilot, "ctrl+s")
        await sees(pilot, "Nota guardada")
    assert events_of(folio, marta[1]) == [("nota", "")]
