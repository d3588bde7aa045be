"""The clock, and Santiago's calendar on it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import clock

DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))
INSTANTS = st.integers(0, 4_000_000_000)


@pytest.fixture(autouse=True)
def real_clock() -> Iterator[None]:
    yield
    clock.start_at(None)


def at(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp())


def test_midnight_in_santiago_begins_a_day() -> None:
    assert clock.day_of(at("2026-07-01 03:59")) == date(2026, 6, 30)
    assert clock.day_of(at("2026-07-01 04:00")) == date(2026, 7, 1)


def test_summer_time_moves_midnight() -> None:
    assert clock.day_of(at("2026-12-01 02:59")) == date(2026, 11, 30)
    assert clock.day_of(at("2026-12-01 03:00")) == date(2026, 12, 1)


def test_a_frozen_clock_stands_until_it_is_moved() -> None:
    clock.freeze(1_000)
    assert clock.now() == 1_000
    clock.advance(60)
    assert clock.now() == 1_060


def test_a_shifted_clock_runs_on() -> None:
    clock.start_at(1_000)
    assert 1_000 <= clock.now() <= 1_005


@given(INSTANTS)
def test_every_instant_lies_in_its_own_day(instant: int) -> None:
    day = clock.day_of(instant)
    assert clock.start_of(day) <= instant
    assert clock.day_of(clock.start_of(day)) == day


@given(DAYS)
def test_a_day_as_a_number_is_the_same_day(day: date) -> None:
    assert clock.day_from(clock.day_number(day)) == day


@given(DAYS, DAYS)
def test_days_sort_as_their_numbers(one: date, other: date) -> None:
    assert (one < other) == (clock.day_number(one) < clock.day_number(other))
