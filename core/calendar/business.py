"""Business days of Chile (Ley 19.880 art. 25): no Saturdays, Sundays or holidays; counted from the next day."""

from __future__ import annotations

import json
from bisect import bisect_left, bisect_right
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from core import clock

_HOLIDAYS = Path(__file__).parent.parent.parent / "data" / "holidays.json"


@cache
def holidays() -> dict[date, str]:
    """The national holidays that are known: date → name."""
    rows = json.loads(_HOLIDAYS.read_text(encoding="utf-8"))
    return {date.fromisoformat(row["fecha"]): row["nombre"] for row in rows}


def is_business_day(day: date) -> bool:
    """Whether the law counts this day."""
    return day.weekday() < 5 and day not in holidays()


def legal_day(at: int) -> date:
    """The business day on which something filed at this instant counts as filed."""
    day = clock.day_of(at)
    while not is_business_day(day):
        day += timedelta(days=1)
    return day


def add_business_days(day: date, count: int) -> date:
    """The last day of a term of so many business days that begins the day after."""
    while count > 0:
        day += timedelta(days=1)
        count -= is_business_day(day)
    return day


def business_days_between(first: date, last: date) -> int:
    """How many business days lie after `first`, up to and with `last`; negative when `last` is earlier."""
    days = _weekdays_to(last) - _weekdays_to(first)
    known = _weekday_holidays()
    if first <= last:
        return days - (bisect_right(known, last) - bisect_right(known, first))
    return days + (bisect_right(known, first) - bisect_right(known, last))


def _weekdays_to(day: date) -> int:
    weeks, rest = divmod(day.toordinal() - 1, 7)  # ordinal 1 was a Monday
    return weeks * 5 + min(rest + 1, 5)


@cache
def _weekday_holidays() -> list[date]:
    return sorted(day for day in holidays() if day.weekday() < 5)


def holidays_between(first: date, last: date) -> list[date]:
    """The holidays on weekdays from `first` to `last`, both included."""
    known = _weekday_holidays()
    return known[bisect_left(known, first) : bisect_right(known, last)]
