"""What happens to hours by itself: reminders, days that turn out to be closed, hours that are over."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from core import clock
from core.appointments import offices, rows, searching, slots, telling
from core.appointments.models import Appointment
from core.appointments.views import Hour, Office
from core.database.binding import reads, unlocked, writes
from core.database.prepared import Prepared, slot
from core.people import standing
from core.tickets import visits

REMIND_AT = time(10)
"""On the clocks of the office, the day before."""
TOO_LATE = 2 * 3600
"""Seconds before an hour from which a reminder helps nobody any more."""
_AHEAD = 2 * 86_400
_DAY = 86_400


@unlocked
def remind() -> int:
    """Write to everybody whose hour is tomorrow, once; how many. Whoever asked for it after that time knows."""
    return sum(_remind(number) for number in _to_remind())


@unlocked
def suspend_closed() -> int:
    """Take back the hours at which nobody will be attended after all, each with a letter and another choice; how many."""
    return sum(suspend(number) for number in _unattended())


@writes
def suspend(number: int, staff_id: int | None = None) -> bool:
    """Take one hour back: the person is told and can choose another; False when it was over or given back already."""
    ended = {"state": "suspendida", "place": None, "ended_at": clock.now(), "sequence": Appointment.sequence + 1}
    still = (Appointment.id == number) & Appointment.ended_at.is_null()
    rows.hold(number)
    if not Appointment.update(**ended, staff=staff_id).where(still).execute():
        return False
    hour = rows.of_id(number)
    if hour is not None:
        telling.tell_owner("hour-suspended", hour)
        note("hora_suspendida", hour, staff_id)
    return True


@writes
def settle_past() -> int:
    """Let hours of yesterday and before be over, whether anybody said what became of them or not; how many."""
    over = Appointment.ended_at.is_null() & (Appointment.starts_at < clock.now() - _DAY)
    return int(Appointment.update(state="pasada", ended_at=clock.now()).where(over).execute())


def note(kind: str, hour: Hour, staff_id: int | None) -> None:
    """Leave it in the ticket that the hour was asked for from, if there is one."""
    row = Appointment.get_by_id(hour.id)
    if row.ticket_id is not None:
        visits.note(row.ticket_id, kind, hour.office.id, hour.starts_at, staff_id)


@reads
def _to_remind() -> list[int]:
    now = clock.now()
    return [number for number, *found in _WAITING(first=now + TOO_LATE, last=now + _AHEAD) if _is_due(*found)]


def _is_due(office: str, starts_at: int, changed_at: int) -> bool:
    """Whether the time to remind has come, and came after the last letter about this hour."""
    place = offices.named(office)
    day = place.local(starts_at).date() - timedelta(days=1)
    at = datetime.combine(day, REMIND_AT, ZoneInfo(place.zone)).timestamp()
    return changed_at < at <= clock.now()


@writes
def _remind(number: int) -> bool:
    """Only one worker writes the letter; nothing is written about data that are blocked."""
    hour = rows.hold(number)
    if hour is None or standing.of_person(hour.person_id):
        return False
    unsent = (Appointment.id == number) & Appointment.reminded_at.is_null() & Appointment.ended_at.is_null()
    same = unsent & (Appointment.starts_at == hour.starts_at)
    won = Appointment.update(reminded_at=clock.now()).where(same).execute()
    if won:
        telling.tell_owner("hour-reminder", hour)
    return bool(won)


@reads
def _unattended() -> list[int]:
    """On a day that turned out to be closed, or outside the hours that the office attends by now."""
    closed: dict[str, frozenset[date]] = {}
    found = []
    for number, code, starts_at, minutes in _BOOKED(now=clock.now()):
        office = offices.named(code)
        day = office.local(starts_at).date()
        shut = closed.setdefault(code, searching.closed_days(office))
        if day in shut or slots.holiday(office, day) or _is_outside(office, starts_at, minutes):
            found.append(number)
    return found


def _is_outside(office: Office, starts_at: int, minutes: int) -> bool:
    """Whether nobody attends then by a timetable that has stood for a while; its file is read only when it matters."""
    return not slots.attends(office, starts_at, minutes) and offices.is_settled()


_BOOKED = Prepared(
    lambda: Appointment.select(Appointment.id, Appointment.office, Appointment.starts_at, Appointment.minutes).where(
        Appointment.ended_at.is_null(), Appointment.starts_at > slot("now")
    )
)
_WAITING = Prepared(
    lambda: Appointment.select(Appointment.id, Appointment.office, Appointment.starts_at, Appointment.changed_at).where(
        Appointment.ended_at.is_null(),
        Appointment.reminded_at.is_null(),
        Appointment.starts_at.between(slot("first"), slot("last")),
    )
)
