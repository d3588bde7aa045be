"""What services tell about offices and hours."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from core.errors import Conflict

GENERAL, PREFERENTIAL = 1, -1
"""Signs of the numbers of places: those of everybody, and those kept for preferential attention."""


@dataclass(frozen=True, slots=True)
class Opening:
    """When an office attends on some days of the week, in minutes after midnight of its own clocks."""

    weekdays: frozenset[int]
    """0 is Monday."""
    begin: int
    end: int


@dataclass(frozen=True, slots=True)
class Office:
    """An office, its clocks and its hours."""

    id: str
    region: str
    region_name: str
    zone: str
    city: str
    address: str
    address_unverified: bool
    openings: tuple[Opening, ...]
    hours_unverified: bool
    minutes: int
    """How long one hour of attention is."""
    places: int
    """How many people are attended at once, with those of preferential attention."""
    preferential: int
    """How many of the places are kept for preferential attention (Ley 21.768)."""
    days_ahead: int
    """How many days before it an hour can be asked for."""

    def local(self, at: int) -> datetime:
        """An instant (epoch seconds) as the office's clocks show it."""
        return datetime.fromtimestamp(at, ZoneInfo(self.zone))

    def first_instant(self, day: date) -> int:
        """When a date begins at the office (epoch seconds)."""
        return int(datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(self.zone)).timestamp())

    def bounds(self, day: date) -> tuple[int, int]:
        """The instants at which a date begins and ends at the office."""
        return self.first_instant(day), self.first_instant(day + timedelta(days=1))


@dataclass(frozen=True, slots=True)
class Free:
    """An hour that can be asked for: when it begins, and how many places are left in it."""

    starts_at: int
    left: int


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody asks for: where, when, and whether preferential attention is needed."""

    office: str
    starts_at: int
    preferential: bool = False


@dataclass(frozen=True, slots=True)
class Hour:
    """Somebody's hour at an office."""

    id: int
    person_id: int
    folio: str
    """The ticket it was asked for from; empty when there is none."""
    office: Office
    starts_at: int
    minutes: int
    preferential: bool
    state: str
    """`reservada`, then `vino`, `no_vino`, `pasada` (nobody said), `cancelada` or `suspendida` (by the office)."""
    uid: str
    sequence: int
    is_over: bool
    """Whether it has begun: nothing can be changed about it any more."""

    @property
    def is_booked(self) -> bool:
        """Whether the person is still expected."""
        return self.state == "reservada"

    @property
    def local(self) -> datetime:
        """When it begins, as the office's clocks show it."""
        return self.office.local(self.starts_at)


@dataclass(frozen=True, slots=True)
class DeskHour:
    """A line of an office's day, as the staff see it."""

    id: int
    starts_at: int
    person_name: str
    preferential: bool
    state: str
    ticket_id: int | None
    folio: str
    """Empty as well when the ticket is not this reader's to see."""
    frozen: str
    proves: bool = False
    """Whether the ticket waits to know who the person is: somebody has to look at a document."""


@dataclass(frozen=True, slots=True)
class DeskDay:
    """An office's day: who comes, whether it attends at all, and why not."""

    office: Office
    day: date
    hours: tuple[DeskHour, ...]
    shut: str
    """Why nobody is attended: the holiday's name, `cerrada`, or `sin horario`; empty on an ordinary day."""
    free: int
    """Places that are still to be had."""


class Gone(Conflict):
    """The hour cannot be had, or no more; `nearest` are those of the same office that can."""

    def __init__(self, message: str, nearest: tuple[Free, ...]) -> None:
        super().__init__(message)
        self.nearest = nearest


class OneAlready(Conflict):
    """The person has an hour already."""

    def __init__(self, message: str, hour: Hour) -> None:
        super().__init__(message)
        self.hour = hour
