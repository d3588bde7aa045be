"""Hours are computed: over zones, changes of the clocks, holidays and whatever an operator writes into the file."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.appointments import offices, records, setup, slots
from core.appointments.views import Office, Opening
from core.errors import Misconfigured, NotFound

ZONES = {region["zona"]: code for code, region in records.regions().items()}
DAYS = st.dates(date(2022, 1, 1), date(2034, 12, 31))
SPRING, AUTUMN = date(2026, 9, 6), date(2026, 4, 4)
"""The clocks go from 0:00 to 1:00 at the beginning of the first; the hour before the second ends comes twice."""


def office(*openings: tuple[int, int], zone: str = "America/Santiago", minutes: int = 20, region: str = "rm") -> Office:
    """An office that attends every day of the week in these minutes of the day."""
    spans = tuple(Opening(frozenset(range(7)), begin, end) for begin, end in openings)
    return Office("prueba", region, "Prueba", zone, "Prueba", "Calle 1", False, spans, False, minutes, 2, 1, 30)


@st.composite
def some_offices(draw: st.DrawFn) -> Office:
    bounds = draw(st.lists(st.integers(0, 24 * 60), min_size=2, max_size=6, unique=True).map(sorted))
    spans = [(begin, end) for begin, end in zip(bounds[::2], bounds[1::2], strict=False)]
    zone = draw(st.sampled_from(sorted(ZONES)))
    return office(*spans, zone=zone, minutes=draw(st.integers(5, 240)), region=ZONES[zone])


@given(some_offices(), DAYS | st.sampled_from([SPRING, AUTUMN]))
def test_hours_are_within_the_opening_of_their_own_day_and_never_touch(place: Office, day: date) -> None:
    starts = slots.planned(place, day)
    length = place.minutes * 60
    assert all(after - before >= length for before, after in pairwise(starts))
    for at in starts:
        wall = place.local(at)
        minute = wall.hour * 60 + wall.minute
        assert wall.date() == day
        assert any(opening.begin <= minute <= opening.end - place.minutes for opening in place.openings)
    begin, end = place.bounds(day)
    assert all(begin <= at < end for at in starts)


@given(some_offices(), DAYS)
def test_every_hour_that_fits_is_there_on_a_day_without_a_change_of_clocks(place: Office, day: date) -> None:
    begin, end = place.bounds(day)
    if end - begin == 24 * 3600:
        fitting = sum((opening.end - opening.begin) // place.minutes for opening in place.openings)
        assert len(slots.planned(place, day)) == fitting


@given(some_offices(), DAYS)
def test_a_holiday_takes_hours_away_and_moves_none(place: Office, day: date) -> None:
    offered = slots.offered(place, day, ())
    assert set(offered) <= set(slots.planned(place, day))
    assert slots.offered(place, day, {day}) == ()
    if slots.holiday(place, day):
        assert offered == ()


def test_an_hour_that_the_clocks_skip_does_not_exist_and_one_that_they_repeat_is_there_once() -> None:
    assert [slots.planned(office((0, 180), minutes=30), day)[0] for day in (SPRING, SPRING + timedelta(days=1))] == [
        int(datetime(2026, 9, 6, 4, 0, tzinfo=UTC).timestamp()),
        int(datetime(2026, 9, 7, 3, 0, tzinfo=UTC).timestamp()),
    ]
    assert len(slots.planned(office((0, 180), minutes=30), SPRING)) == 4
    assert len(slots.planned(office((22 * 60, 24 * 60), minutes=30), AUTUMN)) == 4


@pytest.mark.parametrize(("zone", "utc"), [("America/Santiago", 13), ("America/Punta_Arenas", 12), ("America/Coyhaique", 12)])
def test_nine_in_the_morning_is_nine_on_the_clocks_of_the_office(zone: str, utc: int) -> None:
    (at,) = slots.planned(office((540, 560), zone=zone), date(2026, 7, 1))
    assert at == int(datetime(2026, 7, 1, utc, 0, tzinfo=UTC).timestamp())


def test_holidays_of_one_region_close_only_its_offices() -> None:
    for code, subdivision in (("ap", "AP"), ("nb", "NB"), ("rm", "RM")):
        known = holidays.country_holidays("CL", subdiv=subdivision, years=range(2022, 2035))
        place = office(region=code)
        days = [date(2022, 1, 1) + timedelta(days=n) for n in range((date(2034, 12, 31) - date(2022, 1, 1)).days)]
        assert [day for day in days if bool(slots.holiday(place, day)) != (day in known)] == []


def write(home: Path, *rows: dict[str, Any] | str) -> None:
    (home / setup.FILE).write_text(json.dumps(rows), encoding="utf-8")
    setup.configure(home, with_examples=False)


def test_without_the_operators_word_nobody_attends_outside_the_demo(tmp_path: Path) -> None:
    setup.configure(tmp_path, with_examples=False)
    assert len(offices.offices()) == 12
    assert not any(place.openings for place in offices.offices())
    setup.configure(tmp_path, with_examples=True)
    assert all(place.openings and place.hours_unverified for place in offices.offices())
    assert {0, 2, 4} == set().union(*(opening.weekdays for opening in offices.office("talca").openings))


def test_the_operators_file_confirms_adds_and_removes(tmp_path: Path) -> None:
    hours = [{"dias": ["lun"], "desde": "08:30", "hasta": "10:00"}]
    write(
        tmp_path,
        {"id": "santiago", "horario": hours, "minutos": 30, "puestos": 4, "preferentes": 1, "por_verificar": False},
        {"id": "punta-arenas", "region": "ma", "ciudad": "Punta Arenas", "direccion": "Calle 1", "horario": hours},
        {"id": "calama", "cerrada": True},
    )
    santiago, south = offices.office("santiago"), offices.office("punta-arenas")
    assert (santiago.city, santiago.hours_unverified, santiago.places, santiago.address_unverified) == (
        "Santiago",
        False,
        4,
        False,
    )
    assert len(slots.planned(santiago, date(2026, 11, 23))) == 3
    assert (south.zone, offices.offices()[-1]) == ("America/Punta_Arenas", south)
    with pytest.raises(NotFound):
        offices.office("calama")


HOURS = {"dias": ["lun"], "desde": "08:30", "hasta": "10:00"}


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("no", "lista de oficinas"),
        ({"ciudad": "Santiago"}, "«id»"),
        ({"id": "Santiago"}, "«id»"),
        ({"id": "santiago", "horarios": []}, "«horarios» no se conoce"),
        ({"id": "santiago", "horario": "siempre"}, "lista de tramos"),
        ({"id": "santiago", "horario": [{"dias": ["lun"]}]}, "necesita «dias»"),
        ({"id": "santiago", "horario": [HOURS | {"dias": ["monday"]}]}, "«dias»"),
        ({"id": "santiago", "horario": [HOURS | {"hasta": "24:30"}]}, "«hasta»"),
        ({"id": "santiago", "horario": [HOURS | {"hasta": "08:00"}]}, "la primera antes"),
        ({"id": "santiago", "horario": [HOURS, HOURS | {"desde": "09:59", "hasta": "11:00"}]}, "se enciman"),
        ({"id": "santiago", "minutos": 0}, "entre 5 y 240"),
        ({"id": "santiago", "puestos": True}, "«puestos»"),
        ({"id": "santiago", "puestos": 2, "preferentes": 2}, "menos que «puestos»"),
        ({"id": "santiago", "cerrada": "no"}, "true o false"),
        ({"id": "temuco", "region": "zz"}, "«region»"),
        ({"id": "temuco", "region": "ar"}, "falta «ciudad»"),
        ({"id": "santiago", "direccion": ""}, "«direccion»"),
    ],
)
def test_a_slip_in_the_file_is_one_sentence_and_changes_nothing(tmp_path: Path, row: Any, words: str) -> None:
    write(tmp_path, {"id": "santiago", "horario": [HOURS]})
    before = offices.offices()
    (tmp_path / setup.FILE).write_text(json.dumps([row]), encoding="utf-8")
    with pytest.raises(Misconfigured, match=r"oficinas\.json") as refused:
        offices.checked()
    assert words in refused.value.message
    assert len(refused.value.message.splitlines()) == 1
    assert offices.offices() == before


def test_a_file_that_is_no_json_is_one_sentence_too(tmp_path: Path) -> None:
    (tmp_path / setup.FILE).write_text("[{,", encoding="utf-8")
    setup.configure(tmp_path, with_examples=False)
    with pytest.raises(Misconfigured, match="no se puede leer"):
        offices.checked()
    assert not any(place.openings for place in offices.offices())
