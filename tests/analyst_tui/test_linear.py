"""The linear mode: a sentence a line, nothing drawn, the terminal's cursor where one reads."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from analyst_tui import linear
from core.people import staff
from core.people.views import Staff
from tests.analyst_tui.desk import SQLITE, Desk, at_desk, lines, press, screen, sees, write
from tests.harness import cast
from tests.harness.terminal import Terminal

Session = tuple[str, Staff]
Open = Callable[..., Terminal]
DRAWN = re.compile("[\u2500-\u25ff]")
ROW = re.compile(r"^1 de 1, vence [^:]+: consulta de Rosa Ñamandú.* sobre ")


def line_of_cursor(pilot: Desk) -> str:
    """What a screen reader says: the line on which the terminal's cursor stands."""
    return lines(pilot)[pilot.app.cursor_position.y]


@SQLITE
@pytest.mark.parametrize("size", [(80, 24), (160, 48)])
async def test_nothing_is_drawn_and_the_row_at_the_cursor_is_a_sentence(marta: Session, size: tuple[int, int]) -> None:
    cast.ticket(cast.account(nombres="Rosa", primer_apellido="Ñamandú"))
    async with at_desk(marta[0], size=size, linear=True) as pilot:
        assert ROW.search(line_of_cursor(pilot))
        for keys in (("question_mark",), ("escape", "ctrl+p"), ("escape", "enter"), ("f",), ("escape", "r"), ("escape",)):
            await press(pilot, *keys)
            assert not DRAWN.search(screen(pilot)), screen(pilot)
        assert cast.TEXT in screen(pilot)


@SQLITE
async def test_the_cursor_of_the_terminal_follows_the_rows(marta: Session) -> None:
    for number in range(3):
        cast.ticket(cast.account(correo=f"p{number}@correo.example"))
    async with at_desk(marta[0], linear=True) as pilot:
        for place in ("1 de 3", "2 de 3", "3 de 3"):
            assert line_of_cursor(pilot).startswith(place)
            await press(pilot, "j")


@SQLITE
async def test_every_line_of_a_conversation_comes_under_the_cursor(marta: Session) -> None:
    cast.ticket()
    async with at_desk(marta[0], size=(80, 24), linear=True) as pilot:
        await press(pilot, "enter")
        heard = []
        for _ in range(20):
            heard.append(line_of_cursor(pilot).strip())
            await press(pilot, "j")
        assert any(cast.TEXT.split()[0] in line for line in heard)


@SQLITE
async def test_notices_are_new_lines_at_the_bottom_and_the_older_ones_stay(marta: Session) -> None:
    cast.ticket()
    async with at_desk(marta[0], linear=True) as pilot:
        await press(pilot, "g", "9")
        told = screen(pilot)
        assert told.index("No ha llegado nada nuevo") < told.index("Las vistas van del 1")


@SQLITE
async def test_while_writing_the_cursor_is_in_the_text(marta: Session) -> None:
    cast.ticket()
    async with at_desk(marta[0], linear=True) as pilot:
        await press(pilot, "r")
        await write(pilot, "Su solicitud")
        assert line_of_cursor(pilot).strip() == "Su solicitud"


@SQLITE
async def test_one_key_enters_and_leaves_it_and_it_is_remembered(marta: Session) -> None:
    cast.ticket()
    async with at_desk(marta[0], size=(160, 48)) as pilot:
        await press(pilot, "f3")
        await sees(pilot, "Modo lineal")
        assert not DRAWN.search(screen(pilot))
    assert staff.staff_of(marta[0]).habits == {"lineal"}
    async with at_desk(marta[0], size=(160, 48)) as pilot:
        assert linear.is_on(pilot.app)
        await press(pilot, "f3", "f3", "f3", "j")
        assert "│" in screen(pilot)


@SQLITE
def test_in_a_real_terminal_its_cursor_is_seen_and_stands_at_the_sentence(marta: Session, start: Open) -> None:
    for number in range(2):
        cast.ticket(cast.account(correo=f"p{number}@correo.example"))
    with start(marta[0], 80, 24, "--linear") as terminal:
        terminal.wait("1 de 2")
        terminal.wait(lambda _: terminal.cursor_line.startswith("1 de 2, vence"))
        terminal.settle()
        terminal.press("down", lambda _: terminal.cursor_line.startswith("2 de 2, vence"))
        terminal.press("r", "Respuesta a la persona")
        terminal.settle()
        terminal.press("Su solicitud avanza.", lambda _: terminal.cursor_line.strip() == "Su solicitud avanza.")


@SQLITE
def test_without_the_mode_the_cursor_of_the_terminal_is_hidden(marta: Session, start: Open) -> None:
    folio = cast.ticket()
    with start(marta[0]) as terminal:
        terminal.wait(folio)
        terminal.settle()
        assert terminal.cursor_line == ""
