"""Search lines that the staff keep: one that tells of somebody is given up when that person is erased."""

from __future__ import annotations

from core.database import fulltext
from core.operations.rights import scrubbing
from core.operations.rights.whose import Whose
from core.people.models import Person
from core.text import fold, words
from core.tickets.models import OwnView, Ticket


def forget(whose: Whose) -> None:
    """Lines with an address or a trámite of theirs, with a given name and a surname of theirs, or a word only they used."""
    addresses = tuple(fold(address) for address in whose.addresses)
    known = scrubbing.known_words(whose)
    tramites = _tramites(whose)
    people = list(Person.select().where(Person.id.in_(whose.person_ids)))
    for row in OwnView.select():
        text = fold(f"{row.name} {row.line}")
        said = set(words(text))
        tells = any(address in text for address in addresses) or bool(said & tramites) or any(_names(p, said) for p in people)
        if tells or fulltext.unused(said & known):
            OwnView.delete().where(OwnView.id == row.id).execute()


def _tramites(whose: Whose) -> set[str]:
    query = Ticket.select(Ticket.tramite_id).where(Ticket.id.in_(whose.ticket_ids), Ticket.tramite_id.is_null(False))
    return {word for (tramite,) in query.tuples() for word in words(tramite) if any(letter.isdigit() for letter in word)}


def _names(person: Person, said: set[str]) -> bool:
    surnames = {*words(person.first_surname), *words(person.second_surname)}
    return bool(said & set(words(person.given_names))) and bool(said & surnames)
