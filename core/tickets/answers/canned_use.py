"""Which canned answers went into which answers, and after how many of those a second ticket came."""

from __future__ import annotations

from core.canned import recognising
from core.canned.counting import count_answered, count_second
from core.database.prepared import Prepared, insert, slot
from core.tickets.models import CannedUse


def keep(ticket_id: int, message_id: int, text: str) -> None:
    """Remember the canned answers that an answer says, in the transaction that sends it."""
    for each in recognising.said_in(text):
        insert(CannedUse, message_id=message_id, canned_id=each.canned_id, ticket_id=ticket_id, number=each.number)
        count_answered(each.canned_id)


def followed(first_id: int) -> None:
    """Count a second ticket for the canned answers that the first one got."""
    for (canned_id,) in _OF_TICKET(ticket=first_id):
        count_second(canned_id)


_OF_TICKET = Prepared(
    lambda: CannedUse.select(CannedUse.canned).where(CannedUse.ticket == slot("ticket")).order_by(CannedUse.canned).distinct()
)
