"""Dates and numbers as people say them, in the reader's language; the words come from data/languages."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from core import clock
from core.language import current

_DATA = Path(__file__).parent.parent / "data" / "languages"


@dataclass(frozen=True, slots=True)
class Words:
    """How a language says dates and numbers; the patterns are filled in with `str.format`."""

    weekdays: tuple[str, ...]
    months: tuple[str, ...]
    first: str
    """The first day of a month."""
    day: str
    weekday: str
    year: str
    thousands: str


@cache
def words_of(language: str) -> Words:
    """The words of a language."""
    raw = json.loads((_DATA / language / "calendar.json").read_text(encoding="utf-8"))
    return Words(weekdays=tuple(raw.pop("weekdays")), months=tuple(raw.pop("months")), **raw)


def day(when: date) -> str:
    """«lunes 7 de diciembre», and the year when it is another one."""
    return _weekday(when) if when.year == clock.today().year else whole_day(when)


def whole_day(when: date) -> str:
    """«lunes 7 de diciembre de 2026», for what is kept for years."""
    return words_of(current()).year.format(day=_weekday(when), year=when.year)


def day_year(when: date) -> str:
    """«7 de diciembre de 2026», for dates that may be long ago."""
    return words_of(current()).year.format(day=_day_of_month(when), year=when.year)


def moment(at: int) -> str:
    """«lunes 7 de diciembre, 14:31», in Santiago's time."""
    local = clock.local(at)
    return f"{day(local.date())}, {local:%H:%M}"


def typed(text: str) -> date | None:
    """A date typed as dd-mm-aaaa, also with dots or strokes; None when it is none."""
    parts = text.strip().replace("/", "-").replace(".", "-").split("-")
    if len(parts) != 3 or not all(part.isascii() and part.isdigit() for part in parts) or len(parts[2]) != 4:
        return None
    try:
        return date(int(parts[2]), int(parts[1]), int(parts[0]))
    except ValueError:
        return None


def number(count: int) -> str:
    """«10.000»."""
    return f"{count:,}".replace(",", words_of(current()).thousands)


def decimal(amount: float) -> str:
    """«2,4»: one place after the comma."""
    return f"{amount:.1f}" if words_of(current()).thousands == "," else f"{amount:.1f}".replace(".", ",")


def _weekday(when: date) -> str:
    words = words_of(current())
    return words.weekday.format(weekday=words.weekdays[when.weekday()], day=_day_of_month(when))


def _day_of_month(when: date) -> str:
    words = words_of(current())
    return words.day.format(day=words.first if when.day == 1 else when.day, month=words.months[when.month - 1])
