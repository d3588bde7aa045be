"""Canned answers in the demo: as if the newest answers had said them, so that the book has something to count."""

from __future__ import annotations

from collections import defaultdict

from peewee import fn

from core.canned import counting, loading
from core.canned.models import Canned
from core.database.binding import writes
from core.tickets.models import CannedUse, Message, Ticket

_ANSWERS = 3_000
_OWN_WORDS = 3
"""Every so manieth answer was in the analyst's own words."""


@writes
def use() -> int:
    """Say that answers of the example were canned ones of their subject; how many."""
    fitting = _fitting()
    said = [
        (message_id, fitting[categoria][ticket_id % len(fitting[categoria])], ticket_id, followed)
        for message_id, ticket_id, categoria, followed in _answers()
        if fitting[categoria] and ticket_id % _OWN_WORDS
    ]
    for message_id, canned_id, ticket_id, followed in said:
        CannedUse.insert(message=message_id, canned=canned_id, ticket=ticket_id, number=1).execute()
        counting.count_answered(canned_id)
        if followed:
            counting.count_second(canned_id)
    return len(said)


def _fitting() -> dict[str, list[int]]:
    """The canned answers of each categoría."""
    ids, found = dict(Canned.select(Canned.code, Canned.id).tuples()), defaultdict(list)
    for code, page in loading.first_set().items():
        for subject in page.subjects:
            found[subject].append(ids[code])
    return found


def _answers() -> list[tuple[int, int, str, bool]]:
    """The newest answers: message, ticket, categoría, and whether a second ticket followed."""
    later = Ticket.alias()
    followed = fn.EXISTS(later.select(later.id).where(later.second_of == Ticket.id))
    query = Message.select(Message.id, Ticket.id, Ticket.categoria, followed).join(Ticket, on=(Message.ticket == Ticket.id))
    newest = query.where(Message.kind == "respuesta").order_by(Message.id.desc()).limit(_ANSWERS)
    return [(message, ticket, categoria, bool(second)) for message, ticket, categoria, second in newest.tuples()]
