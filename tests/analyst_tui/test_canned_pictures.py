"""Pictures of canned answers: the finder, the letter before it goes, the gate, the book and a history."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from core.canned import editing, loading, reading
from core.people.views import Staff
from tests.analyst_tui.desk import Desk, press, sees, write

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

Session = tuple[str, Staff]


async def _answer_with(pilot: Desk, text: str) -> None:
    await press(pilot, "enter", "r")
    await write(pilot, text)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
def test_the_finder_of_canned_answers(pictured: Callable[..., None], size: tuple[int, int]) -> None:
    async def steps(pilot: Desk) -> None:
        loading.load()
        await press(pilot, "enter", "r", "ctrl+t")
        await write(pilot, "rechazo")
        await sees(pilot, "Ley 19.880, artículo 59")

    pictured(size, steps)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
def test_the_letter_before_it_is_sent(pictured: Callable[..., None], size: tuple[int, int]) -> None:
    async def steps(pilot: Desk) -> None:
        await _answer_with(pilot, "Puedes presentar un recurso: revisa tu correo.")
        await press(pilot, "ctrl+o")
        await sees(pilot, "La carta como llegará")

    pictured(size, steps)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
def test_the_gate(pictured: Callable[..., None], size: tuple[int, int]) -> None:
    async def steps(pilot: Desk) -> None:
        await _answer_with(pilot, "Hola Juan:\nTu RUN es 11.111.111-1, ojo con la [[fecha]].")
        await press(pilot, "ctrl+s", "ctrl+s")  # somebody else wrote about the same trámite: that is asked first
        await sees(pilot, "Antes de enviar")

    pictured(size, steps)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
def test_the_book_of_canned_answers(pictured: Callable[..., None], size: tuple[int, int]) -> None:
    async def steps(pilot: Desk) -> None:
        loading.load()
        await press(pilot, "f8", "j")
        await sees(pilot, "24 respuestas tipo")

    pictured(size, steps)


def test_the_history_of_a_canned_answer(pictured: Callable[..., None], chief: Session) -> None:
    async def steps(pilot: Desk) -> None:
        loading.load()
        first = reading.answers(chief[1])[0]
        editing.expire(chief[1], first.id, 1)
        await press(pilot, "f8", "slash")
        await write(pilot, first.page.title)
        await press(pilot, "enter", "y")
        await sees(pilot, "versión 2  caducada")

    pictured((120, 40), steps)
