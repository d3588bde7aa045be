"""The pages of a ticket whose clock stops, is lengthened, runs out or leads elsewhere; certificate and term at their fullest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core import clock
from core.database.binding import db
from core.mail.models import Letter
from core.people import sessions
from core.tickets import extending, referring, waiting
from tests.harness import cast
from tests.harness.page import Page
from tests.intake_web.people import Citizen

if TYPE_CHECKING:
    from tests.journeys.states import Cast

Pages = dict[str, Page]

DAY = 24 * 3600
LONG_NAME = "W" * 100
"""As long and as wide as a name may be."""
LEGAL_TERM = {"materia": "rt", "categoria": "rt-rechazo", "tramite_id": "W" * 64, "texto": "x" * 9_000}


def every(people: Cast) -> Pages:
    """Waiting, over, late, extended, passed on."""
    return _fullest(people) | _elsewhere(people) | _waiting(people)


def _fullest(people: Cast) -> Pages:
    about = {"para_quien": "nna", "relacion": "madre", "responsable": LONG_NAME, "nacimiento_anio": "2015"}
    names = {"nombres": LONG_NAME, "primer_apellido": LONG_NAME, "segundo_apellido": LONG_NAME}
    child = people.citizen(**about, **names)
    folio = cast.ticket(child.account, fecha_notificacion=f"{clock.today():%d-%m-%Y}", **LEGAL_TERM)
    return {
        "ticket own term": child.visitor.get(f"/ticket/{folio}"),
        "certificate": child.visitor.get(f"/ticket/{folio}/certificado"),
        "term of one's own": child.visitor.get(f"/ticket/{folio}/dias"),
    }


def _elsewhere(people: Cast) -> Pages:
    citizen, analyst = people.citizen(), cast.analyst()
    folio = cast.ticket(citizen.account)
    row = cast.row_of(folio, analyst)
    referring.refer(analyst, row.id, row.version, "Registro Civil", "Pide hora ahí.", f"refer {folio}")
    return {"ticket passed on": citizen.visitor.get(f"/ticket/{folio}")}


def _waiting(people: Cast) -> Pages:
    citizen, analyst = people.citizen(), cast.analyst()
    folio = cast.ticket(citizen.account)
    row = cast.row_of(folio, analyst)
    extending.extend(analyst, row.id, row.version, 5, "Falta un informe.", f"extend {folio}")
    waiting.ask(analyst, row.id, row.version + 1, "¿Qué día fue?", f"ask {folio}")
    _let_letters_fare(row.id)
    pages = {"ticket waits": citizen.visitor.get(f"/ticket/{folio}"), "term": citizen.visitor.get(f"/ticket/{folio}/dias")}
    _later(citizen, 9)
    waiting.run_out()
    pages["ticket waited"] = citizen.visitor.get(f"/ticket/{folio}")
    _later(citizen, 40)
    pages["ticket late"] = citizen.visitor.get(f"/ticket/{folio}")
    return pages


def _let_letters_fare(ticket_id: int) -> None:
    """One was refused, one was put off, one was taken."""
    fares = {
        "receipt": {"state": "failed", "error": "550"},
        "extension": {"error": "451"},
        "antecedents": {"state": "sent", "sent_at": clock.now()},
    }
    with db.connection_context() if db.is_closed() else db.atomic():
        for kind, fare in fares.items():
            Letter.update(**fare).where(Letter.ticket_id == ticket_id, Letter.kind == kind).execute()


def _later(citizen: Citizen, days: int) -> None:
    clock.advance(days * DAY)
    citizen.visitor.cookies["sesion"] = sessions.begin(citizen.account.id, remember=False).token
