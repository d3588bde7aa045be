"""What the staff and time do to hours: who came, closed days, late holidays, reminders."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from core import clock
from core.appointments import booking, desk, keeping, offices, searching, setup, soundness
from core.appointments.views import Gone, Hour, Wish
from core.calendar import feasts
from core.errors import Conflict, NotAllowed
from core.mail import outbox
from core.operations import demo_hours, housekeeping, seed, verify
from core.operations.rights import blocking, erasing
from core.people import staff
from core.people.account_views import Account
from core.people.views import Staff
from core.tickets import sheets
from tests.harness import cast
from tests.harness.crowd import at_once

on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
SANTIAGO = ZoneInfo("America/Santiago")
DAY = date(2026, 11, 25)


def at(hour: int, minute: int = 0, day: int = 25) -> int:
    """An instant of November 2026 in Santiago."""
    return int(datetime(2026, 11, day, hour, minute, tzinfo=SANTIAGO).timestamp())


NINE = at(9)


@pytest.fixture(autouse=True)
def bound(database: str) -> None:
    outbox.configure("https://ayuda.example", "Ayuda <no-responder@ayuda.example>")


@pytest.fixture
def boss() -> Staff:
    return cast.analyst("Eva Díaz", role="supervisor")


def ask(owner: Account, starts_at: int = NINE, folio: str = "") -> Hour:
    return booking.book(owner, owner.persons[0].id, Wish("santiago", starts_at), folio)


def on_shift(member: Staff) -> Staff:
    """The same person, signed in now."""
    return staff.begin(member.id)[1]


def kinds(owner: Account) -> list[str]:
    return [letter.kind for letter in cast.letters_to(owner.email) if letter.kind.startswith("hour")]


def test_the_list_of_the_day_says_who_comes_when_and_about_what(boss: Staff) -> None:
    early, late = cast.account(nombres="Wang", primer_apellido="Xiu", segundo_apellido=""), cast.account()
    folio = cast.ticket(early)
    ask(late, NINE + 1200)
    ask(early, NINE, folio)
    booking.cancel(owner := cast.account(), ask(owner, NINE).id)
    day = desk.day_of(boss, "santiago", DAY)
    lines = [(hour.starts_at, hour.person_name, hour.folio, hour.state) for hour in day.hours]
    assert lines == [
        (NINE, "Wang Xiu", folio, "reservada"),
        (NINE, owner.persons[0].shown_name, "", "cancelada"),
        (NINE + 1200, late.persons[0].shown_name, "", "reservada"),
    ]
    assert (day.shut, day.free) == ("", 12 * 3 - 2)
    assert desk.day_of(boss, "santiago", date(2026, 12, 8)).shut.startswith("feriado: ")
    assert desk.day_of(boss, "santiago", date(2026, 11, 22)).shut == "no atiende este día"


def test_a_ticket_that_is_not_the_readers_to_see_is_not_named() -> None:
    child = cast.child()
    folio = cast.ticket(child)
    ask(child, folio=folio)
    (seen,) = desk.day_of(cast.analyst(rights=("nna",)), "santiago", DAY).hours
    (hidden,) = desk.day_of(cast.analyst(), "santiago", DAY).hours
    assert (seen.folio, hidden.folio, hidden.ticket_id) == (folio, "", None)
    assert hidden.person_name == seen.person_name


def test_what_happened_returns_to_the_ticket_and_can_be_corrected(boss: Staff) -> None:
    owner = cast.account()
    folio = cast.ticket(owner)
    hour = ask(owner, folio=folio)
    with pytest.raises(Conflict, match="Todavía no es la hora"):
        desk.came(boss, hour.id, did_come=True)
    clock.freeze(NINE - 600)
    boss = on_shift(boss)
    with pytest.raises(Conflict, match="Todavía no es la hora"):
        desk.came(boss, hour.id, did_come=False)
    desk.came(boss, hour.id, did_come=True)
    desk.came(boss, hour.id, did_come=True)
    clock.freeze(NINE + 7200)
    desk.came(boss, hour.id, did_come=False)
    events = sheets.open_sheet(boss, cast.row_of(folio, boss).id).events
    assert [(event.kind, event.author) for event in events if event.kind.startswith("hora")] == [
        ("hora_reservada", ""),
        ("hora_vino", "Eva Díaz"),
        ("hora_no_vino", "Eva Díaz"),
    ]
    assert booking.hour_of(owner, hour.id).state == "no_vino"
    clock.advance(8 * 24 * 3600)
    with pytest.raises(Conflict, match="7 días"):
        desk.came(on_shift(boss), hour.id, did_come=True)


def test_a_given_back_hour_and_frozen_data_are_marked_by_nobody(boss: Staff) -> None:
    one, other = cast.account(), cast.account()
    cancelled, blocked = ask(one), ask(other)
    booking.cancel(one, cancelled.id)
    blocking.block(other)
    clock.freeze(NINE)
    boss = on_shift(boss)
    with pytest.raises(Conflict, match="nada que marcar"):
        desk.came(boss, cancelled.id, did_come=True)
    with pytest.raises(NotAllowed, match=r"21\.719"):
        desk.came(boss, blocked.id, did_come=True)


def test_a_closed_day_tells_everybody_and_offers_another(boss: Staff) -> None:
    people = [cast.account() for _ in range(3)]
    folio = cast.ticket(people[0])
    hours = [ask(people[0], NINE, folio), ask(people[1], NINE + 1200), ask(people[2], NINE + 24 * 3600)]
    assert desk.expected(boss, "santiago", DAY) == 2
    assert desk.close_day(boss, "santiago", DAY) == 2
    assert desk.close_day(boss, "santiago", DAY) == 0
    assert [kinds(person)[-1] for person in people] == ["hour-suspended", "hour-suspended", "hour-booked"]
    letter = cast.letters_to(people[0].email)[-1]
    assert letter.attachment_type == "text/calendar; method=CANCEL"
    assert "https://ayuda.example/hora" in letter.body
    assert [booking.hour_of(person, hour.id).state for person, hour in zip(people, hours, strict=True)] == [
        *("suspendida", "suspendida", "reservada")
    ]
    assert DAY not in {each.day for each in searching.free_days(offices.office("santiago"), preferential=False)}
    with pytest.raises(Gone):
        ask(cast.account())
    assert booking.book(people[0], people[0].persons[0].id, Wish("santiago", NINE + 24 * 3600)).is_booked
    desk.open_day(boss, "santiago", DAY)
    assert ask(cast.account()).is_booked
    assert list(verify.verify()) == []


@on_sqlite
def test_only_supervisors_close_a_day_and_no_day_that_is_over(boss: Staff) -> None:
    with pytest.raises(NotAllowed):
        desk.close_day(cast.analyst(), "santiago", DAY)
    with pytest.raises(Conflict, match="ya pasó"):
        desk.close_day(boss, "santiago", date(2026, 11, 20))
    with pytest.raises(Conflict, match="no está cerrado"):
        desk.open_day(boss, "santiago", DAY)


def test_a_late_holiday_tells_everybody_once_whoever_finds_it_first(tmp_path: Path) -> None:
    owner = cast.account()
    ask(owner)
    assert housekeeping.do_chores() == 0
    decree = '[{"fecha": "2026-11-25", "nombre": "Feriado de prueba", "publicado": "2026-11-23"}]'
    (tmp_path / feasts.FILE).write_text(decree, encoding="utf-8")
    feasts.add_late(tmp_path / feasts.FILE)
    try:
        assert sorted(map(str, at_once([keeping.suspend_closed] * 3))) == ["0", "0", "1"]
    finally:
        feasts.add_late(tmp_path / "nada")
    assert kinds(owner) == ["hour-booked", "hour-suspended"]


def test_the_day_before_a_reminder_is_written_once_by_two_workers() -> None:
    owner = cast.account()
    ask(owner)
    clock.freeze(at(9, 59, day=24))
    assert housekeeping.do_chores() == 0
    clock.freeze(at(10, 0, day=24))
    assert sorted(map(str, at_once([keeping.remind] * 4))) == ["0", "0", "0", "1"]
    assert housekeeping.do_chores() == 0
    reminder = cast.letters_to(owner.email)[-1]
    assert (reminder.kind, reminder.attachment) == ("hour-reminder", None)
    assert "miércoles 25 de noviembre, 09:00" in reminder.body


@on_sqlite
def test_no_reminder_goes_to_whoever_has_just_asked_or_blocked_or_is_about_to_go() -> None:
    blocked, fresh, moved, gone, late = (cast.account() for _ in range(5))
    ask(blocked)
    blocking.block(blocked)
    hour = ask(moved, NINE + 24 * 3600)
    booking.cancel(gone, ask(gone).id)
    ask(late, NINE + 1200)
    clock.freeze(at(10, 1, day=24))
    ask(fresh, NINE + 2400)
    booking.move(moved, hour.id, Wish("santiago", NINE + 3600))
    clock.freeze(NINE + 1200 - keeping.TOO_LATE + 1)
    assert keeping.remind() == 0


@on_sqlite
def test_hours_and_reminders_follow_the_clocks_of_the_office(tmp_path: Path) -> None:
    hours = [{"dias": ["mie"], "desde": "09:00", "hasta": "10:00"}]
    south = {"id": "punta-arenas", "region": "ma", "ciudad": "Punta Arenas", "direccion": "Calle 1", "horario": hours}
    (tmp_path / setup.FILE).write_text(json.dumps([south]), encoding="utf-8")
    setup.configure(tmp_path, with_examples=False)
    clock.freeze(int(datetime(2026, 7, 6, 12, 0, tzinfo=UTC).timestamp()))
    owner = cast.account()
    nine = int(datetime(2026, 7, 8, 12, 0, tzinfo=UTC).timestamp())
    booking.book(owner, owner.persons[0].id, Wish("punta-arenas", nine))
    assert "miércoles 8 de julio, 09:00 (hora de Magallanes)" in cast.letters_to(owner.email)[-1].body
    clock.freeze(int(datetime(2026, 7, 7, 12, 59, tzinfo=UTC).timestamp()))
    assert keeping.remind() == 0
    clock.advance(60)
    assert keeping.remind() == 1


def test_whoever_is_erased_gives_the_place_back() -> None:
    owner = cast.account()
    hour = ask(owner)
    ask(cast.account())
    with pytest.raises(Gone):
        ask(cast.account())
    erasing.erase(owner)
    assert ask(cast.account()).starts_at == hour.starts_at
    assert list(verify.verify()) == []


@on_sqlite
def test_hours_of_yesterday_are_over_whether_anybody_said_so_or_not() -> None:
    owner = cast.account()
    hour = ask(owner)
    clock.freeze(NINE + 25 * 3600)
    assert housekeeping.tidy() >= 1
    assert booking.hour_of(owner, hour.id).state == "pasada"


@on_sqlite
def test_the_demo_has_a_day_that_is_half_over(boss: Staff) -> None:
    seed.seed(300)
    demo_hours.fill()
    states = {hour.state for hour in desk.day_of(boss, "santiago", clock.today()).hours}
    assert {"vino", "no_vino", "reservada"} <= states
    assert list(soundness.breaches()) == []
