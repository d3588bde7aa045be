"""After the answer: it was enough, it was not, or somebody wants to be seen."""

from __future__ import annotations

from core import tokens
from core.errors import Invalid
from core.language import _
from core.tickets import closing, opening
from core.tickets.citizens import following, second
from core.tickets.views import CitizenTicket
from core.tramites.catalogue import catalogue
from intake_web import words
from intake_web.pages.ticket import one_open
from intake_web.replies import Reply, go, show
from intake_web.visit import Visit


def ask_second(visit: Visit, folio: str) -> Reply:
    """What was missing in the answer; whoever has said so already sees the ticket in which they did."""
    ticket = following.ticket_of(visit.person, folio)
    if ticket.followed_by:
        return go(f"/ticket/{ticket.followed_by}")
    if ticket.answered_at is None or ticket.state not in second.ANSWERED:
        return go(f"/ticket/{ticket.folio}")
    present, person = opening.open_folio(ticket.person_id), visit.person.person(ticket.person_id)
    if present and person is not None:
        return one_open.refuse(visit, person, present)
    return _show(visit, ticket)


def send_second(visit: Visit, folio: str) -> Reply:
    """Open the second ticket, once however often the form is sent."""
    typed = visit.form.only(("texto", "llave"))
    try:
        opened = second.open_second(visit.person, folio, typed["texto"], typed["llave"])
    except Invalid as problem:
        return _show(visit, following.ticket_of(visit.person, folio), typed, problem.fields)
    return go(f"/ticket/{opened}")


def enough(visit: Visit, folio: str) -> Reply:
    """Close the ticket, because its person says so."""
    closing.enough(visit.person, folio)
    return go(f"/ticket/{folio}")


def ask_hour(visit: Visit, folio: str) -> Reply:
    """On to an hour at an office about this ticket: a letter's link, which signing in does not shorten."""
    return go(f"/hora/nueva?ticket={following.ticket_of(visit.person, folio).folio}")


def _show(visit: Visit, ticket: CitizenTicket, typed: dict[str, str] | None = None, wrong: dict[str, str] | None = None) -> Reply:
    given, known = typed or {}, catalogue()
    tipo, categoria = known.tipo(ticket.tipo), known.categoria(ticket.categoria)
    return show(
        visit,
        "ticket_second.html",
        422 if wrong else 200,
        errors=wrong,
        ticket=ticket,
        names=[_(tipo.name) if tipo else "", words.named(categoria.name) if categoria else ""],
        answer=next((message for message in reversed(ticket.messages) if message.kind == "respuesta"), None),
        several=len(visit.person.persons) > 1,
        text=given.get("texto", ""),
        key=given.get("llave") or tokens.random_token(),
    )
