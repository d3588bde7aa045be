"""Hours at the desk: the list of the day, who came, a day that is closed, and what a ticket shows of it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from analyst_tui.screens.hours import summary, told
from core import clock
from core.appointments import booking, offices
from core.appointments.views import DeskDay, DeskHour, Wish
from core.people import staff
from core.people.account_views import Account
from core.people.views import Staff
from tests.analyst_tui.desk import SQLITE, at_desk, lines, press, screen, sees, write
from tests.analyst_tui.hostile import NASTIEST
from tests.harness import cast
from tests.harness.databases import MONDAY

Session = tuple[str, Staff]
NINE = int(datetime(2026, 11, 24, 12, 0, tzinfo=UTC).timestamp())


def ask(owner: Account, at: int = NINE, folio: str = "", preferential: bool = False) -> int:
    return booking.book(owner, owner.persons[0].id, Wish("chillan", at, preferential), folio).id


async def test_whoever_comes_to_prove_who_they_are_is_marked_whoever_may_see_the_ticket(marta: Session) -> None:
    owner = cast.account(nombres="Wang", primer_apellido="Xiu", segundo_apellido="")
    folio = cast.ticket(owner, materia="cu", categoria="cu-recuperar", tramite_id="")
    ask(owner, folio=folio)
    clock.freeze(NINE + 60)
    async with at_desk(staff.begin(marta[1].id)[0], size=(80, 24)) as pilot:
        await press(pilot, "h")
        await sees(pilot, "Chillán · Ñuble")
        await write(pilot, "chi")
        await press(pilot, "enter")
        await sees(pilot, "● ver documento  Wang Xiu")
        assert folio not in screen(pilot)
        await press(pilot, "v")
        await sees(pilot, "Wang Xiu: vino. Su ticket necesita que alguien mire su documento.")


async def test_the_front_desk_marks_who_came_on_a_small_terminal(chief: Session) -> None:
    owner = cast.account(nombres="Jean Pierre", primer_apellido="Louis", segundo_apellido="")
    folio = cast.ticket(owner)
    ask(owner, folio=folio)
    ask(cast.account(nombres="Rosa", primer_apellido="Ñamandú", segundo_apellido=""), NINE + 1200, preferential=True)
    clock.freeze(NINE + 1800)
    token = staff.begin(chief[1].id)[0]
    async with at_desk(token, size=(80, 24)) as pilot:
        await press(pilot, "h")
        await sees(pilot, "Chillán · Ñuble")
        await write(pilot, "chi")
        await press(pilot, "enter")
        await sees(pilot, "Chillán   martes 24 de noviembre · hoy")
        assert "2 por venir" in screen(pilot)
        assert any("09:20  por venir  ◇ preferente Rosa Ñamandú" in line for line in lines(pilot))
        assert max(len(line) for line in lines(pilot)) <= 80
        await press(pilot, "v")
        await sees(pilot, "Jean Pierre Louis: vino.")
        await press(pilot, "down", "x")
        await sees(pilot, "! no vino")
        await press(pilot, "enter")
        await sees(pilot, "Esa hora no viene de un ticket")
        await press(pilot, "up", "enter")
        await sees(pilot, "vino a su hora")
        assert "hoy, 09:00, Chillán" in screen(pilot)
        await press(pilot, "f")
        await sees(pilot, "Hora       hoy, 09:00, Chillán")
        await press(pilot, "escape", "escape", "right")
        await sees(pilot, "miércoles 25 de noviembre · mañana")
        await press(pilot, "g", "escape", "h")
        await sees(pilot, "Jean Pierre Louis")


async def test_a_supervisor_closes_a_day_and_everybody_is_told(chief: Session) -> None:
    owner = cast.account()
    ask(owner)
    async with at_desk(chief[0], size=(80, 24)) as pilot:
        await press(pilot, "h")
        await write(pilot, "chillan")
        await press(pilot, "enter", "right", "c")
        await sees(pilot, "1 persona tiene hora")
        assert booking.hours_of(owner)[0].is_booked
        await press(pilot, "c")
        await sees(pilot, "Día cerrado. 1 carta sale ahora.")
        await sees(pilot, "suspendida")
        assert cast.letters_to(owner.email)[-1].kind == "hour-suspended"
        await press(pilot, "v")
        await sees(pilot, "no hay nada que marcar")
        await press(pilot, "w")
        await sees(pilot, "Día abierto otra vez")
        await press(pilot, "w")
        await sees(pilot, "Ese día no está cerrado")


async def test_an_analyst_is_told_why_a_day_stays_open_and_an_hour_unmarked(marta: Session) -> None:
    ask(cast.account(), MONDAY + 24 * 3600 - 3600)
    async with at_desk(marta[0]) as pilot:
        await press(pilot, "h", "escape")
        await sees(pilot, "Sin asignar")
        await press(pilot, "h")
        await write(pilot, "chillan")
        await press(pilot, "enter", "v")
        await sees(pilot, "No hay ninguna hora bajo el cursor")
        await press(pilot, "right", "c")
        await sees(pilot, "es de supervisión")
        await press(pilot, "v")
        await sees(pilot, "Todavía no es la hora")
        await press(pilot, "right", "right", "right", "right")
        await sees(pilot, "No se atiende: no atiende este día.")


@SQLITE
@pytest.mark.parametrize("width", [40, 77, 157])
def test_whatever_people_are_called_a_line_stays_a_line(database: str, width: int) -> None:
    office = offices.office("chillan")
    hours = tuple(DeskHour(n, NINE, name, bool(n % 2), "reservada", None, "", "") for n, name in enumerate(NASTIEST))
    day = DeskDay(office, clock.today(), hours, "", 3)
    blocks = list(told(day, 0, width))
    assert len(blocks) == len(hours)
    assert all("\n" not in block.text.plain and "\x1b" not in block.text.plain for block in blocks)
    assert summary(day).startswith(f"{len(NASTIEST)} por venir · 3 libres")
