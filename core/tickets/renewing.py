"""Late decrees move due days: which tickets they touch, and whether every due day is the ledger's."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta
from functools import cache
from typing import Any

from core import clock
from core.calendar import business, feasts, ledger
from core.database.binding import reads, unlocked, writes
from core.tickets import terms
from core.tickets.models import Extension, Pause, Ticket
from core.tickets.records import record
from core.tickets.terms import Made, Wait

_LATELY = timedelta(days=90)
_LONGEST = timedelta(days=150)
"""More than any term with its waits takes: what was opened earlier was due before."""


@unlocked
def renew() -> int:
    """Let late decrees move the due days of open tickets, and of those that ended since; how many moved."""
    for pause_id in _short_waits():
        _lengthen(pause_id)
    return sum(_renew(ticket_id) for ticket_id in _touched())


@reads
def wrong() -> list[int]:
    """The tickets whose due day is not the ledger's."""
    return list(_wrong(_rows().order_by(Ticket.id)))


@reads
def _touched() -> list[int]:
    found = list(_wrong(_rows().where(Ticket.resolved_at.is_null())))
    recent = [day for day in feasts.publications() if day > clock.today() - _LATELY]
    if recent:
        opened = Ticket.opened_on >= clock.day_number(recent[0] - _LONGEST)
        found += _wrong(_rows().where(opened, Ticket.resolved_at >= clock.start_of(recent[0])))
    return found


@reads
def _short_waits() -> list[int]:
    """The waits from which a decree takes a day."""
    waits = Pause.select(Pause.id, Pause.asked_on, Pause.days, Pause.until_on).where(Pause.ended_at.is_null())
    return [pause_id for pause_id, *made_of, until in waits.tuples() if _last_day(*made_of) > until]


@writes
def _lengthen(pause_id: int) -> None:
    pause = Pause.get_by_id(pause_id)
    longer = {"until_on": _last_day(pause.asked_on, pause.days)}
    Pause.update(**longer).where(Pause.id == pause_id, Pause.ended_at.is_null()).execute()


def _last_day(asked_on: int, days: int) -> int:
    return clock.day_number(business.add_business_days(clock.day_from(asked_on), days))


@writes
def _renew(ticket_id: int) -> int:
    before = Ticket.select(Ticket.due_on).where(Ticket.id == ticket_id).get().due_on
    due_on = clock.day_number(terms.settle(ticket_id))
    if due_on != before:
        record(ticket_id, "vencimiento", code=str(due_on))
    return int(due_on != before)


def _rows() -> Any:
    return Ticket.select(Ticket.id, Ticket.due_on, *(getattr(Ticket, name) for name in Made._fields))


def _wrong(rows: Any) -> Iterator[int]:
    """Of very many tickets those with a wrong day: only the few with waits or an extension are counted one by one."""
    waits, more = _all_waits(), dict(Extension.select(Extension.ticket, Extension.days).tuples())
    decrees = bool(feasts.publications())
    counted = cache(_due_on)
    for ticket_id, due_on, *columns in rows.tuples().iterator():
        made = Made(*columns) if decrees else Made(*columns)._replace(resolved_at=None)
        simple = ticket_id not in waits and ticket_id not in more
        right = counted(made) if simple else _due_on(made, tuple(waits[ticket_id]), more.get(ticket_id, 0))
        if right != due_on:
            yield ticket_id


def _due_on(made: Made, waits: tuple[Wait, ...] = (), more_days: int = 0) -> int:
    return clock.day_number(ledger.count(terms.term(made, waits, more_days)).due_on)


def _all_waits() -> dict[int, list[Wait]]:
    found = defaultdict(list)
    columns = (Pause.asked_on, Pause.until_on, Pause.ended_on, Pause.outcome)
    for ticket_id, *wait in Pause.select(Pause.ticket, *columns).order_by(Pause.id).tuples():
        found[ticket_id].append(Wait(*wait))
    return found
