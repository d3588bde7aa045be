"""What becomes of the hours that people have when an office attends at other times, or no more."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from core import clock
from core.appointments import booking, desk, keeping, offices, setup
from core.appointments.views import Hour, Wish
from core.mail import letters, outbox
from core.operations import housekeeping
from core.people.account_views import Account
from tests.harness import cast
from tests.harness.crowd import at_once

on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
NINE = int(datetime(2026, 11, 25, 9, tzinfo=ZoneInfo("America/Santiago")).timestamp())
MONDAYS = '[{"id": "santiago", "horario": [{"dias": ["lun"], "desde": "09:00", "hasta": "10:00"}]}]'


@pytest.fixture(autouse=True)
def bound(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file counts as written when `change_timetable` says so: the disk's own clock is not the tests'."""
    monkeypatch.setattr(offices, "_written_at", lambda path: int(path.stat().st_mtime))
    outbox.configure("https://ayuda.example", "Ayuda <no-responder@ayuda.example>")


def ask(owner: Account, starts_at: int = NINE, folio: str = "") -> Hour:
    return booking.book(owner, owner.persons[0].id, Wish("santiago", starts_at), folio)


def kinds(owner: Account) -> list[str]:
    return [letter.kind for letter in cast.letters_to(owner.email) if letter.kind.startswith("hour")]


def change_timetable(tmp_path: Path, row: str) -> None:
    """Write the operator's file as if that were at this moment of the tests' clock."""
    (tmp_path / setup.FILE).write_text(row, encoding="utf-8")
    os.utime(tmp_path / setup.FILE, (clock.now(), clock.now()))
    setup.configure(tmp_path, with_examples=True)


def test_a_file_that_keeps_an_older_date_is_as_new_as_it_is_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As some programs bring files: the grace begins when it arrives."""
    monkeypatch.undo()
    (tmp_path / setup.FILE).write_text(MONDAYS, encoding="utf-8")
    arrived = offices._written_at(tmp_path / setup.FILE)
    os.utime(tmp_path / setup.FILE, (0, 0))
    assert offices._written_at(tmp_path / setup.FILE) >= arrived


def test_an_hour_outside_a_changed_timetable_is_taken_back_with_another_choice(tmp_path: Path) -> None:
    owner = cast.account()
    folio = cast.ticket(owner)
    hour = ask(owner, folio=folio)
    change_timetable(tmp_path, MONDAYS)
    assert desk.stray() == 1
    clock.advance(3600)
    assert sorted(map(str, at_once([keeping.suspend_closed] * 3))) == ["0", "0", "1"]
    assert booking.hour_of(owner, hour.id).state == "suspendida"
    assert kinds(owner) == ["hour-booked", "hour-suspended"]
    assert letters.button("hour-suspended", "es") == "Elegir otra hora"
    assert desk.stray() == 0


@on_sqlite
def test_a_slip_in_the_timetable_that_is_mended_within_the_hour_costs_nobody_an_hour(tmp_path: Path) -> None:
    owner = cast.account()
    hour = ask(owner)
    for row in (MONDAYS, "{", "[]"):
        change_timetable(tmp_path, row)
        clock.advance(3500 if row == MONDAYS else 7200)
        assert housekeeping.do_chores() == 0
    (tmp_path / setup.FILE).unlink()
    setup.configure(tmp_path, with_examples=False)
    assert housekeeping.do_chores() == 0
    assert booking.hour_of(owner, hour.id).is_booked


@on_sqlite
def test_an_hour_within_the_opening_stays_whatever_the_length_of_the_new_hours(tmp_path: Path) -> None:
    owner = cast.account()
    hour = ask(owner, NINE + 1200)
    week = '[{"id": "santiago", "minutos": 30, "horario": [{"dias": ["mie"], "desde": "09:00", "hasta": "11:00"}]}]'
    change_timetable(tmp_path, week)
    clock.advance(7200)
    assert (desk.stray(), housekeeping.do_chores()) == (0, 0)
    assert booking.hour_of(owner, hour.id).is_booked


def test_an_office_that_is_no_more_takes_its_hours_back(tmp_path: Path) -> None:
    owner = cast.account()
    ask(owner)
    change_timetable(tmp_path, '[{"id": "santiago", "cerrada": true}]')
    clock.advance(3600)
    assert keeping.suspend_closed() == 1
    assert kinds(owner)[-1] == "hour-suspended"
