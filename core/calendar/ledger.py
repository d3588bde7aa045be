"""A term day by day: what is counted, what is not and why, and the day on which it ends (Ley 19.880 art. 25, 26, 31).

This is the only place that counts terms: the date in a receipt, the table's, the citizen's page and the desk's are its.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from core.calendar import business
from core.language import _, noted

COUNTED = noted("día hábil")
EXTENDED = noted("día hábil de la ampliación")
RUNNING = noted("día corrido")
PAUSED = noted("en espera de tus antecedentes")
FILED = noted("ingreso legal: se cuenta desde el día siguiente")
SATURDAY = noted("sábado")
SUNDAY = noted("domingo")
CLOSED = noted("día no hábil")

_NEXT = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Pause:
    """A wait for the person: the days after the first, up to and with the last, are not counted."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Term:
    """What decides when an answer is due."""

    filed_on: date
    legal_on: date
    days: int
    in_business_days: bool = True
    """Otherwise in calendar days, which nothing stops (Ley 21.719)."""
    more_days: int = 0
    """By an extension."""
    pauses: tuple[Pause, ...] = ()
    not_after: date | None = None
    """When the person's own legal term ends, if that runs; it does not stop for ours."""
    known_by: date | None = None
    """The day on which the ticket ended: decrees published later do not change it."""


@dataclass(frozen=True, slots=True)
class Day:
    """A day of a term: its number among those counted, 0 when it is not, and why."""

    day: date
    number: int
    why: str

    @property
    def words(self) -> str:
        """Why, in the reader's language."""
        return _(self.why)


@dataclass(frozen=True, slots=True)
class Ledger:
    """Every day from the filing to the end of the term."""

    days: tuple[Day, ...]

    @property
    def due_on(self) -> date:
        """The last day of the term."""
        return self.days[-1].day


def count(term: Term) -> Ledger:
    """Count a term."""
    return Ledger((*_before(term), *_counting(term)))


def _before(term: Term) -> Iterator[Day]:
    """The days from the real filing to the legal one, which is never counted itself."""
    day = term.filed_on
    while day < term.legal_on:
        yield Day(day, 0, _free(day, None) or CLOSED)
        day += _NEXT
    yield Day(term.legal_on, 0, FILED)


def _counting(term: Term) -> Iterator[Day]:
    day, number, wanted = term.legal_on, 0, term.days + term.more_days
    while number < wanted and (term.not_after is None or day < term.not_after):
        day += _NEXT
        why = _skipped(term, day)
        number += not why
        yield Day(day, 0, why) if why else Day(day, number, _counted(term, number))


def _skipped(term: Term, day: date) -> str:
    if not term.in_business_days:
        return ""
    return _free(day, term.known_by) or (PAUSED if any(pause.first < day <= pause.last for pause in term.pauses) else "")


def _free(day: date, known_by: date | None) -> str:
    return business.holiday(day, known_by) or {5: SATURDAY, 6: SUNDAY}.get(day.weekday(), "")


def _counted(term: Term, number: int) -> str:
    if not term.in_business_days:
        return RUNNING
    return EXTENDED if number > term.days else COUNTED
