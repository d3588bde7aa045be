"""Keeping tickets findable when what is known of their people changes, or what is kept of their words."""

from __future__ import annotations

from core.database import fulltext
from core.database.binding import reads, unlocked, writes
from core.database.fulltext import Term
from core.people.models import Account, Person
from core.tickets.models import Ticket
from core.tickets.records import index_words

_AT_ONCE = 500


@reads
def tickets_of_person(person_id: int) -> list[int]:
    """The ids of all tickets of a person."""
    return [row.id for row in Ticket.select(Ticket.id).where(Ticket.person == person_id)]


@writes
def index_again(account_id: int) -> None:
    """Renew the search words of all tickets of an account's persons."""
    persons = Person.select(Person.id).where(Person.account == account_id)
    for row in Ticket.select(Ticket.id).where(Ticket.person.in_(persons)):
        index_words(row.id)


@reads
def unmarked() -> list[int]:
    """The open tickets that the full text does not know as open; those of erased people are nobody's to find."""
    marked = set(fulltext.newest([Term(fulltext.OPEN)], 2**31))
    erased = Person.select(Person.id).join(Account, on=(Person.account == Account.id)).where(Account.erased_at.is_null(False))
    found = Ticket.select(Ticket.id).where(Ticket.resolved_at.is_null(), Ticket.person.not_in(erased)).tuples()
    return [ticket_id for (ticket_id,) in found if ticket_id not in marked]


@unlocked
def mark_open() -> int:
    """Let the full text know which tickets are open, where an earlier version did not; how many it did not know."""
    missing = unmarked()
    for at in range(0, len(missing), _AT_ONCE):
        _index(missing[at : at + _AT_ONCE])
    return len(missing)


@writes
def _index(ticket_ids: list[int]) -> None:
    for ticket_id in ticket_ids:
        index_words(ticket_id)
