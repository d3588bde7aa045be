"""Rows of hours, read and turned into views."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from peewee import JOIN

from core import clock
from core.appointments import offices
from core.appointments.models import Appointment
from core.appointments.views import Hour
from core.database import engines
from core.database.binding import db
from core.database.prepared import Prepared, columns_of, row_of, slot
from core.people.account_views import Account
from core.people.models import Person
from core.tickets.models import Ticket


def hour_of(row: Appointment, folio: str | None) -> Hour:
    """The view of a row."""
    return Hour(
        id=row.id,
        person_id=row.person_id,
        folio=folio or "",
        office=offices.named(row.office),
        starts_at=row.starts_at,
        minutes=row.minutes,
        preferential=bool(row.preferential),
        state=row.state,
        uid=row.uid,
        sequence=row.sequence,
        is_over=row.starts_at <= clock.now(),
    )


def of_persons(account: Account) -> list[Hour]:
    """The newest hours of an account's persons, the newest first."""
    persons = [person.id for person in account.persons]
    return _views(_OF_PERSONS(persons=persons)) if persons else []


def booked_of(person_id: int) -> Hour | None:
    """The hour that a person is still expected at."""
    return next(iter(_views(_BOOKED(person=person_id))), None)


def of_id(number: int) -> Hour | None:
    """An hour by its id."""
    return next(iter(_views(_OF_ID(id=number))), None)


def hold(number: int) -> Hour | None:
    """An hour by its id, its person's row locked first, as all do who change something about a person."""
    found = of_id(number)
    if found is not None:
        _LOCK.first(person=found.person_id)
    return of_id(number)


def last_of_ticket(ticket_id: int) -> Hour | None:
    """The last hour that was asked for from a ticket."""
    return next(iter(_views(_OF_TICKET(ticket=ticket_id))), None)


def _views(found: Iterable[tuple[Any, ...]]) -> list[Hour]:
    return [hour_of(row_of(Appointment, values[1:]), values[0]) for values in found]


def _with_folio() -> Any:
    query = Appointment.select(Ticket.folio, *columns_of(Appointment))
    return query.join(Ticket, JOIN.LEFT_OUTER, on=(Appointment.ticket == Ticket.id))


_MOST = 20
_OF_PERSONS = Prepared(
    lambda persons: _with_folio().where(Appointment.person.in_(persons)).order_by(Appointment.id.desc()).limit(_MOST)
)
_BOOKED = Prepared(lambda: _with_folio().where(Appointment.person == slot("person"), Appointment.ended_at.is_null()))
_OF_ID = Prepared(lambda: _with_folio().where(Appointment.id == slot("id")))
_LOCK = Prepared(lambda: engines.for_change(db.obj, Person.select(Person.id).where(Person.id == slot("person"))))
_OF_TICKET = Prepared(lambda: _with_folio().where(Appointment.ticket == slot("ticket")).order_by(Appointment.id.desc()).limit(1))
