"""Business days of Chile (Ley 19.880 art. 25): no Saturdays, Sundays or holidays; counted from the next day."""

from __future__ import annotations

from bisect import bisect_right
from datetime import date, timedelta

from core import clock
from core.calendar import feasts


def is_business_day(day: date, known_by: date | None = None) -> bool:
    """Whether the law counts this day; of late decrees only with those published until a day, if one is named."""
    return day.weekday() < 5 and not holiday(day, known_by)


def holiday(day: date, known_by: date | None = None) -> str:
    """The name of a holiday, if its decree was published until a day; empty for any other day."""
    feast = feasts.calendar().get(day)
    return "" if feast is None or (known_by is not None and feast.published > known_by) else feast.name


def legal_day(at: int) -> date:
    """The business day on which something filed at this instant counts as filed."""
    day = clock.day_of(at)
    while not is_business_day(day):
        day += timedelta(days=1)
    return day


def add_business_days(day: date, count: int, known_by: date | None = None) -> date:
    """The last day of a term of so many business days that begins the day after."""
    while count > 0:
        day += timedelta(days=1)
        count -= is_business_day(day, known_by)
    return day


def business_days_between(first: date, last: date) -> int:
    """How many business days lie after `first`, up to and with `last`; negative when `last` is earlier."""
    days = _weekdays_to(last) - _weekdays_to(first)
    known = feasts.on_weekdays()
    if first <= last:
        return days - (bisect_right(known, last) - bisect_right(known, first))
    return days + (bisect_right(known, first) - bisect_right(known, last))


def _weekdays_to(day: date) -> int:
    weeks, rest = divmod(day.toordinal() - 1, 7)  # ordinal 1 was a Monday
    return weeks * 5 + min(rest + 1, 5)
