"""Searching while one types: what is found, how the line was understood, and the way back."""

from __future__ import annotations

import threading
from typing import Any

import pytest

from analyst_tui import feed
from core import clock
from core.people.views import Staff
from tests.analyst_tui.desk import Desk, at_desk, cursor_line, press, screen, sees, settled, write
from tests.harness import cast

Session = tuple[str, Staff]


@pytest.fixture
def folios(marta: Session) -> list[str]:
    """Three people's tickets."""
    made = [
        cast.ticket(cast.account(nombres="Rosa", primer_apellido="Ñamandú", segundo_apellido=""), tramite_id="12345678"),
        cast.ticket(cast.account(nombres="Jean Pierre", primer_apellido="Louis", segundo_apellido=""), tramite_id="777"),
        cast.ticket(cast.account(correo="wang@correo.example"), texto="Perdí mi estampado electrónico.", tramite_id="888"),
    ]
    clock.advance(600)
    return made


async def search(pilot: Desk, line: str) -> None:
    await press(pilot, "slash")
    await write(pilot, line)


@pytest.mark.parametrize(
    ("line", "place", "matched"),
    [
        ("12345678", 0, "trámite"),
        ("Nº 12.345.678", 0, "trámite"),
        ("namandu", 0, "nombre"),
        ("jean pi", 1, "nombre"),
        ("wang@correo.example", 2, "correo"),
        ("estampado", 2, "palabras"),
    ],
)
async def test_the_list_narrows_while_typing_and_says_by_what(
    marta: Session, folios: list[str], line: str, place: int, matched: str
) -> None:
    async with at_desk(marta[0]) as pilot:
        await search(pilot, line)
        await sees(pilot, "→ 1 ticket · 1 persona")
        assert folios[place] in cursor_line(pilot)
        assert matched in cursor_line(pilot)


async def test_a_folio_finds_its_ticket_and_enter_opens_it(marta: Session, folios: list[str]) -> None:
    async with at_desk(marta[0]) as pilot:
        await search(pilot, folios[2].lower())
        await sees(pilot, f"folio {folios[2].lower()} → 1 ticket")
        await press(pilot, "enter")
        await sees(pilot, "Perdí mi estampado electrónico.")
        await press(pilot, "escape")
        await sees(pilot, "→ 1 ticket")
        await press(pilot, "escape")
        await sees(pilot, "1 de 3 · Sin asignar")


async def test_how_many_were_found_is_said_however_little_room_there_is(marta: Session, folios: list[str]) -> None:
    async with at_desk(marta[0], size=(80, 24)) as pilot:
        await press(pilot, "slash")
        await write(pilot, "materia:permanencia estado:abierto")
        await sees(pilot, "… → 3 tickets · 3 personas")


async def test_one_letter_does_not_search_yet(marta: Session, folios: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    real = feed.sought
    monkeypatch.setattr(feed, "sought", lambda me, it, *rest: asked.append(it.line) or real(me, it, *rest))
    async with at_desk(marta[0]) as pilot:
        await search(pilot, "rosa")
        await press(pilot, "backspace", "backspace", "backspace")
        await sees(pilot, "1 de 3 · Sin asignar")
    assert sorted(asked[:3], key=len) == ["ro", "ros", "rosa"]
    assert "r" not in asked


async def test_nothing_found_says_so(marta: Session, folios: list[str]) -> None:
    async with at_desk(marta[0]) as pilot:
        await search(pilot, "zzzz")
        await sees(pilot, "nada con «zzzz»")
        assert cursor_line(pilot) == ""


async def test_the_cursor_returns_to_its_ticket_after_a_search(marta: Session, folios: list[str]) -> None:
    async with at_desk(marta[0]) as pilot:
        await press(pilot, "j", "j")
        await search(pilot, "rosa")
        await sees(pilot, "→ 1 ticket")
        await press(pilot, "escape")
        await sees(pilot, "3 de 3 · Sin asignar")
        assert folios[2] in cursor_line(pilot)


async def test_the_arrows_move_in_the_results_while_one_types(marta: Session, folios: list[str]) -> None:
    async with at_desk(marta[0]) as pilot:
        await search(pilot, "solicitud")
        await sees(pilot, "→ 2 tickets")
        first = cursor_line(pilot)
        await press(pilot, "down")
        assert cursor_line(pilot) != first


async def test_a_late_answer_to_an_older_line_is_dropped(
    marta: Session, folios: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    gate, real = threading.Event(), feed.sought

    def slow_at_first(me: Staff, asked: feed.Asked, *rest: Any) -> Any:
        if asked.line == "ro":
            gate.wait(10)
        return real(me, asked, *rest)

    monkeypatch.setattr(feed, "sought", slow_at_first)
    async with at_desk(marta[0]) as pilot:
        await pilot.press("slash")
        await pilot.press("r", "o")
        await pilot.press("s", "a", "space", "n", "a", "m")
        await sees(pilot, "rosa nam →")
        gate.set()
        await settled(pilot)
        assert "rosa nam →" in screen(pilot)


async def test_a_wait_that_lasts_shows(marta: Session, folios: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    gate, real = threading.Event(), feed.sought

    def slow(me: Staff, asked: feed.Asked, *rest: Any) -> Any:
        gate.wait(10)
        return real(me, asked, *rest)

    monkeypatch.setattr(feed, "sought", slow)
    async with at_desk(marta[0]) as pilot:
        await pilot.press("slash", "r", "o")
        await sees(pilot, "un momento…")
        await pilot.press("s")
        assert "ros" in screen(pilot)
        gate.set()
        await sees(pilot, "ros → 1 ticket")
        assert "un momento…" not in screen(pilot)


@pytest.mark.parametrize("line", ["[/", "a' OR 1=1", '"', "*", "¿?", "ñ" * 300, "  ", "C++", "(", "NEAR(a b)"])
async def test_any_line_is_legal(marta: Session, folios: list[str], line: str) -> None:
    from textual.widgets import Input

    async with at_desk(marta[0]) as pilot:
        await press(pilot, "slash")
        pilot.app.screen.query_one(Input).value = line
        await settled(pilot)
        assert pilot.app.is_running
        await press(pilot, "escape")
        await sees(pilot, "1 de 3 · Sin asignar")
