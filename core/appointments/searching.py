"""Which hours are still to be had."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import islice

from peewee import fn

from core import clock
from core.appointments import offices, slots
from core.appointments.models import Appointment, Closure
from core.appointments.views import Free, Office
from core.database.binding import reads
from core.database.prepared import Prepared, slot

NEAREST = 6
_SOON = 7
"""Days within which most offices have a free hour: further ahead is only looked for those that have not."""


@dataclass(frozen=True, slots=True)
class _State:
    """How things stand at an office."""

    taken: Mapping[int, tuple[int, int]]
    """Of each instant: how many places of everybody are taken, and how many preferential ones."""
    closed: Collection[date]
    days: int
    """How many days ahead this is known."""


@dataclass(frozen=True, slots=True)
class FreeDay:
    """A date on which there are hours to be had."""

    day: date
    hours: tuple[Free, ...]


@dataclass(frozen=True, slots=True)
class Offer:
    """An office, and the first hour that can be had there; None when there is none, or no hours are known."""

    office: Office
    first: Free | None


@reads
def offers(preferential: bool) -> tuple[Offer, ...]:
    """Every office with its first free hour, north to south."""
    known = offices.offices()
    first: dict[str, Free] = {}
    for days in (_SOON, None):
        wanting = [office for office in known if office.openings and office.id not in first]
        found = ((office.id, next(_free(office, state, preferential), None)) for office, state in _states(wanting, days))
        first |= {code: day.hours[0] for code, day in found if day}
    return tuple(Offer(office, first.get(office.id)) for office in known)


@reads
def free_days(office: Office, preferential: bool) -> tuple[FreeDay, ...]:
    """The dates on which an office has hours to be had, the next one first."""
    ((_office, state),) = _states([office])
    return tuple(_free(office, state, preferential))


@reads
def nearest(office: Office, at: int, preferential: bool) -> tuple[Free, ...]:
    """The free hours of an office that are nearest to an instant, in the order of time."""
    hours = [hour for day in free_days(office, preferential) for hour in day.hours if hour.starts_at != at]
    chosen = sorted(hours, key=lambda hour: abs(hour.starts_at - at))[:NEAREST]
    return tuple(sorted(chosen, key=lambda hour: hour.starts_at))


@reads
def is_offered(office: Office, at: int) -> bool:
    """Whether an instant is the beginning of an hour that can be asked for now, taken or not."""
    if not 0 <= at - clock.now() <= _seconds(office.days_ahead):
        return False
    day = office.local(at).date()
    return day in set(slots.offered_days(office)) and at in slots.offered(office, day, closed_days(office))


@reads
def closed_days(office: Office) -> frozenset[date]:
    """The dates from today on, on which an office is closed by decision of the staff."""
    return frozenset(_closed([office])[office.id])


def free_places(office: Office, taken: Iterable[int], preferential: bool) -> list[int]:
    """The numbers of the places of an hour that are left; whoever is preferential gets a preferential one first."""
    used = set(taken)
    general = range(1, office.places - office.preferential + 1)
    kept = range(-1, -office.preferential - 1, -1) if preferential else ()
    return [place for place in (*kept, *general) if place not in used]


def _free(office: Office, state: _State, preferential: bool) -> Iterator[FreeDay]:
    for day in islice(slots.offered_days(office), state.days + 1):
        hours = tuple(
            Free(at, left)
            for at in slots.offered(office, day, state.closed)
            if (left := _left(office, state.taken.get(at, (0, 0)), preferential)) > 0
        )
        if hours:
            yield FreeDay(day, hours)


def _left(office: Office, taken: tuple[int, int], preferential: bool) -> int:
    general = max(0, office.places - office.preferential - taken[0])
    return general + max(0, office.preferential - taken[1]) if preferential else general


def _states(asked: list[Office], days: int | None = None) -> Iterator[tuple[Office, _State]]:
    """How things stand at these offices, for so many days, or for as long as hours can be asked for."""
    if not asked:
        return
    now, closed = clock.now(), _closed(asked)
    far = max(office.days_ahead for office in asked) if days is None else days
    taken: dict[str, dict[int, tuple[int, int]]] = {}
    for code, at, general, kept in _TAKEN(codes=[office.id for office in asked], first=now, last=now + _seconds(far)):
        taken.setdefault(code, {})[at] = (general, kept)
    for office in asked:
        yield office, _State(taken.get(office.id, {}), closed[office.id], min(far, office.days_ahead))


def _seconds(days: int) -> int:
    """Seconds from now that certainly reach past the last hour of the last of these days."""
    return (days + 2) * 86_400


def _closed(asked: list[Office]) -> dict[str, set[date]]:
    yesterday = clock.day_number(clock.day_of(clock.now() - 86_400))  # no office's calendar is further behind
    found: dict[str, set[date]] = {office.id: set() for office in asked}
    for code, day_on in _CLOSED(first=yesterday):
        if code in found:
            found[code].add(clock.day_from(day_on))
    return found


_IS_GENERAL = Appointment.place > 0
_TAKEN = Prepared(
    lambda codes: (
        Appointment.select(
            Appointment.office,
            Appointment.starts_at,
            fn.COUNT(Appointment.place).filter(_IS_GENERAL),
            fn.COUNT(Appointment.place).filter(~_IS_GENERAL),
        )
        .where(Appointment.office.in_(codes), Appointment.starts_at.between(slot("first"), slot("last")))
        .where(Appointment.place.is_null(False))
        .group_by(Appointment.office, Appointment.starts_at)
    )
)
_CLOSED = Prepared(lambda: Closure.select(Closure.office, Closure.day_on).where(Closure.day_on >= slot("first")))
