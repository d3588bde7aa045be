"""One's own hours: those to come and what became of the others; giving one back, taking one into the calendar."""

from __future__ import annotations

from core.appointments import booking, invitations, telling
from core.appointments.views import Hour
from core.errors import NotFound
from core.language import _
from core.mail import outbox
from core.people.account_views import Person
from intake_web.replies import PERSONAL, Reply, go, show
from intake_web.visit import Visit

_SHOWN = 10


def overview(visit: Visit) -> Reply:
    """The hours of an account's persons, and the way to another one."""
    return show_all(visit)


def show_all(visit: Visit, refused: str = "", status: int = 200) -> Reply:
    """The same; with a refusal on top when somebody asked for a second hour."""
    account, hours = visit.person, booking.hours_of(visit.person)
    coming = [hour for hour in hours if hour.is_booked]
    past = [hour for hour in hours if not hour.is_booked]
    refused = refused or (
        _("Cada persona puede tener una hora a la vez. Cambia la que tienes, o cancélala.") if _asked_again(visit) else ""
    )
    return show(
        visit,
        "hours.html",
        status,
        account=account,
        several=len(account.persons) > 1,
        coming=coming,
        waiting=_to_choose_again(hours),
        past=past[:_SHOWN],
        without=_without(account.persons, coming),
        done=visit.query["lista"],
        refused=refused,
        name_of={person.id: person.shown_name for person in account.persons},
        when=telling.when,
        where=telling.where,
        became=became,
    )


def ask_cancel(visit: Visit, number: str) -> Reply:
    """Whether the person really gives the hour back."""
    hour = booking.hour_of(visit.person, int(number))
    if not hour.is_booked or hour.is_over:
        return go("/hora")
    return show(visit, "hour_cancel.html", hour=hour, when=telling.when, where=telling.where)


def cancel(visit: Visit, number: str) -> Reply:
    """Give the hour back."""
    booking.cancel(visit.person, int(number))
    return go("/hora?lista=cancelada")


def calendar(visit: Visit, number: str) -> Reply:
    """The hour as a file for the calendar of a phone."""
    hour = booking.hour_of(visit.person, int(number))
    if not hour.is_booked:
        raise NotFound("")
    text = invitations.text(hour, "REQUEST", visit.person.email, outbox.link("/hora"))
    headers = [
        ("Content-Type", "text/calendar; charset=utf-8; method=REQUEST"),
        ("Content-Disposition", f'attachment; filename="{invitations.NAME}"'),
        ("Cache-Control", PERSONAL),
    ]
    return Reply(200, text.encode(), headers)


def became(hour: Hour) -> str:
    """What became of an hour, in words."""
    return {
        "vino": _("Te atendimos"),
        "no_vino": _("No llegaste"),
        "pasada": _("Ya pasó"),
        "cancelada": _("La cancelaste"),
        "suspendida": _("La oficina la suspendió"),
    }.get(hour.state, "")


def _asked_again(visit: Visit) -> bool:
    return visit.query["aviso"] == "una"


def _to_choose_again(hours: tuple[Hour, ...]) -> list[Hour]:
    """The hours that the office took back and whose persons have not chosen another since."""
    newest: dict[int, Hour] = {}
    for hour in hours:
        newest.setdefault(hour.person_id, hour)
    return [hour for hour in newest.values() if hour.state == "suspendida" and not hour.is_over]


def _without(persons: tuple[Person, ...], coming: list[Hour]) -> bool:
    """Whether somebody of the account can ask for an hour."""
    held = {hour.person_id for hour in coming if not hour.is_over}
    return any(person.id not in held for person in persons)
