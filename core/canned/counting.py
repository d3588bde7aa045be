"""How canned answers fare: two counters, so that nobody has to look through a million answers."""

from __future__ import annotations

from core.canned.models import Canned
from core.database.binding import writes
from core.database.prepared import Prepared, slot


@writes
def count_answered(canned_id: int) -> None:
    """One more answer says it."""
    _ANSWERED.count(canned=canned_id)


@writes
def count_second(canned_id: int) -> None:
    """One of its answers was not enough."""
    _SECOND.count(canned=canned_id)


_ANSWERED = Prepared(lambda: Canned.update(answered=Canned.answered + 1).where(Canned.id == slot("canned")))
_SECOND = Prepared(lambda: Canned.update(seconds=Canned.seconds + 1).where(Canned.id == slot("canned")))
