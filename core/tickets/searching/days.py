"""Days as people write them: `23-11-2026`, `23/11`, `hoy`, `ayer`, `7d`, `2 semanas`."""

from __future__ import annotations

import re
from datetime import date, timedelta

from core.text import fold

EXPECTED = "una fecha como 23-11-2026, hoy, ayer o 7d"
_NAMED = {"hoy": 0, "ayer": 1, "anteayer": 2, "antier": 2, "manana": -1}
_AGO = re.compile(r"(\d{1,4})\s*(d|dia|dias|s|sem|semana|semanas|m|mes|meses)\Z")
_DAYS_OF = {"d": 1, "s": 7, "m": 30}
_DAY_FIRST = re.compile(r"(\d{1,2})[-/.](\d{1,2})(?:[-/.](\d{2}|\d{4}))?\Z")
_YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})\Z")


def day(text: str, today: date) -> date | None:
    """The day that is meant; None when the text is no day. A day without its year is the last one that has been."""
    typed = fold(text).strip()
    if typed in _NAMED:
        return today - timedelta(days=_NAMED[typed])
    if found := _AGO.match(typed):
        return today - timedelta(days=int(found[1]) * _DAYS_OF[found[2][0]])
    if found := _YEAR_FIRST.match(typed):
        return _date(int(found[1]), int(found[2]), int(found[3]))
    if found := _DAY_FIRST.match(typed):
        return _day_first(int(found[1]), int(found[2]), found[3], today)
    return None


def _day_first(number: int, month: int, year: str | None, today: date) -> date | None:
    if year is not None:
        return _date(int(year) + (2000 if len(year) == 2 else 0), month, number)
    this_year = _date(today.year, month, number)
    return this_year if this_year is None or this_year <= today else _date(today.year - 1, month, number)


def _date(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number)
    except ValueError:
        return None
