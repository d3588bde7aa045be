"""Advice for whoever is new: quiet, one at a time, sent away by one key and for good."""

from __future__ import annotations

import pytest

from analyst_tui import tips
from analyst_tui.commands import command
from core.people import staff
from core.people.views import Staff
from tests.analyst_tui.desk import at_desk, open_one, press, screen, sees, until

Session = tuple[str, Staff]


async def test_advice_stands_beside_the_status_with_the_keys_that_this_desk_has(marta: Session) -> None:
    open_one()
    async with at_desk(marta[0], keys={"lista.take": "y", "lista.search": "b", "siempre.help": "f1"}) as pilot:
        await until(pilot, lambda: "consejo: " in screen(pilot), "advice")
        line = next(line for line in screen(pilot).split("\n") if "consejo: " in line)
        assert line.startswith(" 1 de 1 · Sin asignar")
        assert line.endswith("f4 sin consejos")
        assert not any(f"consejo: {key} " in line for key in ("t", "/", "?"))


async def test_another_ticket_brings_other_advice(marta: Session) -> None:
    open_one()
    async with at_desk(marta[0]) as pilot:
        before = screen(pilot).split("consejo: ")[1]
        await press(pilot, "enter")
        await sees(pilot, "consejo: ")
        await press(pilot, "escape")
        await until(pilot, lambda: before not in screen(pilot), "other advice")


async def test_one_key_sends_it_away_for_good_and_brings_it_back(marta: Session) -> None:
    open_one()
    async with at_desk(marta[0]) as pilot:
        await press(pilot, "f4")
        await sees(pilot, "Sin consejos desde ahora.")
        await press(pilot, "k")
        assert "consejo: " not in screen(pilot)
    assert staff.staff_of(marta[0]).habits == {tips.GONE}
    async with at_desk(marta[0]) as pilot:
        assert "consejo: " not in screen(pilot)
        await press(pilot, "f4", "k")
        await sees(pilot, "consejo: ")


async def test_in_the_linear_mode_and_where_there_is_no_room_there_is_none(marta: Session) -> None:
    open_one()
    async with at_desk(marta[0], size=(40, 12)) as pilot:
        assert "consejo" not in screen(pilot)
    async with at_desk(marta[0], linear=True) as pilot:
        assert "consejo" not in screen(pilot)


@pytest.mark.parametrize("place", list(tips._TIPS))
def test_every_tip_is_about_a_command_of_its_place(place: str) -> None:
    told = tips.tips(place, 3)
    assert len(told) > 3
    assert all(command(name, place, "siempre").help for name, _words in told)
