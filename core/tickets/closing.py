"""The end of an answered ticket: when its person says that it is enough, or when thirty days have passed."""

from __future__ import annotations

from typing import Any

from peewee import SQL

from core import clock
from core.database import engines
from core.database.binding import db, reads, unlocked, writes
from core.database.prepared import Prepared, slot
from core.errors import Conflict
from core.language import _
from core.people import models as people
from core.people import standing
from core.people.account_views import Account
from core.tickets.citizens import following
from core.tickets.models import Ticket
from core.tickets.records import record

CLOSED_AFTER = 30 * 86_400
"""Seconds after its answer at which a ticket closes by itself."""
ENOUGH, TIME = "persona", "plazo"
"""The codes of an end that the person wanted, and of one that time brought."""
_BATCH = 200


@writes
def enough(account: Account, folio: str) -> None:
    """Close an answered ticket because its person says so; doing it twice is harmless. Raises `NotFound`, `Conflict`."""
    row = following.own(account, folio, change=True)
    if row.state == "cerrado":
        return
    standing.require_free(account.id)
    if row.state != "respondido":
        raise Conflict(_("Este ticket todavía no tiene respuesta."), row.folio)
    _close([row.id], ENOUGH)


@unlocked
def close_old() -> int:
    """Close what was answered thirty days ago, once however many workers there are; how many."""
    before, after, closed = clock.now() - CLOSED_AFTER, (0, 0), 0
    while found := _due(before, *after):
        closed += _close_batch([ticket_id for ticket_id, _at in found])
        after = (found[-1][1], found[-1][0])
    return closed


@reads
def _due(before: int, after_at: int, after_id: int) -> list[tuple[Any, ...]]:
    """The next tickets to close, but for those of people whose data nobody may treat now."""
    return _DUE(before=before, at=after_at, id=after_id)


@writes
def _close_batch(ticket_ids: list[int]) -> int:
    """Close these, but for those of people whose data were blocked a moment ago."""
    _LOCK(ids=ticket_ids)
    free = [ticket_id for (ticket_id,) in _FREE(ids=ticket_ids)]
    return _close(free, TIME) if free else 0


def _close(ticket_ids: list[int], code: str) -> int:
    """Close those that nobody else has closed meanwhile, each with its event; how many."""
    closed = _CLOSE(ids=ticket_ids)
    for (ticket_id,) in closed:
        record(ticket_id, "cerrado", code=code)
    return len(closed)


def _with_account(*columns: Any) -> Any:
    """Tickets whose person's data may be treated."""
    return (
        Ticket.select(*columns)
        .join(people.Person, on=(Ticket.person == people.Person.id))
        .join(people.Account, on=(people.Person.account == people.Account.id))
        .where(people.Account.blocked_at.is_null())
    )


_DUE = Prepared(
    lambda: (
        _with_account(Ticket.id, Ticket.resolved_at)
        .where(Ticket.state == SQL("'respondido'"), Ticket.resolved_at <= slot("before"))  # in full: its index is known by it
        .where((Ticket.resolved_at > slot("at")) | ((Ticket.resolved_at == slot("at")) & (Ticket.id > slot("id"))))
        .order_by(Ticket.resolved_at, Ticket.id)
        .limit(_BATCH)
    )
)
_LOCK = Prepared(lambda ids: engines.for_change(db.obj, Ticket.select(Ticket.id).where(Ticket.id.in_(ids)).order_by(Ticket.id)))
_FREE = Prepared(lambda ids: _with_account(Ticket.id).where(Ticket.id.in_(ids)))
_CLOSE = Prepared(
    lambda ids: (
        Ticket.update(state="cerrado", version=Ticket.version + 1)
        .where(Ticket.id.in_(ids), Ticket.state == "respondido")
        .returning(Ticket.id)
    )
)
