"""The portal: what waits, what was said, what the service knows of the person's procedures."""

from __future__ import annotations

from markupsafe import Markup

from core.appointments import booking, telling
from core.mail import outbox
from core.people.account_views import Account, Person
from core.tickets.citizens import drafts, following
from core.tickets.views import CitizenTicket, Draft
from core.tramites import history, starting
from intake_web import paging, words
from intake_web.pages import tramites
from intake_web.replies import Reply, show
from intake_web.visit import Visit

_SHOWN = 5


def show_portal(visit: Visit) -> Reply:
    """Inbox, what waits for the person, tickets, history of trámites, and the way to more of each."""
    account = visit.person
    tickets, known = following.tickets_of(account), history.tramites_of(account.email)
    past = [ticket for ticket in tickets if not ticket.is_open]
    return show(
        visit,
        "portal.html",
        account=account,
        just_verified=visit.query["cuenta"] == "verificada",
        places=_places(account, tickets),
        past_tickets=past[:_SHOWN],
        past_count=len(past),
        about=about,
        waiting=_begun(account),
        wanted=[ticket for ticket in tickets if ticket.state == "en_espera"],
        fate=words.fate,
        letters=outbox.inbox(account.id, 0, _SHOWN),
        inbox=outbox.inbox_counts(account.id, account.email),
        tramites=tramites.described(account, known[:_SHOWN]),
        tramite_count=len(known),
        hours=[hour for hour in booking.hours_of(account) if hour.is_booked],
        when=telling.when,
        where=telling.where,
        featured=[each for each in starting.procedures() if each.featured],
    )


def letters(visit: Visit) -> Reply:
    """The whole inbox, a page at a time."""
    account = visit.person
    counts = outbox.inbox_counts(account.id, account.email)
    leaf = paging.leaf(visit, counts.total)
    found = outbox.inbox(account.id, leaf.start, paging.SIZE)
    return show(visit, "letters.html", letters=found, inbox=counts, leaf=leaf, fate=words.fate)


def letter(visit: Visit, number: str) -> Reply:
    """One letter, readable here even when the mail never arrived."""
    account = visit.person
    found = outbox.letter_of(account.id, int(number))
    if found.read_at is None:
        outbox.mark_read(account.id, found.id)
    pieces = words.linked(found.body, visit.site.settings.base_url)
    return show(visit, "letter.html", letter=found, pieces=pieces, fate=words.fate)


def tickets(visit: Visit) -> Reply:
    """Every ticket of the account's persons, a page at a time."""
    found = following.tickets_of(visit.person)
    leaf = paging.leaf(visit, len(found))
    listed = found[leaf.start : leaf.end]
    return show(visit, "tickets.html", tickets=listed, leaf=leaf, about=about, several=len(visit.person.persons) > 1)


def about(ticket: CitizenTicket) -> Markup:
    """What a ticket is about, on one line."""
    return words.about(ticket.tipo, ticket.categoria)


def _places(account: Account, tickets: tuple[CitizenTicket, ...]) -> list[tuple[Person, CitizenTicket | None]]:
    """Each person with the ticket that is open for them."""
    opened = {ticket.person_id: ticket for ticket in tickets if ticket.is_open}
    return [(person, opened.get(person.id)) for person in account.persons]


def _begun(account: Account) -> list[tuple[Person, Draft, Markup]]:
    """The tickets that are being written: for whom, and about what as far as that was said."""
    found = ((person, drafts.read(person.id)) for person in account.persons)
    return [
        (person, draft, words.about(draft.fields.get("tipo", ""), draft.fields.get("categoria", "")))
        for person, draft in found
        if draft is not None and draft.is_begun
    ]
