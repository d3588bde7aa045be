"""The example's timetable: when each ticket arrives, what it is about, when its answer is due and comes."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import accumulate
from random import Random
from typing import Any

from core import clock
from core.operations.example.days import Days
from core.operations.example.phrases import FOLDER, sections
from core.tickets import terms
from core.tramites.catalogue import catalogue
from core.tramites.catalogue_views import Categoria

YEARS_AS_DAYS = 1095
_PER_DAY = 33
_SHORTEST = 45
_HOURS = (6, 3, 2, 1, 1, 2, 5, 12, 26, 40, 46, 44, 40, 36, 38, 42, 42, 38, 32, 28, 26, 24, 19, 0)
_WEEK = (1.15, 1.15, 1.1, 1.05, 1.0, 0.45, 0.4)
_SURGE, _SURGED = 15, 1.6
_LATE, _FORGOTTEN = 0.12, 0.025
_LOOKED_AT, _SAMPLE = 120, 25_000
_MINUTES_AGO = (3, 9, 14, 26, 47, 71, 118, 190)


@dataclass(frozen=True, slots=True)
class Subject:
    """What a ticket is about, and which answers fit."""

    categoria: Categoria
    tipo: str
    answers: str


@dataclass(frozen=True, slots=True)
class Filing:
    """A ticket's arrival and its dates; days are places in the calendar."""

    number: int
    place: int
    at: int
    subject: Subject
    notice: int | None
    legal: int
    due: int
    promised: dict[str, Any]
    """The columns of the ticket's term."""
    answered_at: int
    """When an answer comes; after now while the ticket is open."""


def span_of(count: int) -> int:
    """Over how many days so many tickets are spread: three years, fewer when that would look empty."""
    return min(YEARS_AS_DAYS, max(_SHORTEST, count // _PER_DAY))


def open_of(count: int) -> int:
    """How many of them are still open: one in fifty, more in a small example."""
    return max(count // 50, min(count * 3 // 20, 220))


def subjects() -> tuple[list[Subject], list[int]]:
    """Everything that tickets are about, with cumulated weights."""
    known = {categoria.id: (categoria, materia) for materia in catalogue().materias for categoria in materia.categorias}
    found, weights = [], []
    for head, lines in sections(FOLDER / "mix.txt").items():
        for line in lines:
            code, weight, answers = line.split()
            categoria, materia = known[code]
            for tipo, share in ((head.split()[0], 5), (head.split()[-1], 1)):
                if tipo not in materia.tipos:
                    continue
                found.append(Subject(categoria, tipo, answers))
                weights.append(int(weight) * share)
    return found, list(accumulate(weights))


class Plan:
    """The arrivals of so many tickets until now, in order."""

    def __init__(self, count: int, random: Random) -> None:
        self.now = clock.now()
        today = clock.today()
        self.days = Days(today - timedelta(days=span_of(count) + 12), today + timedelta(days=130))
        self._today = self.days.place(today)
        self._arrivals = self._arrive(count, random)
        self._subjects, weights = subjects()
        self._kinds = array("H", random.choices(range(len(weights)), cum_weights=weights, k=count))
        self._waits = array("f", (random.gammavariate(2, 0.5) for _ in range(count)))
        self._promises: dict[tuple[str, str, int, int | None], dict[str, Any]] = {}
        self._pace = 1.0
        self._pace = self._find_pace(open_of(count))

    def filings(self) -> Iterator[Filing]:
        """Every ticket's arrival, the earliest first."""
        return (self._filing(number) for number in range(len(self._arrivals)))

    def _arrive(self, count: int, random: Random) -> array[int]:
        """Instants: more in later months, on weekdays and by day; the last of a small example minutes ago."""
        places = range(self._today - span_of(count), self._today + 1)
        shares = [(0.3 + 1.4 * step / len(places)) * _WEEK[self.days.dates[place].weekday()] for step, place in enumerate(places)]
        shares[-_SURGE:] = [share * _SURGED for share in shares[-_SURGE:]]
        hours = list(accumulate(_HOURS))
        chosen = random.choices(places, cum_weights=list(accumulate(shares)), k=count)
        starts = self.days.starts
        instants = [
            starts[place] + hour * 3600 + random.randrange(3600)
            for place, hour in zip(chosen, random.choices(range(24), cum_weights=hours, k=count), strict=True)
        ]
        latest = self.now - 60 * _MINUTES_AGO[0]
        past = [at if at < latest else at - 86_400 for at in instants]
        for at, minutes in zip(range(0, count, max(1, count // len(_MINUTES_AGO))), _MINUTES_AGO, strict=False):
            past[at] = self.now - 60 * minutes
        return array("q", sorted(past))

    def _find_pace(self, wanted: int) -> float:
        """How slow answers must be for so many tickets to be open now."""
        recent = range(bisect_right(self._arrivals, self.now - _LOOKED_AT * 86_400), len(self._arrivals))
        sample = recent[:: len(recent) // _SAMPLE + 1]
        low, high = 0.02, 4.0
        for _ in range(14):
            self._pace = (low + high) / 2
            too_few = sum(self._filing(number).answered_at > self.now for number in sample) < wanted / sample.step
            low, high = (self._pace, high) if too_few else (low, self._pace)
        return self._pace

    def _filing(self, number: int) -> Filing:
        at = self._arrivals[number]
        place = self.days.place_of(at)
        subject = self._subjects[self._kinds[number]]
        legal = self.days.legal(place)
        notice = place - number % 4 if subject.categoria.route == "plazo" else None
        promised = self._promised(subject, legal, notice)
        due = self.days.place(clock.day_from(promised["due_on"]))
        wait = self._wait(number, self.days.business_days_between(legal, due))
        return Filing(number, place, at, subject, notice, legal, due, promised, self.days.office_time(place, wait, at + 900))

    def _wait(self, number: int, term: int) -> float:
        """Business days until the answer; most of those that would be late are hurried up before the term ends."""
        share, chance = self._waits[number] * self._pace, number * 7919 % 1000 / 1000
        if chance < _FORGOTTEN:
            share += 1 + chance / _FORGOTTEN
        elif share > 0.98 and chance > _LATE:
            share = 0.7 + 0.28 * (share % 1)
        return min(share * max(term, 1), 60.0)

    def _promised(self, subject: Subject, legal: int, notice: int | None) -> dict[str, Any]:
        key = (subject.tipo, subject.categoria.id, legal, notice)
        known = self._promises.get(key)
        if known is None:
            on, noticed = self.days.dates[legal], None if notice is None else self.days.dates[notice]
            known = self._promises[key] = terms.promised(subject.tipo, subject.categoria, on, on, noticed)
        return known
