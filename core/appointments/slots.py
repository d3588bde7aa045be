"""Hours are computed from what an office says of its week: none is stored until somebody has it."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache, lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

from core import clock
from core.appointments.views import Office
from core.calendar import business

SOONEST = 3600
"""Seconds that must be left until an hour begins for somebody to get it: people have to get there."""
_REGIONAL = Path(__file__).parent.parent.parent / "data" / "regional_holidays.json"


@dataclass(frozen=True, slots=True)
class Regional:
    """A holiday of one region, every year since its law."""

    region: str
    month: int
    day: int
    since: int
    name: str


@cache
def regional() -> tuple[Regional, ...]:
    """The holidays of single regions: they close offices and stop no legal term."""
    rows = json.loads(_REGIONAL.read_text(encoding="utf-8"))
    return tuple(Regional(row["region"], row["mes"], row["dia"], row["desde"], row["nombre"]) for row in rows)


def holiday(office: Office, day: date) -> str:
    """The name of the holiday that a date is at an office; empty when it is none."""
    national = business.holiday(day)
    if national:
        return national
    here = (each for each in regional() if each.region == office.region and day.year >= each.since)
    return next((each.name for each in here if (each.month, each.day) == (day.month, day.day)), "")


@lru_cache(maxsize=4096)
def planned(office: Office, day: date) -> tuple[int, ...]:
    """The instants at which an office's hours begin on a date, as if it were no holiday.

    An hour that the clocks skip does not exist; of one that they repeat, the first counts.
    """
    starts = [
        at
        for opening in office.openings
        if day.weekday() in opening.weekdays
        for minute in range(opening.begin, opening.end - office.minutes + 1, office.minutes)
        if (at := _instant(day, minute, office.zone)) is not None
    ]
    return tuple(sorted(starts))


def attends(office: Office, starts_at: int, minutes: int) -> bool:
    """Whether an office attends for the whole of an hour that somebody has, as if that day were no holiday."""
    wall = office.local(starts_at)
    begin = wall.hour * 60 + wall.minute
    here = (opening for opening in office.openings if wall.weekday() in opening.weekdays)
    return any(opening.begin <= begin and begin + minutes <= opening.end for opening in here)


def _instant(day: date, minute: int, zone: str) -> int | None:
    wall = datetime(day.year, day.month, day.day, minute // 60, minute % 60, tzinfo=ZoneInfo(zone))
    at = wall.astimezone(UTC)
    exists = at.astimezone(wall.tzinfo).replace(tzinfo=None) == wall.replace(tzinfo=None)
    return int(at.timestamp()) if exists else None


def offered_days(office: Office) -> Iterator[date]:
    """The dates for which hours can be asked for today, by the office's own calendar."""
    today = office.local(clock.now()).date()
    return (today + timedelta(days=ahead) for ahead in range(office.days_ahead + 1))


def offered(office: Office, day: date, closed: Collection[date] = ()) -> tuple[int, ...]:
    """The hours of a date that can be asked for now, whether they are taken or not."""
    if day in closed or holiday(office, day):
        return ()
    earliest = clock.now() + SOONEST
    return tuple(at for at in planned(office, day) if at >= earliest)
