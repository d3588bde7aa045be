"""Days as people write them in a search line."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.tickets.searching.days import day

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("hoy", TODAY),
        ("Ayer", date(2026, 11, 22)),
        ("mañana", date(2026, 11, 24)),
        ("7d", date(2026, 11, 16)),
        ("2 semanas", date(2026, 11, 9)),
        ("1m", date(2026, 10, 24)),
        ("1-11-2026", date(2026, 11, 1)),
        ("01/11/26", date(2026, 11, 1)),
        ("2026-11-01", date(2026, 11, 1)),
        ("1.11", date(2026, 11, 1)),
        ("24-12", date(2025, 12, 24)),
        ("31-2-2026", None),
        ("00-00", None),
        ("", None),
        ("pronto", None),
    ],
)
def test_a_day_is_understood_or_is_none(text: str, meant: date | None) -> None:
    assert day(text, TODAY) == meant


@given(st.text(max_size=20))
def test_any_text_is_legal(text: str) -> None:
    found = day(text, TODAY)
    assert found is None or isinstance(found, date)


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_every_day_is_understood_as_it_is_usually_written(when: date) -> None:
    assert day(f"{when:%d-%m-%Y}", TODAY) == day(f"{when:%Y-%m-%d}", TODAY) == when
