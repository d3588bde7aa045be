"""The way to an hour: for whom, which office, which day, which hour; or to another one in its place."""

from __future__ import annotations

from datetime import date

from core import clock, dates
from core.appointments import booking, offices, searching, telling
from core.appointments.views import Free, Gone, Office, OneAlready, Wish
from core.errors import NotFound
from core.language import _
from intake_web.pages.hours import mine
from intake_web.pages.hours.asking import Asking, asking
from intake_web.replies import Reply, go, show
from intake_web.visit import Visit


def ask(visit: Visit) -> Reply:
    """For whom the hour is, and whether preferential attention is needed."""
    asked = asking(visit)
    return _elsewhere(visit, asked) or _show_start(visit, asked)


def answer(visit: Visit) -> Reply:
    """On to the offices."""
    asked = asking(visit)
    if asked.person is None and visit.person.persons:
        return _show_start(visit, asked, {"persona": _("Elige para quién es la hora.")})
    return _elsewhere(visit, asked) or go(asked.path("oficina"))


def choose_office(visit: Visit) -> Reply:
    """The offices, each with its first free hour."""
    asked = asking(visit)
    if asked.person is None:
        return go(asked.path("nueva"))
    return _elsewhere(visit, asked) or show(
        visit,
        "hour_office.html",
        asked=asked,
        offers=searching.offers(asked.preferential),
        when=telling.moment,
    )


def choose_day(visit: Visit) -> Reply:
    """The days on which an office has free hours."""
    asked, office = asking(visit), offices.office(visit.query["oficina"])
    if asked.person is None:
        return go(asked.path("nueva"))
    days = searching.free_days(office, asked.preferential)
    return _elsewhere(visit, asked) or show(visit, "hour_day.html", asked=asked, office=office, days=days)


def choose_time(visit: Visit) -> Reply:
    """The free hours of a day; the last button is here."""
    asked, office, day = asking(visit), offices.office(visit.query["oficina"]), _day(visit.query["dia"])
    if asked.person is None:
        return go(asked.path("nueva"))
    hours = _free_on(office, day, asked)
    if not hours:
        return go(asked.path("dia", oficina=office.id))
    return _elsewhere(visit, asked) or _show_times(visit, asked, office, day, hours)


def reserve(visit: Visit) -> Reply:
    """Take the hour, once however often the form is sent; whoever is late gets the nearest ones to choose from."""
    asked, office = asking(visit), offices.office(visit.form["oficina"])
    if asked.person is None:
        raise NotFound("")
    at = visit.form["inicio"]
    if not (at.isascii() and at.isdigit() and len(at) < 13):
        day = _day(visit.form["dia"])
        return _show_times(visit, asked, office, day, _free_on(office, day, asked), {"inicio": _("Elige una hora.")})
    wish = Wish(office.id, int(at), asked.preferential)
    try:
        if asked.changing is not None:
            return go(f"/hora?lista=cambiada#hora-{booking.move(visit.person, asked.changing.id, wish).id}")
        booked = booking.book(visit.person, asked.person.id, wish, asked.folio)
    except Gone as problem:
        return _show_times(visit, asked, office, None, problem.nearest, {"inicio": problem.message}, 409)
    except OneAlready as problem:
        return mine.show_all(visit, refused=problem.message, status=409)
    return go(f"/hora?lista=reservada#hora-{booked.id}")


def _elsewhere(visit: Visit, asked: Asking) -> Reply | None:
    """Where somebody goes who cannot have another hour now, or whose hour cannot be changed any more."""
    if not visit.person.persons:
        return go("/cuenta/personas")
    if asked.changing is not None:
        return None if asked.changing.is_booked and not asked.changing.is_over else go("/hora")
    held = [hour for hour in booking.hours_of(visit.person) if hour.is_booked and not hour.is_over]
    if asked.person is not None and any(hour.person_id == asked.person.id for hour in held):
        return go("/hora?aviso=una")
    return None


def _show_start(visit: Visit, asked: Asking, wrong: dict[str, str] | None = None) -> Reply:
    account = visit.person
    return show(
        visit,
        "hour_start.html",
        422 if wrong else 200,
        errors=wrong,
        asked=asked,
        persons=[(str(person.id), person.shown_name, "") for person in account.persons],
        whom=asked.several and not asked.folio,
    )


def _show_times(
    visit: Visit,
    asked: Asking,
    office: Office,
    day: date | None,
    hours: tuple[Free, ...],
    wrong: dict[str, str] | None = None,
    status: int = 422,
) -> Reply:
    """The hours of one day, or those of several when no day is named."""
    choices = [(str(hour.starts_at), _called(office, hour.starts_at, day), "") for hour in hours]
    return show(
        visit,
        "hour_time.html",
        status if wrong else 200,
        errors=wrong,
        asked=asked,
        office=office,
        day=day,
        day_number=clock.day_number(day) if day else "",
        choices=choices,
        zone=telling.zone_words(office, hours[0].starts_at) if hours else "",
    )


def _called(office: Office, at: int, day: date | None) -> str:
    local = office.local(at)
    return f"{local:%H:%M}" if day else f"{dates.day(local.date())}, {local:%H:%M}"


def _free_on(office: Office, day: date, asked: Asking) -> tuple[Free, ...]:
    found = (each.hours for each in searching.free_days(office, asked.preferential) if each.day == day)
    return next(found, ())


def _day(text: str) -> date:
    """A day of an address (YYYYMMDD); raises `NotFound` when it is none."""
    try:
        return clock.day_from(int(text) if text.isascii() and text.isdigit() and len(text) == 8 else 0)
    except ValueError as reason:
        raise NotFound("") from reason
