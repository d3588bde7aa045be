"""The example's calendar: every day at hand as numbers, so that a million dates cost little."""

from __future__ import annotations

from bisect import bisect_right
from datetime import date, timedelta

from core import clock
from core.calendar import business

OFFICE_OPENS = 8 * 3600 + 1800
OFFICE_HOURS = 9 * 3600


class Days:
    """The days from one date to another; a day is its place in the list."""

    def __init__(self, first: date, last: date) -> None:
        self.first = first
        self.dates = [first + timedelta(days=n) for n in range((last - first).days + 1)]
        self.starts = [clock.start_of(day) for day in self.dates]
        self.numbers = [clock.day_number(day) for day in self.dates]
        self.business = [place for place, day in enumerate(self.dates) if business.is_business_day(day)]
        self._ranks = self._count_business_days()

    def _count_business_days(self) -> list[int]:
        ranks, count = [], 0
        known = frozenset(self.business)
        for place in range(len(self.dates)):
            ranks.append(count)
            count += place in known
        return ranks

    def place(self, day: date) -> int:
        """The place of a date."""
        return (day - self.first).days

    def place_of(self, at: int) -> int:
        """The place of the day of an instant."""
        return bisect_right(self.starts, at) - 1

    def legal(self, place: int) -> int:
        """The place of the business day on which something filed on this day counts as filed."""
        return self.business[self._ranks[place]]

    def business_days_between(self, first: int, last: int) -> int:
        """How many business days lie after the first place, up to and with the last."""
        return self._ranks[last + 1] - self._ranks[first + 1]

    def business_after(self, place: int, count: int) -> int:
        """The place of the last of so many business days after a business day."""
        return self.business[self._ranks[place] + count]

    def office_time(self, place: int, wait: float, not_before: int) -> int:
        """The instant in office hours, so many business days (with a fraction) after a day was filed."""
        whole = int(wait)
        seconds = OFFICE_OPENS + int((wait - whole) * OFFICE_HOURS)
        rank = self._ranks[place] + whole
        at = self.starts[self.business[rank]] + seconds
        return at if at > not_before else self.starts[self.business[rank + 1]] + seconds
