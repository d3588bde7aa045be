"""Signing in, a session that ends, and leaving."""

from __future__ import annotations

import pytest

from core import clock
from core.people import staff
from core.people.views import Staff
from core.tickets import sheets
from tests.analyst_tui.conftest import Outage
from tests.analyst_tui.desk import Desk, at_desk, press, screen, sees, until, write
from tests.harness import cast

Session = tuple[str, Staff]
SHIFT = 14 * 3600


async def asked_who(pilot: Desk) -> None:
    await until(pilot, lambda: pilot.app.focused is not None and pilot.app.focused.id == "name", "the field for the name")


async def test_without_a_session_one_signs_in_and_the_queue_opens(marta: Session) -> None:
    folio = cast.ticket()
    async with at_desk(None) as pilot:
        assert "Ley 21.459" in screen(pilot)
        await write(pilot, "Marta\n")
        await write(pilot, cast.STAFF_PASSWORD)
        assert cast.STAFF_PASSWORD not in screen(pilot)
        await press(pilot, "enter")
        await sees(pilot, folio)
        await sees(pilot, "sin asignar 1")


@pytest.mark.parametrize(("name", "password"), [("Marta", "otra cosa muy larga"), ("Nadie", cast.STAFF_PASSWORD)])
async def test_a_wrong_name_or_password_is_refused_in_the_same_words(marta: Session, name: str, password: str) -> None:
    async with at_desk(None) as pilot:
        await write(pilot, f"{name}\n{password}\n")
        await sees(pilot, "El nombre o la contraseña no coinciden.")
        assert "Nombre" in screen(pilot)


async def test_a_session_that_is_over_leads_to_signing_in(marta: Session) -> None:
    clock.advance(SHIFT + 1)
    async with at_desk(marta[0]) as pilot:
        await sees(pilot, "Tu sesión terminó")


async def test_a_session_that_ends_while_writing_loses_nothing(marta: Session) -> None:
    folio = cast.ticket()
    async with at_desk(marta[0]) as pilot:
        await press(pilot, "enter", "r")
        await write(pilot, "Antes. ")
        staff.sign_out(marta[1])
        await write(pilot, "Ya puede.")
        await asked_who(pilot)
        await write(pilot, f"Marta\n{cast.STAFF_PASSWORD}\n")
        await sees(pilot, "Antes. Ya puede.")
        await press(pilot, "ctrl+s")
        await sees(pilot, f"La respuesta de {folio} sale en")


async def test_somebody_else_who_signs_in_does_not_see_what_was_open(marta: Session, pedro: Staff) -> None:
    folio = cast.ticket()
    async with at_desk(marta[0]) as pilot:
        await press(pilot, "enter", "r")
        await write(pilot, "Secreto")
        staff.sign_out(marta[1])
        await press(pilot, "escape")
        await asked_who(pilot)
        await write(pilot, f"Pedro\n{cast.STAFF_PASSWORD}\n")
        await sees(pilot, "Sin asignar 1")
        assert "Pedro" in screen(pilot)
        await press(pilot, "enter")
        await sees(pilot, cast.TEXT)
        assert "Secreto" not in screen(pilot)
        await press(pilot, "r")
        assert "Secreto" not in screen(pilot)
    assert sheet_draft(folio, pedro) == ""


async def test_q_leaves(marta: Session) -> None:
    async with at_desk(marta[0]) as pilot:
        await pilot.press("q")
        await until(pilot, lambda: not pilot.app.is_running, "the end")


async def test_ctrl_c_says_how_to_leave(marta: Session) -> None:
    async with at_desk(marta[0]) as pilot:
        await press(pilot, "ctrl+c")
        await sees(pilot, "Para salir, ctrl+q.")


async def test_leaving_saves_the_draft_first(marta: Session) -> None:
    folio = cast.ticket()
    async with at_desk(marta[0]) as pilot:
        await press(pilot, "enter", "r")
        await pilot.press(*"Lo")
        await pilot.press("ctrl+q")
        await until(pilot, lambda: not pilot.app.is_running, "the end")
    assert sheet_draft(folio, marta[1]) == "Lo"


async def test_leaving_with_a_draft_that_cannot_be_saved_asks(marta: Session, outage: Outage) -> None:
    cast.ticket()
    async with at_desk(marta[0]) as pilot:
        await press(pilot, "enter", "r")
        outage.lasts = True
        await pilot.press(*"Lo")
        await pilot.press("ctrl+q")
        await sees(pilot, "¿Salir y")
        await press(pilot, "n")
        assert "Lo" in screen(pilot)
        await pilot.press("ctrl+q")
        await sees(pilot, "¿Salir y")
        await pilot.press("s")
        await until(pilot, lambda: not pilot.app.is_running, "the end")


def sheet_draft(folio: str, reader: Staff) -> str:
    return sheets.open_sheet(reader, cast.row_of(folio, reader).id).answer_draft
