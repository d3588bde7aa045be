"""Whoever types ahead of the screen loses no letter, and no letter is obeyed as a command by mistake."""

from __future__ import annotations

from threading import Event
from typing import Any

import pytest
from textual import events

from analyst_tui import feed
from analyst_tui.widgets.ticket_list import TicketList
from core.canned import loading, reading
from core.people.views import Staff
from tests.analyst_tui.desk import Desk, at_desk, editor_text, lines, open_one, screen, sees, settled, sheet_of, until
from tests.harness import cast

Session = tuple[str, Staff]
NAMES = {" ": "space", "/": "slash", "?": "question_mark"}


def burst(pilot: Desk, *typed: str) -> None:
    """Keys that arrive all at once, as over a slow link: names of keys, or texts."""
    for piece in typed:
        keys = [piece] if piece in ("tab", "enter", "escape", "down", "ctrl+p", "ctrl+s", "ctrl+t") else list(piece)
        for key in keys:
            pilot.app.post_message(events.Key(NAMES.get(key, key), key if len(key) == 1 else None))


class HeldBack:
    """A service that answers only once it is let go."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, module: Any, name: str) -> None:
        self._at_once, self._asked, self._goes = getattr(module, name), Event(), Event()
        monkeypatch.setattr(module, name, self)

    def __call__(self, *asked: Any) -> Any:
        self._asked.set()
        assert self._goes.wait(10)
        return self._at_once(*asked)

    async def let_go(self, pilot: Desk) -> None:
        """Answer, once somebody has asked."""
        await until(pilot, self._asked.is_set, "the service asked")
        self._goes.set()


async def test_a_password_typed_after_tab_never_stands_in_the_names_field(marta: Session) -> None:
    async with at_desk(None) as pilot:
        burst(pilot, "Marta", "tab", cast.STAFF_PASSWORD, "enter")
        await sees(pilot, "Sin asignar")
        await until(pilot, lambda: pilot.app.screen.__class__.__name__ == "QueueScreen", "signed in")


async def test_a_password_typed_after_enter_never_stands_in_the_names_field(marta: Session) -> None:
    async with at_desk(None) as pilot:
        burst(pilot, "Marta", "enter", cast.STAFF_PASSWORD, "enter")
        await until(pilot, lambda: pilot.app.screen.__class__.__name__ == "QueueScreen", "signed in")


async def test_each_line_of_a_form_typed_in_one_breath_stands_in_its_own_field(marta: Session) -> None:
    open_one()
    async with at_desk(marta[0]) as pilot:
        burst(pilot, "enter", "d", "Registro Civil", "enter", "Vaya con su identidad.")
        await sees(pilot, "Vaya con su identidad.")
        await settled(pilot)
        assert editor_text(pilot) == "Vaya con su identidad."


async def test_an_answer_begun_in_one_breath_is_a_text_and_no_command(marta: Session) -> None:
    open_one()
    async with at_desk(marta[0]) as pilot:
        burst(pilot, "enter", "r", "xato quehacer")
        await until(pilot, lambda: "xato quehacer" in screen(pilot), "the text in the editor")
        await settled(pilot)
        assert editor_text(pilot) == "xato quehacer"


async def test_an_arrow_typed_behind_a_views_number_moves_in_that_view(marta: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(3):
        open_one(cast.account(correo=f"p{number}@correo.example"))
    async with at_desk(marta[0]) as pilot:
        listing = HeldBack(monkeypatch, feed, "listing")
        burst(pilot, "7", "down", "down")
        await listing.let_go(pilot)
        await sees(pilot, "3 de 3 · Abiertos")
        await settled(pilot)
        assert "3 de 3 · Abiertos" in screen(pilot)


async def test_answering_from_the_list_in_one_breath(marta: Session) -> None:
    folio = open_one()
    async with at_desk(marta[0]) as pilot:
        burst(pilot, "r", "hasta pronto")
        await until(pilot, lambda: "hasta pronto" in screen(pilot), "the text in the editor")
        await until(pilot, lambda: sheet_of(folio, marta[1]).answer_draft == "hasta pronto", "the draft is kept")


async def test_enter_behind_a_search_opens_what_it_finds_and_not_what_was_listed_before(
    marta: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_one()
    wanted = open_one(cast.account(nombres="Rosa"))
    async with at_desk(marta[0]) as pilot:
        sought = HeldBack(monkeypatch, feed, "sought")
        burst(pilot, "/", wanted, "enter")
        await until(pilot, lambda: wanted in lines(pilot)[2], "the folio in the search line")
        await until(pilot, lambda: isinstance(pilot.app.focused, TicketList), "enter obeyed")
        await sought.let_go(pilot)
        await until(pilot, lambda: pilot.app.screen.__class__.__name__ == "TicketScreen", "a ticket open")
        await settled(pilot)
        assert wanted in lines(pilot)[0]


async def test_a_number_searched_in_one_breath_chooses_no_view(marta: Session) -> None:
    folio = open_one(tramite_id="7654321")
    open_one(tramite_id="1112223")
    async with at_desk(marta[0]) as pilot:
        burst(pilot, "/", "7654321")
        await sees(pilot, "trámite 7654321")
        await sees(pilot, folio)


async def test_a_command_is_found_in_the_palette_in_one_breath(marta: Session) -> None:
    open_one()
    async with at_desk(marta[0]) as pilot:
        burst(pilot, "ctrl+p", "teclas", "enter")
        await sees(pilot, "Teclas de esta pantalla")


async def test_what_is_typed_behind_a_key_that_reads_first_is_for_the_screen_it_leads_to(
    marta: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_one()
    loading.load()
    async with at_desk(marta[0]) as pilot:
        answers = HeldBack(monkeypatch, reading, "answers")
        burst(pilot, "enter", "r", "Hola.", "ctrl+t", "prorroga como")
        await answers.let_go(pilot)
        await sees(pilot, "prorroga como")
        await settled(pilot)
        burst(pilot, "escape")
        await settled(pilot)
        assert editor_text(pilot) == "Hola."


async def test_keys_go_on_when_what_they_wait_for_does_not_come(marta: Session) -> None:
    async with at_desk(marta[0]) as pilot:
        burst(pilot, "t", "?")
        await sees(pilot, "Teclas de esta pantalla")
