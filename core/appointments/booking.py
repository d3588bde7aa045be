"""Asking for an hour, changing it, giving it back: one for each person at a time, no place given twice."""

from __future__ import annotations

from collections.abc import Callable

from peewee import IntegrityError

from core import clock
from core.appointments import offices, rows, searching, slots, telling
from core.appointments.models import Appointment
from core.appointments.views import Gone, Hour, OneAlready, Wish
from core.database.binding import db, reads, writes
from core.database.prepared import Prepared, insert, slot
from core.errors import Conflict, NotFound
from core.language import _, noted
from core.mail import outbox
from core.people import standing, throttles
from core.people.account_views import Account, Person
from core.tickets import visits

_TAKEN = noted("Esa hora la acaba de tomar otra persona. No perdiste nada: elige otra.")
_OVER = noted("Esa hora ya pasó o empieza en muy poco rato. Elige otra.")
_SHUT = noted("En esa oficina no se atiende a esa hora. Elige otra.")


@reads
def hours_of(account: Account) -> tuple[Hour, ...]:
    """The hours of an account's persons, newest first: those to come and those that were."""
    return tuple(rows.of_persons(account))


@reads
def hour_of(account: Account, number: int) -> Hour:
    """One hour of an account's persons; a stranger's is as unknown as one that does not exist (`NotFound`)."""
    found = rows.of_id(number)
    if found is None or account.person(found.person_id) is None:
        raise NotFound(_("No encontramos esa hora en tu cuenta."))
    return found


@reads
def hour_of_ticket(account: Account, folio: str) -> Hour | None:
    """The last hour that was asked for from a ticket of the account; None when there was none."""
    return rows.last_of_ticket(visits.ticket_for(account, folio)[0])


@writes
def book(account: Account, person_id: int, wish: Wish, folio: str = "") -> Hour:
    """Give a person an hour, the same one however often the form is sent; a letter tells it.

    Raises `OneAlready` when the person has one, `Gone` with the nearest free ones when it cannot be had,
    `NotFound`, `NotAllowed`, `TryLater`.
    """
    person = account.person(person_id)
    if person is None:
        raise NotFound(_("Esa persona no está en tu cuenta."))
    standing.require_free_person(person_id)
    _settle(person_id)
    present = rows.booked_of(person_id)
    if present is not None and (present.office.id, present.starts_at) == (wish.office, wish.starts_at):
        return present
    if present is not None:
        raise OneAlready(_("Ya tienes una hora, y cada persona puede tener una a la vez. Si quieres otra, cámbiala."), present)
    ticket_id = _ticket(account, person_id, folio)
    throttles.spend("hour_account", str(account.id))
    number = _take_place(person, wish, lambda place: _insert(person, wish, place, ticket_id))
    booked = _told("hour-booked", account, number)
    if ticket_id is not None:
        visits.note(ticket_id, "hora_reservada", wish.office, wish.starts_at)
    return booked


@writes
def move(account: Account, number: int, wish: Wish) -> Hour:
    """Change an hour for another one; the one before is free again. Raises like `book`, and `Conflict` when it is over."""
    before = _open(account, number)
    if (before.office.id, before.starts_at) == (wish.office, wish.starts_at) and before.is_booked:
        return before
    _require_changeable(before)
    person = account.person(before.person_id)
    if person is None:
        raise NotFound(_("Esa persona no está en tu cuenta."))
    throttles.spend("hour_account", str(account.id))
    _take_place(person, wish, lambda place: _update(number, person, wish, place))
    moved = _told("hour-changed", account, number)
    _note(number, "hora_cambiada", moved)
    return moved


@writes
def cancel(account: Account, number: int) -> None:
    """Give an hour back, so that somebody else can have it; doing it twice is harmless."""
    before = _open(account, number)
    if before.state == "cancelada":
        return
    _require_changeable(before)
    ended = {"state": "cancelada", "place": None, "ended_at": clock.now(), "sequence": Appointment.sequence + 1}
    Appointment.update(**ended).where(Appointment.id == number).execute()
    _note(number, "hora_cancelada", _told("hour-cancelled", account, number))


@writes
def give_up(person_ids: list[int]) -> None:
    """Give back what these persons have, without a letter, and forget what they said of themselves."""
    mine = Appointment.person.in_(person_ids)
    ended = {"state": "cancelada", "place": None, "ended_at": clock.now()}
    Appointment.update(**ended).where(mine, Appointment.ended_at.is_null()).execute()
    Appointment.update(preferential=0).where(mine).execute()


def _open(account: Account, number: int) -> Hour:
    person_id = hour_of(account, number).person_id
    standing.require_free_person(person_id)
    return hour_of(account, number)


def _require_changeable(hour: Hour) -> None:
    if not hour.is_booked:
        raise Conflict(_("Esa hora ya no está reservada. Mira en «Hora en una oficina» cómo quedó."))
    if hour.is_over:
        raise Conflict(_("Esa hora ya empezó o pasó: no se puede cambiar ni cancelar."))


def _settle(person_id: int) -> None:
    """An hour that is over stands in nobody's way, whether the staff have said what became of it or not."""
    over = (Appointment.starts_at + Appointment.minutes * 60) <= clock.now()
    mine = (Appointment.person == person_id) & Appointment.ended_at.is_null()
    Appointment.update(state="pasada", ended_at=clock.now()).where(mine, over).execute()


def _ticket(account: Account, person_id: int, folio: str) -> int | None:
    if not folio:
        return None
    ticket_id, owner = visits.ticket_for(account, folio)
    if owner != person_id:
        raise NotFound(_("No encontramos ese ticket en tu cuenta."))
    return ticket_id


def _take_place(person: Person, wish: Wish, put: Callable[[int], int]) -> int:
    """Put somebody into the first place that is left; whoever comes at the same moment gets the next one, or `Gone`."""
    office = offices.office(wish.office)
    preferential = wish.preferential or person.is_minor
    if not searching.is_offered(office, wish.starts_at):
        gone = _OVER if wish.starts_at < clock.now() + slots.SOONEST else _SHUT
        raise Gone(_(gone), searching.nearest(office, wish.starts_at, preferential))
    used = [place for (place,) in _PLACES(office=wish.office, at=wish.starts_at)]
    for place in searching.free_places(office, used, preferential):
        try:
            with db.atomic():
                return put(place)
        except IntegrityError:
            continue
    raise Gone(_(_TAKEN), searching.nearest(office, wish.starts_at, preferential))


def _columns(person: Person, wish: Wish, place: int) -> dict[str, object]:
    return {
        "office": wish.office,
        "starts_at": wish.starts_at,
        "minutes": offices.office(wish.office).minutes,
        "place": place,
        "preferential": int(wish.preferential or person.is_minor),
        "changed_at": clock.now(),
    }


def _insert(person: Person, wish: Wish, place: int, ticket_id: int | None) -> int:
    return insert(
        Appointment,
        person_id=person.id,
        ticket_id=ticket_id,
        state="reservada",
        uid=outbox.new_id(),
        sequence=0,
        booked_at=clock.now(),
        **_columns(person, wish, place),
    )


def _update(number: int, person: Person, wish: Wish, place: int) -> int:
    changed = _columns(person, wish, place) | {"sequence": Appointment.sequence + 1, "reminded_at": None}
    Appointment.update(**changed).where(Appointment.id == number).execute()
    return number


def _told(letter: str, account: Account, number: int) -> Hour:
    hour = hour_of(account, number)
    telling.tell(letter, hour, account.email, account.language, account.id, _whom(account, hour))
    return hour


def _whom(account: Account, hour: Hour) -> str:
    """Whose hour it is, where an account stands for several."""
    person = account.person(hour.person_id)
    return person.shown_name if person and len(account.persons) > 1 else ""


def _note(number: int, kind: str, hour: Hour) -> None:
    row = Appointment.get_by_id(number)
    if row.ticket_id is not None:
        visits.note(row.ticket_id, kind, hour.office.id, hour.starts_at)


_PLACES = Prepared(
    lambda: Appointment.select(Appointment.place).where(
        Appointment.office == slot("office"), Appointment.starts_at == slot("at"), Appointment.place.is_null(False)
    )
)
