"""A ticket already sent: where it stands, what was said, adding to it, giving it up."""

from __future__ import annotations

from core import clock, tokens
from core.appointments import booking, telling
from core.errors import Invalid
from core.language import _
from core.tickets import enclosing, identity
from core.tickets.citizens import following
from core.tickets.views import CitizenTicket
from core.tramites.catalogue import catalogue
from intake_web import standing, words
from intake_web.pages.ticket import files
from intake_web.replies import Reply, go, show
from intake_web.visit import Visit


def show_ticket(visit: Visit, folio: str) -> Reply:
    """The ticket's page; just after sending it is the receipt."""
    ticket = following.ticket_of(visit.person, folio)
    if ticket.folio != folio:
        return go(f"/ticket/{ticket.folio}")
    if any(letter.message_id and letter.read_at is None for letter in ticket.letters):
        following.mark_shown(visit.person, folio)
    return _show(visit, ticket)


def add(visit: Visit, folio: str) -> Reply:
    """Add information to an open ticket, once however often the form is sent."""
    text = visit.form["texto"]
    refused = files.take_into_ticket(visit, folio)
    if refused or files.stays(visit):
        return _show(visit, following.ticket_of(visit.person, folio), text, refused)
    try:
        following.add_information(visit.person, folio, text, visit.form["llave"] or tokens.random_token())
    except Invalid as problem:
        return _show(visit, following.ticket_of(visit.person, folio), text, problem.fields)
    return go(f"/ticket/{folio}#conversacion")


def ask_withdraw(visit: Visit, folio: str) -> Reply:
    """Whether the person really gives the ticket up."""
    ticket = following.ticket_of(visit.person, folio)
    if not ticket.is_open:
        return go(f"/ticket/{ticket.folio}")
    return show(visit, "withdraw.html", ticket=ticket, another=bool(visit.query["otra"]))


def withdraw(visit: Visit, folio: str) -> Reply:
    """Give the ticket up, so that another one can be opened: at once, if that is what for."""
    following.withdraw(visit.person, folio)
    if not visit.form["otra"]:
        return go(f"/ticket/{folio}")
    person_id = following.ticket_of(visit.person, folio).person_id
    return go(f"/ticket/nuevo?persona={person_id}" if len(visit.person.persons) > 1 else "/ticket/nuevo")


def _show(visit: Visit, ticket: CitizenTicket, text: str = "", wrong: dict[str, str] | None = None) -> Reply:
    known = catalogue()
    tipo, subjects = known.tipo(ticket.tipo), (known.materia(ticket.materia), known.categoria(ticket.categoria))
    return show(
        visit,
        "ticket.html",
        422 if wrong else 200,
        errors=wrong,
        ticket=ticket,
        names=[_(tipo.name) if tipo else "", *(words.named(each.name) for each in subjects if each is not None)],
        is_new=ticket.state == "ingresado" and len(ticket.messages) == 1 and not standing.is_late(ticket),
        next_step=standing.next_step(ticket),
        said=standing.said,
        fate=words.fate,
        counted_from_later=ticket.legal_on != clock.day_of(ticket.opened_at),
        several=len(visit.person.persons) > 1,
        text=text,
        field=files.field(enclosing.being_added(visit.person, ticket.folio)) if ticket.is_open else None,
        sent=files.sent(ticket.folio, ticket.files),
        key=tokens.random_token(),
        hour=booking.hour_of_ticket(visit.person, ticket.folio),
        when=telling.when,
        where=telling.where,
        proof=_proof(visit, ticket),
    )


def _proof(visit: Visit, ticket: CitizenTicket) -> str | None:
    """How the person proved who they are, empty when that is still wanted; None where the ticket wants no proof."""
    subject = catalogue().categoria(ticket.categoria)
    if subject is None or subject.route != identity.ROUTE or not ticket.is_open:
        return None
    return identity.of_own_ticket(visit.person, ticket.folio)
