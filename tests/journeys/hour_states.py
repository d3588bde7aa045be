"""The pages of an hour that only somebody else's doing, or the office's, brings about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core import clock
from core.appointments import booking, desk, setup
from core.appointments.views import Wish
from core.people import children
from tests.harness import cast
from tests.harness.page import Page
from tests.intake_web.people import Citizen, send

if TYPE_CHECKING:
    from tests.journeys.states import Cast

Pages = dict[str, Page]


def every(people: Cast) -> Pages:
    """Taken by somebody else, taken back by the office, no hours known; for one of several, and from a ticket."""
    return _taken(people) | _suspended(people) | _unknown(people) | _of_several(people)


def _first(citizen: Citizen, query: str = "") -> Page:
    """The hours of the first day at an office."""
    days = citizen.visitor.get(f"/hora/dia?oficina=copiapo{query}")
    path = days.text.split('href="/hora/horas')[1].split('"')[0].replace("&amp;", "&")
    return citizen.visitor.get(f"/hora/horas{path}")


def _taken(people: Cast) -> Pages:
    times = _first(people.citizen())
    at = int(times.form("oficina").choices["inicio"][0])
    for _ in range(2):
        other = people.citizen().account
        booking.book(other, other.persons[0].id, Wish("copiapo", at))
    return {"hour gone": send(times, inicio=str(at))}


def _suspended(people: Cast) -> Pages:
    citizen, boss = people.citizen(), cast.analyst(role="supervisor")
    folio = cast.ticket(citizen.account)
    times = _first(citizen, f"&ticket={folio}")
    at = int(times.form("oficina").choices["inicio"][-1])
    pages = {"hour start ticket": citizen.visitor.get(f"/hora/nueva?ticket={folio}")}
    pages["hour booked ticket"] = send(times, inicio=str(at)).follow()
    pages["ticket hour"] = citizen.visitor.get(f"/ticket/{folio}")
    desk.close_day(boss, "copiapo", clock.day_of(at))
    pages |= {"hour suspended": citizen.visitor.get("/hora"), "ticket hour suspended": citizen.visitor.get(f"/ticket/{folio}")}
    desk.open_day(boss, "copiapo", clock.day_of(at))
    return pages


def _unknown(people: Cast) -> Pages:
    citizen = people.citizen()
    setup.configure(None, with_examples=False)
    try:
        offices, days = (citizen.visitor.get(path) for path in ("/hora/oficina", "/hora/dia?oficina=arica"))
        return {"hour offices unknown": offices, "hour days none": days}
    finally:
        setup.configure(None, with_examples=True)


def _of_several(people: Cast) -> Pages:
    about = {"relacion": "madre", "responsable": "Rosa", "nacimiento_anio": "2015"}
    mother = people.citizen(para_quien="nna", **about)
    children.add(mother.account, cast.form(nombres="Daniel", **about))
    start = mother.visitor.get("/hora/nueva")
    number = start.form("ficha").choices["persona"][0]
    return {
        "hour start whom": start,
        "hour start whom wrong": send(start),
        "hour times child": _first(mother, f"&persona={number}"),
    }
