"""The portal: what waits, what was said, what the service knows of the person's procedures."""

from __future__ import annotations

from markupsafe import Markup, escape

from core.language import _
from core.mail import outbox
from core.tickets import drafts, following
from core.tickets.views import CitizenTicket
from core.tramites import history
from core.tramites.catalogue import catalogue
from intake_web import words
from intake_web.replies import Reply, show
from intake_web.visit import Visit

_SHOWN = 20


def show_portal(visit: Visit) -> Reply:
    """Inbox, drafts, tickets, history of trámites, and the way to a ticket."""
    account = visit.person
    tickets = following.tickets_of(account)
    waiting = [person for person in account.persons if _has_draft(person.id)]
    return show(
        visit,
        "portal.html",
        account=account,
        just_verified=visit.query["cuenta"] == "verificada",
        open_tickets=[ticket for ticket in tickets if ticket.is_open],
        past_tickets=[ticket for ticket in tickets if not ticket.is_open],
        about=_about,
        may_open=_may_open(account.persons, tickets),
        waiting=waiting,
        letters=outbox.letters_of(account.id, _SHOWN),
        letter_count=outbox.count_of(account.id),
        tramites=history.tramites_of(account.email),
    )


def letter(visit: Visit, number: str) -> Reply:
    """One letter, readable here even when the mail never arrived."""
    found = outbox.letter_of(visit.person.id, int(number))
    return show(visit, "letter.html", letter=found, pieces=words.linked(found.body, visit.site.settings.base_url))


def _has_draft(person_id: int) -> bool:
    draft = drafts.read(person_id)
    return draft is not None and "tipo" in draft.fields


def _may_open(persons: tuple[object, ...], tickets: tuple[CitizenTicket, ...]) -> bool:
    return len({ticket.person_id for ticket in tickets if ticket.is_open}) < len(persons)


def _about(ticket: CitizenTicket) -> Markup:
    known = catalogue()
    tipo, categoria = known.tipo(ticket.tipo), known.categoria(ticket.categoria)
    said = [escape(_(tipo.name))] if tipo else []
    return Markup(" · ").join([*said, words.named(categoria.name)] if categoria else said)
