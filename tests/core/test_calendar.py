"""Business days as Ley 19.880 counts them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from unittest.mock import patch

from hypothesis import given
from hypothesis import strategies as st

from core.calendar import business

DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))
TERMS = st.integers(0, 60)


def instant(day: date, hour: int) -> int:
    return int(datetime(day.year, day.month, day.day, hour, tzinfo=UTC).timestamp())


def test_the_eighteenth_of_september_is_no_business_day() -> None:
    assert not business.is_business_day(date(2026, 9, 18))


def test_saturdays_and_sundays_are_none_either() -> None:
    assert [business.is_business_day(date(2026, 11, day)) for day in (20, 21, 22, 23)] == [True, False, False, True]


def test_a_term_begins_the_day_after() -> None:
    assert business.add_business_days(date(2026, 11, 23), 10) == date(2026, 12, 7)


def test_a_term_skips_holidays() -> None:
    assert business.add_business_days(date(2026, 12, 4), 2) == date(2026, 12, 9)


def test_what_is_filed_on_a_saturday_counts_from_monday() -> None:
    assert business.legal_day(instant(date(2026, 11, 21), 15)) == date(2026, 11, 23)


def test_the_day_is_the_one_in_santiago() -> None:
    assert business.legal_day(instant(date(2026, 11, 24), 2)) == date(2026, 11, 23)


@given(DAYS, TERMS)
def test_counting_back_gives_the_term(day: date, term: int) -> None:
    assert business.business_days_between(day, business.add_business_days(day, term)) == term


@given(DAYS, st.integers(-400, 400))
def test_counting_agrees_with_the_fingers(first: date, distance: int) -> None:
    last = first + timedelta(days=distance)
    begin, end = min(first, last), max(first, last)
    days = sum(business.is_business_day(begin + timedelta(days=n)) for n in range(1, (end - begin).days + 1))
    assert business.business_days_between(first, last) == (days if first <= last else -days)


@given(DAYS, st.integers(1, 60))
def test_the_last_day_of_a_term_is_a_business_day(day: date, term: int) -> None:
    assert business.is_business_day(business.add_business_days(day, term))


@given(DAYS, TERMS)
def test_a_longer_term_ends_later(day: date, term: int) -> None:
    assert business.add_business_days(day, term) < business.add_business_days(day, term + 1)


@given(DAYS, TERMS, DAYS)
def test_another_holiday_never_makes_a_term_end_earlier(day: date, term: int, extra: date) -> None:
    before = business.add_business_days(day, term)
    with patch.object(business, "holidays", return_value=business.holidays() | {extra: "otro"}):
        assert business.add_business_days(day, term) >= before
