"""The mouse: everything that it does a key does too, and nothing of it is needed."""

from __future__ import annotations

import pytest
from textual.events import MouseScrollDown, MouseScrollUp

from core.people.views import Staff
from tests.analyst_tui.desk import Desk, at_desk, cursor_line, open_one, press, screen, sees, settled, write
from tests.harness import cast

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
Session = tuple[str, Staff]


async def wheel(pilot: Desk, where: str, turn: type[MouseScrollDown | MouseScrollUp], times: int) -> None:
    """Turn the wheel over a widget."""
    for _ in range(times):
        place = pilot.app.screen.query_one(where).region.offset
        pilot.app.post_message(turn(None, place.x + 2, place.y + 1, 0, 1, 0, False, False, False))
        await settled(pilot)


async def test_the_wheel_goes_through_the_list_and_the_cursor_stays_on_its_ticket(marta: Session) -> None:
    folios = [open_one() for _ in range(30)]
    async with at_desk(marta[0], size=(100, 16)) as pilot:
        assert folios[-1] not in screen(pilot)
        await wheel(pilot, "#tickets", MouseScrollDown, 30)
        assert folios[-1] in screen(pilot)
        await wheel(pilot, "#tickets", MouseScrollUp, 30)
        assert folios[0] in cursor_line(pilot)


async def test_the_wheel_goes_through_a_conversation_while_one_writes(marta: Session) -> None:
    open_one(texto="\n".join(f"Línea {number}." for number in range(60)))
    async with at_desk(marta[0], size=(80, 24)) as pilot:
        await press(pilot, "r")
        await sees(pilot, "Respuesta a la persona")
        await write(pilot, "Hola")
        await wheel(pilot, "#conversation", MouseScrollDown, 60)
        assert "Línea 59." in screen(pilot)
        await write(pilot, " otra vez")
        await sees(pilot, "Hola otra vez")


async def test_a_click_in_the_footer_does_what_its_key_does(marta: Session) -> None:
    folio = open_one()
    async with at_desk(marta[0]) as pilot:
        await pilot.click("#hints", offset=(screen(pilot).splitlines()[-1].index("abrir"), 0))
        await sees(pilot, cast.TEXT)
        await pilot.click("#hints", offset=(screen(pilot).splitlines()[-1].index("responder"), 0))
        await sees(pilot, "Respuesta a la persona")
        assert folio in screen(pilot)


async def test_the_wheel_goes_through_what_can_be_chosen(marta: Session) -> None:
    open_one()
    async with at_desk(marta[0], size=(80, 24)) as pilot:
        await press(pilot, "o")
        await sees(pilot, "Como siempre")
        await wheel(pilot, "#choices", MouseScrollDown, 30)
        assert "Analista, primero los sin asignar" in screen(pilot)
