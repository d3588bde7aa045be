"""The pages after an answer, those behind links of its grade and of the terminal, and pages with the longest banners."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core import clock
from core.banners import publishing
from core.language import LANGUAGES
from core.people.views import Staff
from core.tickets import desk
from core.tickets.asides import taking_out
from core.tickets.citizens import survey
from tests.harness import cast
from tests.harness.page import Page
from tests.intake_web.people import Citizen, send

if TYPE_CHECKING:
    from tests.journeys.states import Cast

Pages = dict[str, Page]

DAY = 24 * 3600
LONG_WORDS = "Mantención https://ejemplo.cl/" + "a" * 120 + " no hay sistema" * 9


def every(people: Cast) -> Pages:
    """A second ticket, an end, grades, links of the terminal, banners."""
    return _second(people) | _graded(people) | _taken_out(people) | _banners(people)


def _answered(citizen: Citizen, by: Staff | None = None) -> tuple[str, int]:
    """The folio of a ticket that has its answer, and its id."""
    analyst, folio = by or cast.analyst(), cast.ticket(citizen.account)
    row = cast.row_of(folio, analyst)
    desk.reply(analyst, row.id, row.version, "Necesitas https://ejemplo.cl/" + "a" * 90, f"answer {folio}")
    return folio, row.id


def _second(people: Cast) -> Pages:
    citizen = people.citizen()
    folio, _id = _answered(citizen)
    page = citizen.visitor.get(f"/ticket/{folio}")
    closed = next(form for form in page.forms if form.action.endswith("/basta"))
    form = citizen.visitor.get(f"/ticket/{folio}/segundo")
    pages = {"second asked": form, "second wrong": send(form, texto="")}
    citizen.visitor.post(closed.action, closed.fields)
    pages["closed"] = citizen.visitor.get(f"/ticket/{folio}")
    pages["second sent"] = send(form, texto="No me dijeron la fecha").follow()
    pages["closed and followed"] = citizen.visitor.get(f"/ticket/{folio}")
    return pages


def _graded(people: Cast) -> Pages:
    citizen, visitor = people.citizen(), people.stranger()
    path = "/encuesta/" + survey.link(_answered(citizen)[1]).rpartition("/")[2]
    later = "/encuesta/" + survey.link(_answered(people.citizen())[1]).rpartition("/")[2]
    page = visitor.get(path)
    pages = {"grade": page, "grade wrong": send(page, nota="8", comentario="x" * 2_001)}
    pages["grade thanked"] = send(page, nota="6", comentario="Claro").follow()
    pages["grade unknown"] = visitor.get("/encuesta/x")
    clock.advance(31 * DAY)
    return {**pages, "grade over": visitor.get(later)}


def _taken_out(people: Cast) -> Pages:
    """What the links that the terminal gives lead to."""
    analyst, visitor = cast.analyst(), people.stranger()
    ticket_id = _answered(people.citizen(), analyst)[1]
    once, late = (taking_out.link(analyst, ticket_id, "plazo").address.rpartition("/")[2] for _ in range(2))
    page = visitor.get(f"/archivo/{once}")
    send(page)
    pages = {"taken out": page, "taken out before": visitor.get(page.path), "taken out unknown": visitor.get("/archivo/x")}
    clock.advance(taking_out.LIFETIME + 1)
    return {**pages, "taken out late": visitor.get(f"/archivo/{late}")}


def _banners(people: Cast) -> Pages:
    """In Kreyòl both are in Spanish: one has words for every language but that, the other for Spanish alone."""
    chief = cast.analyst("Camila Soto", role="supervisor")
    texts = ({code: LONG_WORDS for code in LANGUAGES if code != "ht"}, {"es": "Hoy atendemos por teléfono."})
    numbers = [publishing.publish(chief, text, None, clock.now() + DAY, str(text)) for text in texts]
    pages = {"banners": people.stranger().get("/"), "banners, signed in": people.citizen().visitor.get("/portal")}
    for number in numbers:
        publishing.withdraw(chief, number)
    return pages
