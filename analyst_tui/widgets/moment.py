"""When a list is painted."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from core import clock


class Moment(NamedTuple):
    """The instant and the day at which a list is painted."""

    now: int
    today: date

    @classmethod
    def present(cls) -> Moment:
        """This very minute: what is painted stays true for so long."""
        now = clock.now()
        return cls(now - now % 60, clock.today())
