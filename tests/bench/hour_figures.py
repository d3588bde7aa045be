"""How long it takes to find a free hour, among three years of hours at twelve offices, most of the coming ones taken."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from itertools import count
from random import Random
from typing import Any

from core import clock
from core.appointments import offices, searching, setup, slots
from core.appointments.models import Appointment
from core.appointments.views import Office
from core.database import bulk
from core.database.binding import writes
from core.people.views import Staff
from tests.bench.figures import each, median

TAKEN = 0.85
"""Of the places of the coming days; of those that are over, some were cancelled and some people did not come."""
_PAST = 3 * 365
_COLUMNS = (
    *("person_id", "office", "starts_at", "minutes", "place", "preferential", "state"),
    *("uid", "sequence", "booked_at", "changed_at", "ended_at"),
)
_ENDS = ("vino",) * 14 + ("no_vino",) * 3 + ("pasada",) * 2 + ("cancelada",)


def slot_search(actor: Staff) -> float:
    """The slower of the two pages: every office with its first free hour, and one office with all of its days."""
    setup.configure(None, with_examples=True)
    _fill()
    busiest = offices.office("santiago")
    pages = (partial(searching.offers, False), partial(searching.free_days, busiest, True))
    return max(median(each(page for _ in range(40))) for page in pages)


@writes
def _fill() -> None:
    """Hours for the data set, once: its tickets are not touched."""
    if Appointment.select().exists():
        return
    bulk.insert("appointment", _COLUMNS, _Hours(bulk.next_id("person") - 1).rows())


class _Hours:
    """Hours of three years and of the days to come, each of these for somebody else."""

    def __init__(self, people: int) -> None:
        self._random, self._numbers, self._now = Random(7), count(1), clock.now()
        self._people, self._waiting = people, iter(range(1, people + 1))

    def rows(self) -> Iterator[tuple[Any, ...]]:
        """The rows of the table, office by office."""
        today = clock.today()
        for office in offices.offices():
            places = (*range(1, office.places - office.preferential + 1), *range(-1, -office.preferential - 1, -1))
            for day in (today + timedelta(days=n) for n in range(-_PAST, office.days_ahead + 1)):
                for at in () if slots.holiday(office, day) else slots.planned(office, day):
                    yield from (row for place in places for row in self._row(office, at, place))

    def _row(self, office: Office, at: int, place: int) -> Iterator[tuple[Any, ...]]:
        if self._random.random() >= TAKEN:
            return
        state, who = self._random.choice(_ENDS), self._random.randrange(1, self._people + 1)
        over = at if at <= self._now else None
        if over is None:
            state, who = "reservada", next(self._waiting, 0)
        held = None if state == "cancelada" else place
        uid = f"{next(self._numbers)}@example"
        if who:
            yield who, office.id, at, office.minutes, held, int(place < 0), state, uid, 0, at, at, over
