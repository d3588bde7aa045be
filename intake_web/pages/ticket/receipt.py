"""What a ticket's person can keep and check: the certificado de ingreso, and the term day by day."""

from __future__ import annotations

from datetime import date

from core import clock
from core.tickets.citizens import following, receipts
from core.tickets.views import CitizenTicket
from intake_web import standing, words
from intake_web.replies import Reply, go, show
from intake_web.visit import Visit


def certificate(visit: Visit, folio: str) -> Reply:
    """The certificado de ingreso: one sheet of paper (Ley 19.880 art. 30)."""
    ticket = following.ticket_of(visit.person, folio)
    if ticket.folio != folio:
        return go(f"/ticket/{ticket.folio}/certificado")
    return show(
        visit,
        "certificate.html",
        heading=words.named(receipts.CERTIFICATE),
        ticket=ticket,
        person=visit.person.person(ticket.person_id),
        about=words.about(ticket.tipo, ticket.categoria),
        dates=receipts.dates_of(ticket.opened_at, ticket.legal_on, ticket.due_on, ticket.clock.own_due_on),
        how=next(standing.how_counted(ticket)),
        now=clock.now(),
        address=f"{visit.site.settings.base_url}/ticket/{ticket.folio}",
    )


def days(visit: Visit, folio: str) -> Reply:
    """Every day of the term, counted or not, and why: the same that the desk reads."""
    ticket = following.ticket_of(visit.person, folio)
    if ticket.folio != folio:
        return go(f"/ticket/{ticket.folio}/dias")
    counted = following.ledger_of(visit.person, folio)
    last = _last_day(ticket)
    return show(
        visit,
        "term_days.html",
        ticket=ticket,
        days=[day for day in counted.days if day.day <= last],
        due_on=counted.due_on,
        how=standing.how_counted(ticket),
        next_step=standing.next_step(ticket),
    )


def _last_day(ticket: CitizenTicket) -> date:
    """After the answer no day is counted any more."""
    return ticket.due_on if ticket.answered_at is None else min(ticket.due_on, clock.day_of(ticket.answered_at))
