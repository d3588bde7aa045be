"""An instant as people at the desk type it: «18:00», «mañana 9:00», «23-11 18:00», «23-11-2026 18:00»."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

from core import clock
from core.errors import Invalid
from core.text import clean_line

_TYPED = re.compile(
    r"(?:(?P<near>hoy|mañana|pasado mañana)|(?P<day>\d{1,2})[-/.](?P<month>\d{1,2})(?:[-/.](?P<year>\d{4}))?)?"
    r"[ ,]*(?:(?P<hour>\d{1,2})[:.](?P<minute>\d{2}))?\Z",
    re.ASCII | re.IGNORECASE,
)
_NEAR = {"hoy": 0, "mañana": 1, "pasado mañana": 2}
_WORDS = "Escribe día y hora, como 23-11 18:00, mañana 9:00 o 18:00."


def read(text: str, field: str, end_of_day: bool = False) -> int:
    """The instant (epoch seconds) in Santiago's time; a day without an hour means its beginning, or its end.

    A date without a year is the next one that comes. Raises `Invalid` for the field.
    """
    found = _TYPED.match(clean_line(text))
    if found is None or not found[0]:
        raise Invalid({field: _WORDS})
    try:
        day = _day(found)
        if found["hour"] is None:
            return clock.start_of(day + timedelta(days=int(end_of_day)))
        local = datetime(day.year, day.month, day.day, int(found["hour"]), int(found["minute"]), tzinfo=clock.SANTIAGO)
        return int(local.astimezone(UTC).timestamp())
    except (ValueError, OverflowError) as reason:
        raise Invalid({field: _WORDS}) from reason


def written(at: int) -> str:
    """An instant in the form that `read` takes."""
    return f"{clock.local(at):%d-%m-%Y %H:%M}"


def _day(found: re.Match[str]) -> date:
    today = clock.today()
    if found["day"] is None:
        return today + timedelta(days=_NEAR[(found["near"] or "hoy").lower()])
    day, month = int(found["day"]), int(found["month"])
    if found["year"]:
        return date(int(found["year"]), month, day)
    this_year = date(today.year, month, day)
    return this_year if this_year >= today else date(today.year + 1, month, day)
