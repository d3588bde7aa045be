"""Work in threads: a database that is away, errors nobody expected, and a screen that never blocks."""

from __future__ import annotations

import logging

import pytest

from analyst_tui import feed
from analyst_tui.background import UNEXPECTED, note_unexpected
from core.errors import TryLater
from core.people.views import Staff
from core.tickets import desk as verbs
from core.tickets import sheets
from core.tickets.answers import drawer
from core.tickets.answers.drawer import Shelved
from core.tickets.views import TicketSheet
from tests.analyst_tui.conftest import Outage
from tests.analyst_tui.desk import SQLITE, app_of, at_desk, let_go, open_one, press, screen, sees, settled, until, write
from tests.harness import cast

Session = tuple[str, Staff]


def sheet_of(folio: str, reader: Staff) -> TicketSheet:
    return sheets.open_sheet(reader, cast.row_of(folio, reader).id)


async def test_while_the_database_is_away_keys_work_and_what_was_asked_is_done_later(marta: Session, outage: Outage) -> None:
    folios = [cast.ticket(), cast.ticket(texto="El segundo.")]
    async with at_desk(marta[0]) as pilot:
        outage.lasts = True
        await press(pilot, "j", "enter")
        await sees(pilot, "sin conexión, se reintenta")
        await press(pilot, "k", "j")
        assert folios[1] in screen(pilot)
        outage.lasts = False
        await sees(pilot, "El segundo.")
        assert "sin conexión" not in screen(pilot)


@SQLITE
async def test_a_refusal_stands_until_the_next_command_whatever_else_there_is_to_tell(marta: Session, outage: Outage) -> None:
    folio = open_one()
    async with at_desk(marta[0]) as pilot:
        await press(pilot, "enter", "r", "space", "ctrl+s")
        await sees(pilot, "Escribe el texto antes de enviar.")
        outage.lasts = True
        await sees(pilot, "sin conexión, se reintenta")
        outage.lasts = False
        await until(pilot, lambda: "sin conexión" not in screen(pilot), "the database back")
        row = cast.row_of(folio, marta[1])
        drawer.put(Shelved(marta[1].id, row.id, "nota", folio, "De otra vez.", "", 1, "otro"))
        app_of(pilot).recover()
        await until(pilot, lambda: not drawer.of_staff(marta[1].id), "the note taken in")
        await settled(pilot)
        assert "Escribe el texto antes de enviar." in screen(pilot)


async def test_an_answer_sent_while_the_database_is_away_goes_out_once_it_is_back(marta: Session, outage: Outage) -> None:
    owner = cast.account()
    folio = cast.ticket(owner)
    async with at_desk(marta[0]) as pilot:
        await press(pilot, "enter", "r")
        await write(pilot, "Ya puede ir igual.")
        outage.lasts = True
        await press(pilot, "ctrl+s")
        await sees(pilot, "sin conexión, se reintenta")
        assert "Ya puede ir igual." in screen(pilot)
        assert "enviando…" in screen(pilot)
        outage.lasts = False
        await sees(pilot, f"La respuesta de {folio} sale en")
        let_go()
    assert sum("Ya puede ir igual." in letter.body for letter in cast.letters_to(owner.email)) == 1


async def test_a_draft_left_while_the_database_takes_none_is_there_when_one_returns(
    marta: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise TryLater("El disco está lleno.", retry_after=1)

    folio = cast.ticket()
    async with at_desk(marta[0]) as pilot:
        await press(pilot, "enter", "r")
        saved = verbs.save_draft
        monkeypatch.setattr(verbs, "save_draft", full)
        await write(pilot, "Sin guardar")
        await press(pilot, "escape", "escape", "enter")
        await sees(pilot, "Sin guardar")
        await pilot.press("q")
        await sees(pilot, "¿Salir y")
        await press(pilot, "n")
        monkeypatch.setattr(verbs, "save_draft", saved)
        await until(pilot, lambda: sheet_of(folio, marta[1]).answer_draft == "Sin guardar", "the draft in the database")
        await until(pilot, lambda: pilot.app.unsaved == {}, "nothing left to save")  # type: ignore[attr-defined]
        assert drawer.of_staff(marta[1].id) == ()


@SQLITE
async def test_an_unexpected_error_is_one_sentence_and_one_line_without_personal_data(
    marta: Session, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(me: Staff, ticket_id: int, reason: object = None) -> None:
        person = "Rosa Ñamandú 12345678"
        raise ValueError(person)

    cast.ticket()
    monkeypatch.setattr(feed, "sheet", broken)
    with caplog.at_level(logging.ERROR, logger="ayuda.terminal"):
        async with at_desk(marta[0]) as pilot:
            await press(pilot, "enter")
            await sees(pilot, UNEXPECTED)
            await press(pilot, "j")
            assert pilot.app.is_running
    (record,) = caplog.records
    assert "ValueError" in record.getMessage()
    assert "Rosa" not in record.getMessage()
    assert "12345678" not in caplog.text


def test_a_log_line_says_where_and_not_what(caplog: pytest.LogCaptureFixture) -> None:
    try:
        raise KeyError("el correo de alguien")
    except KeyError as reason:
        note_unexpected(reason)
    assert "test_background.py" in caplog.text
    assert "correo" not in caplog.text


@SQLITE
async def test_a_crash_of_the_program_prints_no_values(marta: Session, capsys: pytest.CaptureFixture[str]) -> None:
    def explode() -> None:
        person = "Rosa Ñamandú"
        raise RuntimeError(person)

    with pytest.raises(RuntimeError):
        async with at_desk(marta[0]) as pilot:
            pilot.app.call_later(explode)
            await settled(pilot)
    printed = capsys.readouterr()
    assert "Rosa" not in printed.out + printed.err


async def test_pressing_a_key_twice_takes_one_ticket(marta: Session) -> None:
    folios = [cast.ticket(), cast.ticket()]
    async with at_desk(marta[0]) as pilot:
        await pilot.press("t", "t")
        await settled(pilot)
        await sees(pilot, cast.TEXT)
    taken = [folio for folio in folios if cast.row_of(folio, marta[1]).assignee_id == marta[1].id]
    assert len(taken) <= 2
    assert folios[0] in taken
