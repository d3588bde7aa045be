"""A ticket about one's account: before the proof of who one is, after it, and the link that a new address alone confirms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.operations import reclaiming
from core.tickets import identity
from tests.harness import cast
from tests.harness.page import Page
from tests.intake_web.people import send, write_ticket

if TYPE_CHECKING:
    from tests.journeys.states import Cast

NEW = "direccion.nueva@correo.example"


def every(people: Cast) -> dict[str, Page]:
    """The ticket's page in each state, and both pages of the link."""
    citizen, me = people.citizen(), cast.analyst(rights=("identidad",))
    page = write_ticket(citizen.visitor, "Perdí mi correo", materia="cu", categoria="cu-recuperar").follow()
    ticket_id = cast.row_of(page.path.rpartition("/")[2], me).id
    identity.prove(me, ticket_id, "pasaporte")
    reclaiming.change_address(me, ticket_id, NEW)
    path = "/cuenta/correo/" + cast.letters_to(NEW)[-1].body.partition("/cuenta/correo/")[2].split()[0]
    link = people.stranger().get(path)
    pages = {"identity wanted": page, "identity proven": citizen.visitor.get(page.path), "address alone": link}
    return {**pages, "address alone confirmed": send(link)}
