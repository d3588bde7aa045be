"""The row of a ticket: looked at, or locked until the transaction ends, by statements that are put together once.

Each gives a `Ticket`, or None when there is none.
"""

from __future__ import annotations

from typing import Any

from core.database import engines
from core.database.binding import db
from core.database.prepared import Prepared, columns_of, row_of, slot
from core.tickets.models import Ticket


def read(ticket_id: int) -> Any:
    """A ticket as it is now."""
    return _row(_READ.first(ticket=ticket_id))


def lock(ticket_id: int) -> Any:
    """A ticket that nobody else changes until the transaction ends."""
    return _row(_LOCK.first(ticket=ticket_id))


def read_named(folio: str) -> Any:
    """The ticket of a folio as it is now."""
    return _row(_READ_NAMED.first(folio=folio))


def lock_named(folio: str) -> Any:
    """The ticket of a folio, which nobody else changes until the transaction ends."""
    return _row(_LOCK_NAMED.first(folio=folio))


def _row(values: tuple[Any, ...] | None) -> Any:
    return None if values is None else row_of(Ticket, values)


def _with(condition: Any) -> Any:
    return Ticket.select(*columns_of(Ticket)).where(condition)


_READ = Prepared(lambda: _with(Ticket.id == slot("ticket")))
_LOCK = Prepared(lambda: engines.for_change(db.obj, _with(Ticket.id == slot("ticket"))))
_READ_NAMED = Prepared(lambda: _with(Ticket.folio == slot("folio")))
_LOCK_NAMED = Prepared(lambda: engines.for_change(db.obj, _with(Ticket.folio == slot("folio"))))
