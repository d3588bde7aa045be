"""Keeping tickets findable when what is known of their people changes."""

from __future__ import annotations

from core.database.binding import reads, writes
from core.people.models import Person
from core.tickets.models import Ticket
from core.tickets.records import index_words


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
