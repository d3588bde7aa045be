"""The desk's heart: what a terminal looks at once a second to learn whether anything has changed."""

from __future__ import annotations

from typing import NamedTuple

from peewee import fn

from core.database.binding import reads
from core.database.prepared import Prepared
from core.tickets.models import Event, HeldAnswer

_SHIFT = 2**40
"""Far more than the numbers of all answers on hold at one moment add up to."""


class Beat(NamedTuple):
    """What a terminal watches: a number that is another one after every change, and when an answer is to go out next."""

    mark: int
    release_at: int | None


@reads
def beat() -> Beat:
    """The state of the desk: whatever happens leaves an event, or an answer that goes on hold or comes back."""
    ((newest, numbers, release_at),) = _BEAT()
    return Beat(int(newest or 0) * _SHIFT + int(numbers or 0), release_at)


_BEAT = Prepared(lambda: HeldAnswer.select(Event.select(fn.MAX(Event.id)), fn.SUM(HeldAnswer.id), fn.MIN(HeldAnswer.release_at)))
