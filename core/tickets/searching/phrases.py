"""Words that follow each other, as somebody put them between quotes.

Neither index knows where in a text a word stands: tickets that have all the words are found by it, and read here.
"""

from __future__ import annotations

from collections.abc import Sequence

from core.database.prepared import Prepared
from core.people.models import Person
from core.text import words
from core.tickets.lists.sorting import Values
from core.tickets.models import Message, Ticket

LOOKED_AT = 2_000
"""How many tickets are read for a phrase, the newest of those that have its words."""
_PIECE = 500


def saying(phrases: Sequence[str], rows: list[Values]) -> tuple[list[Values], bool]:
    """Those of these rows in whose tickets every phrase is said; whether there were more than are read."""
    if not phrases or not rows:
        return rows, False
    newest = sorted(rows, key=lambda row: -row[0])[:LOOKED_AT]
    ids = [row[0] for row in newest]
    having = {each for at in range(0, len(ids), _PIECE) for each in _having(phrases, ids[at : at + _PIECE])}
    return [row for row in rows if row[0] in having], len(rows) > LOOKED_AT


def _having(phrases: Sequence[str], ids: list[int]) -> list[int]:
    said: dict[int, set[str]] = {ticket_id: set() for ticket_id in ids}
    for ticket_id, *texts in [*_BODIES(ids=ids), *_NAMES(ids=ids)]:
        joined = f" {' '.join(words(' '.join(filter(None, texts))))} "
        said[ticket_id].update(phrase for phrase in phrases if phrase in joined)
    return [ticket_id for ticket_id, found in said.items() if len(found) == len(set(phrases))]


_BODIES = Prepared(lambda ids: Message.select(Message.ticket, Message.body).where(Message.ticket.in_(ids)))
_NAMES = Prepared(
    lambda ids: (
        Ticket.select(Ticket.id, Person.given_names, Person.first_surname, Person.second_surname)
        .join(Person, on=(Ticket.person == Person.id))
        .where(Ticket.id.in_(ids))
    )
)
