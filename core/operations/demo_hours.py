"""Hours at an office for the demo: a day that is half over, and the next one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import islice

from core import clock
from core.appointments import offices, slots
from core.appointments.models import Appointment
from core.appointments.views import Office
from core.database.binding import writes
from core.database.prepared import insert
from core.mail import outbox
from core.tickets import visits
from core.tickets.models import Ticket

_OFFICE = "santiago"
_DAYS = 2
_A_DAY = 14
_STATES = ("vino", "no_vino", "vino", "vino", "pasada")


@writes
def fill() -> None:
    """Give hours to people of the example: about every other one because of the ticket that was answered last."""
    office = offices.office(_OFFICE)
    people = Ticket.select(Ticket.id, Ticket.person).where(Ticket.state == "respondido").order_by(Ticket.id.desc()).limit(200)
    waiting = iter({row.person_id: row.id for row in people}.items())
    for number, at in enumerate(_instants(office)):
        found = next(waiting, None)
        if found is not None:
            _give(office, at, number, *found)


def _instants(office: Office) -> Iterator[int]:
    """The hours of today and of the next day that is attended."""
    today = office.local(clock.now()).date()
    days = (today + timedelta(days=ahead) for ahead in range(10))
    attended = islice((day for day in days if slots.planned(office, day) and not slots.holiday(office, day)), _DAYS)
    return (at for day in attended for at in slots.planned(office, day)[:_A_DAY])


def _give(office: Office, at: int, number: int, person_id: int, ticket_id: int) -> None:
    now = clock.now()
    over = at + office.minutes * 60 < now
    state = _STATES[number % len(_STATES)] if over else "reservada"
    asked_at = at - 5 * 86_400
    theirs = ticket_id if number % 2 else None
    insert(
        Appointment,
        person_id=person_id,
        ticket_id=theirs,
        office=office.id,
        starts_at=at,
        minutes=office.minutes,
        place=-1 if number % 5 == 0 else 1,
        preferential=number % 5 == 0,
        state=state,
        uid=outbox.new_id(),
        sequence=0,
        booked_at=asked_at,
        changed_at=asked_at,
        ended_at=min(at + 600, now) if over else None,
    )
    if theirs:
        visits.note(theirs, "hora_reservada" if state in ("reservada", "pasada") else f"hora_{state}", office.id, at)
