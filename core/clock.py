"""The clock: the only place that asks what time it is, so that tests and the demo can set it."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime
from functools import cache
from zoneinfo import ZoneInfo

SANTIAGO = ZoneInfo("America/Santiago")

_shift = 0.0
_frozen: int | None = None


def now() -> int:
    """This moment in whole seconds since the epoch, UTC."""
    return _frozen if _frozen is not None else int(time.time() + _shift)


def today() -> date:
    """The date on Santiago's calendars."""
    return day_of(now())


def local(at: int) -> datetime:
    """An instant (epoch seconds) as Santiago's clocks show it."""
    return datetime.fromtimestamp(at, SANTIAGO)


def day_of(at: int) -> date:
    """Santiago's date at an instant (epoch seconds)."""
    return local(at).date()


def start_of(day: date) -> int:
    """The instant (epoch seconds) at which a date begins in Santiago."""
    return int(datetime(day.year, day.month, day.day, tzinfo=SANTIAGO).astimezone(UTC).timestamp())


def day_number(day: date) -> int:
    """A date as a column: YYYYMMDD."""
    return day.year * 10_000 + day.month * 100 + day.day


@cache
def day_from(number: int) -> date:
    """The date of a column YYYYMMDD."""
    return date(number // 10_000, number // 100 % 100, number % 100)


def start_at(at: int | None) -> None:
    """Let the clock run from an instant on; None returns to the machine's time."""
    global _shift, _frozen
    _frozen = None
    _shift = 0.0 if at is None else at - time.time()


def freeze(at: int) -> None:
    """Stop the clock at an instant."""
    global _frozen
    _frozen = at


def advance(seconds: int) -> None:
    """Move a stopped clock on."""
    freeze(now() + seconds)
