"""Business days as Ley 19.880 counts them, with the holidays that are known."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import clock
from core.calendar import business, feasts
from core.errors import Misconfigured
from tests.tools import feasts as made

DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))
TERMS = st.integers(0, 60)

Decrees = Callable[[str], int]


@pytest.fixture
def decrees(tmp_path: Path) -> Iterator[Decrees]:
    """Takes late decrees, as an operator's file has them."""
    file = tmp_path / feasts.FILE

    def take(text: str) -> int:
        file.write_text(text, encoding="utf-8")
        return feasts.add_late(file)

    yield take
    feasts.add_late(tmp_path / "none")


def instant(day: date, hour: int) -> int:
    return int(datetime(day.year, day.month, day.day, hour, tzinfo=UTC).timestamp())


def test_the_eighteenth_of_september_is_no_business_day() -> None:
    assert not business.is_business_day(date(2026, 9, 18))


def test_saturdays_and_sundays_are_none_either() -> None:
    assert [business.is_business_day(date(2026, 11, day)) for day in (20, 21, 22, 23)] == [True, False, False, True]


@pytest.mark.parametrize(
    ("filed", "days", "last"),
    [
        ("2026-11-21", 5, "2026-11-30"),
        ("2026-11-21", 10, "2026-12-07"),
        ("2026-11-21", 20, "2026-12-22"),
        ("2026-11-24", 10, "2026-12-09"),
        ("2026-12-07", 5, "2026-12-15"),
        ("2026-12-07", 10, "2026-12-22"),
        ("2026-12-24", 10, "2027-01-11"),
        ("2027-09-16", 5, "2027-09-24"),
    ],
)
def test_terms_end_as_a_public_table_of_holidays_says(filed: str, days: int, last: str) -> None:
    legal = business.legal_day(instant(date.fromisoformat(filed), 15))
    assert business.add_business_days(legal, days) == date.fromisoformat(last)


def test_what_is_filed_on_a_saturday_counts_from_monday() -> None:
    assert business.legal_day(instant(date(2026, 11, 21), 15)) == date(2026, 11, 23)


def test_the_day_is_the_one_in_santiago() -> None:
    assert business.legal_day(instant(date(2026, 11, 24), 2)) == date(2026, 11, 23)


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2026-09-06T03:59:59+00:00", "2026-09-05"),  # the last second of a day that has no midnight after it
        ("2026-09-06T04:00:00+00:00", "2026-09-06"),
        ("2027-04-04T02:59:59+00:00", "2027-04-03"),  # 23:59:59 for the first time
        ("2027-04-04T03:59:59+00:00", "2027-04-03"),  # 23:59:59 for the second
        ("2027-04-04T04:00:00+00:00", "2027-04-04"),
    ],
)
def test_a_day_ends_when_santiagos_clocks_say_so_also_when_they_are_changed(moment: str, day: str) -> None:
    at = int(datetime.fromisoformat(moment).timestamp())
    assert clock.day_of(at) == date.fromisoformat(day)
    assert clock.start_of(clock.day_of(at)) <= at < clock.start_of(clock.day_of(at) + timedelta(days=1))


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


def test_the_holidays_are_those_of_the_package() -> None:
    assert made.FILE.read_text(encoding="utf-8") == made.text(), "make holidays"


def test_a_late_decree_takes_a_day_away_from_the_day_it_was_published_on(decrees: Decrees) -> None:
    assert decrees('[{"fecha": "2026-11-26", "nombre": "Feriado por luto", "publicado": "2026-11-24"}]') == 1
    assert business.holiday(date(2026, 11, 26)) == "Feriado por luto"
    assert business.add_business_days(date(2026, 11, 23), 5) == date(2026, 12, 1)
    assert business.business_days_between(date(2026, 11, 23), date(2026, 12, 1)) == 5
    assert business.add_business_days(date(2026, 11, 23), 5, known_by=date(2026, 11, 23)) == date(2026, 11, 30)
    assert business.add_business_days(date(2026, 11, 23), 5, known_by=date(2026, 11, 24)) == date(2026, 12, 1)


def test_a_decree_that_data_knows_by_now_changes_nothing(decrees: Decrees) -> None:
    decrees('[{"fecha": "2026-12-08", "nombre": "otro", "publicado": "2026-12-01"}]')
    assert business.holiday(date(2026, 12, 8), known_by=date(2020, 1, 1)) == "La Inmaculada Concepción"


def test_without_a_file_there_are_no_late_decrees(decrees: Decrees, tmp_path: Path) -> None:
    decrees('[{"fecha": "2026-11-26", "nombre": "Feriado por luto", "publicado": "2026-11-24"}]')
    assert feasts.add_late(tmp_path / "none") == 0
    assert business.is_business_day(date(2026, 11, 26))


WRONG_FILES = (
    "",
    "{}",
    "[1]",
    '["x"]',
    '[{"fecha": "26-11-2026", "nombre": "x", "publicado": "2026-11-24"}]',
    '[{"fecha": "2026-11-26"}]',
    '[{"fecha": "2026-11-26", "nombre": " ", "publicado": "2026-11-24"}]',
    '[{"fecha": 5, "nombre": 6, "publicado": 7}]',
)


@pytest.mark.parametrize("text", WRONG_FILES)
def test_a_wrong_file_is_one_line_that_names_it_and_changes_nothing(decrees: Decrees, text: str) -> None:
    with pytest.raises(Misconfigured, match=r"feriados\.json") as refused:
        decrees(text)
    assert len(refused.value.message.splitlines()) == 1
    assert business.is_business_day(date(2026, 11, 26))
