"""What the staff do with hours: the day's list, who came, days that are closed."""

from __future__ import annotations

from datetime import date
from typing import Any

from peewee import JOIN

from core import clock
from core.appointments import keeping, offices, rows, slots
from core.appointments.models import Appointment, Closure
from core.appointments.views import DeskDay, DeskHour, Office
from core.database.binding import reads, unlocked, writes
from core.database.prepared import Prepared, slot
from core.errors import Conflict, NotAllowed, NotFound
from core.people import policy, standing
from core.people.models import Account, Person
from core.people.staff import current
from core.people.views import Staff
from core.tickets import identity, looks
from core.tickets.looks import Listed
from core.tickets.models import Ticket

CORRECTED_WITHIN = 7 * 86_400
"""Seconds after an hour in which the staff can still say, or correct, what became of it."""
EARLY = 3600
"""Seconds before an hour from which somebody may be there already."""


@unlocked
def day_of(actor: Staff, office_id: str, day: date) -> DeskDay:
    """Who comes to an office on a date, in the order of time, and how many places are left; that it was read is kept."""
    found, persons = _day_of(actor, office_id, day)
    looks.listed(actor, looks.HOURS, map(Listed, persons, (hour.ticket_id for hour in found.hours)))
    return found


@reads
def _day_of(actor: Staff, office_id: str, day: date) -> tuple[DeskDay, list[int]]:
    """The day, and the persons of its hours."""
    me = current(actor)
    policy.require(me, "attend")
    office = offices.office(office_id)
    begin, end = office.bounds(day)
    found = _DAY(office=office_id, first=begin, last=end - 1)
    hidden = policy.hidden_routes(me)
    hours = tuple(_line(values, hidden) for values in found)
    held = sum(hour.state not in ("cancelada", "suspendida") for hour in hours)
    shut = _why_shut(office, day)
    free = 0 if shut else max(0, len(slots.planned(office, day)) * office.places - held)
    return DeskDay(office, day, hours, shut, free), [values[-1] for values in found]


@writes
def came(actor: Staff, number: int, did_come: bool) -> None:
    """Say whether somebody came, or correct it; the ticket that it was about learns of it.

    Raises `Conflict` before the hour, long after it, or when it was given back.
    """
    me = current(actor)
    policy.require(me, "attend")
    hour = rows.hold(number)
    if hour is None:
        raise NotFound("Esa hora no existe.")
    _require_now(hour.state, hour.starts_at, did_come)
    if standing.of_person(hour.person_id):
        raise NotAllowed("Los datos de esta persona están bloqueados o suprimidos (Ley 21.719): la hora no se cambia.")
    state = "vino" if did_come else "no_vino"
    changed = (Appointment.id == number) & (Appointment.state == hour.state) & (Appointment.state != state)
    if Appointment.update(state=state, ended_at=clock.now(), staff=me.id).where(changed).execute():
        keeping.note(f"hora_{state}", hour, me.id)


@writes
def close_day(actor: Staff, office_id: str, day: date) -> int:
    """Attend nobody at an office on a date: whoever had an hour gets a letter and another choice; how many they are."""
    me = current(actor)
    policy.require(me, "close_office")
    office = offices.office(office_id)
    if day < office.local(clock.now()).date():
        raise Conflict("Ese día ya pasó: no se puede cerrar.")
    Closure.insert(office=office_id, day_on=clock.day_number(day), at=clock.now(), staff=me.id).on_conflict(
        conflict_target=[Closure.office, Closure.day_on], update={Closure.at: clock.now(), Closure.staff: me.id}
    ).execute()
    begin, end = office.bounds(day)
    expected = _EXPECTED(office=office_id, first=max(begin, clock.now()), last=end - 1)
    return sum(keeping.suspend(number, me.id) for (number,) in expected)


@writes
def open_day(actor: Staff, office_id: str, day: date) -> None:
    """Let hours be asked for again on a date that was closed; those who were told of it stay told."""
    me = current(actor)
    policy.require(me, "close_office")
    removed = Closure.delete().where(Closure.office == office_id, Closure.day_on == clock.day_number(day)).execute()
    if not removed:
        raise Conflict("Ese día no está cerrado.")


@reads
def expected(actor: Staff, office_id: str, day: date) -> int:
    """How many people would get a letter if the day were closed now."""
    policy.require(current(actor), "close_office")
    begin, end = offices.office(office_id).bounds(day)
    return len(_EXPECTED(office=office_id, first=max(begin, clock.now()), last=end - 1))


@reads
def stray() -> int:
    """How many hours to come lie outside the hours that their office attends now: after a change of the file of hours."""
    return sum(not slots.attends(offices.named(code), at, minutes) for code, at, minutes in _TO_COME(now=clock.now()))


def _why_shut(office: Office, day: date) -> str:
    name = slots.holiday(office, day)
    if name:
        return f"feriado: {name}"
    if Closure.get_or_none(Closure.office == office.id, Closure.day_on == clock.day_number(day)) is not None:
        return "cerrada este día"
    if not office.openings:
        return "sin horario conocido"
    return "" if slots.planned(office, day) else "no atiende este día"


def _require_now(state: str, starts_at: int, did_come: bool) -> None:
    now = clock.now()
    if state in ("cancelada", "suspendida"):
        raise Conflict("Esa hora fue cancelada o suspendida: no hay nada que marcar.")
    if now < starts_at - EARLY or (not did_come and now < starts_at):
        raise Conflict("Todavía no es la hora: podrás marcarlo cuando llegue.")
    if now > starts_at + CORRECTED_WITHIN:
        raise Conflict("Pasaron más de 7 días: ya no se puede marcar.")


def _line(values: tuple[Any, ...], hidden: frozenset[str]) -> DeskHour:
    number, at, preferential, state, ticket_id, given, first, second, folio, route, blocked_at, erased_at, _ = values
    seen = ticket_id is not None and route not in hidden
    return DeskHour(
        id=number,
        starts_at=at,
        person_name=" ".join(part for part in (given, first, second) if part),
        preferential=bool(preferential),
        state=state,
        ticket_id=ticket_id if seen else None,
        folio=folio if seen else "",
        frozen="suprimidos" if erased_at else "bloqueados" if blocked_at else "",
        proves=route == identity.ROUTE,
    )


_DAY = Prepared(
    lambda: (
        Appointment.select(
            Appointment.id,
            Appointment.starts_at,
            Appointment.preferential,
            Appointment.state,
            Appointment.ticket,
            Person.given_names,
            Person.first_surname,
            Person.second_surname,
            Ticket.folio,
            Ticket.route,
            Account.blocked_at,
            Account.erased_at,
            Appointment.person,
        )
        .join(Person, on=(Appointment.person == Person.id))
        .join(Account, on=(Person.account == Account.id))
        .switch(Appointment)
        .join(Ticket, JOIN.LEFT_OUTER, on=(Appointment.ticket == Ticket.id))
        .where(Appointment.office == slot("office"), Appointment.starts_at.between(slot("first"), slot("last")))
        .order_by(Appointment.starts_at, Appointment.id)
    )
)
_EXPECTED = Prepared(
    lambda: (
        Appointment.select(Appointment.id)
        .where(Appointment.office == slot("office"), Appointment.starts_at.between(slot("first"), slot("last")))
        .where(Appointment.ended_at.is_null())
        .order_by(Appointment.person)  # the order in which everybody locks persons
    )
)
_TO_COME = Prepared(
    lambda: Appointment.select(Appointment.office, Appointment.starts_at, Appointment.minutes).where(
        Appointment.ended_at.is_null(), Appointment.starts_at > slot("now")
    )
)
