"""Dates and numbers as each language says them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from core import clock, dates, language
from tests.harness.databases import MONDAY


@pytest.fixture(autouse=True)
def _in_november() -> Iterator[None]:
    clock.freeze(MONDAY)
    yield
    clock.start_at(None)


SAID = {
    "es": ("lunes 7 de diciembre", "7 de diciembre de 2026", "1 de mayo de 1985", "10.000"),
    "en": ("Monday 7 December", "7 December 2026", "1 May 1985", "10,000"),
    "ht": ("lendi 7 desanm", "7 desanm 2026", "premye me 1985", "10\u00a0000"),
    "pt": ("segunda-feira, 7 de dezembro", "7 de dezembro de 2026", "1º de maio de 1985", "10.000"),
}


@pytest.mark.parametrize("speaks", SAID)
def test_dates_and_numbers_are_said_as_people_say_them(speaks: str) -> None:
    with language.using(speaks):
        due = date(2026, 12, 7)
        assert (dates.day(due), dates.day_year(due), dates.day_year(date(1985, 5, 1)), dates.number(10_000)) == SAID[speaks]


def test_another_year_is_named() -> None:
    assert dates.day(date(2027, 1, 4)) == "lunes 4 de enero de 2027"


def test_a_moment_is_told_by_santiagos_clocks() -> None:
    assert dates.moment(clock.start_of(date(2026, 12, 7)) + 14 * 3600 + 31 * 60) == "lunes 7 de diciembre, 14:31"
