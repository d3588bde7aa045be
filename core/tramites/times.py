"""How long each stage takes, counted from the trámites that are brought in; what too few went through is left out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from itertools import groupby
from typing import Any

from core import clock
from core.database.binding import reads, writes
from core.database.prepared import Prepared
from core.text import fold
from core.tramites.models import StagePassage, StageTime
from core.tramites.stages import first_stage, last_stage, stage_named
from core.tramites.views import StageTimes

FEWEST = 30
"""Of fewer trámites nothing is said: the next one may be quite different."""
WINDOW = 365
"""Days: what took so long before says little about today."""

Row = dict[str, Any]


def moved(before: Row | None, now: Row, today: int) -> tuple[int | None, Row | None]:
    """Since when a trámite is in its stage, and the passage through the stage that it has left, if both ends are known."""
    stage = stage_named(now["state"])
    if before is None:
        return _received(now), None
    last, since = stage_named(before["state"]), before["stage_since"] or _received(before)
    if stage == last:
        return since, None
    if since is None or last in (None, last_stage()):
        return today, None
    days = (clock.day_from(today) - clock.day_from(since)).days
    return today, {"kind": before["kind"], "stage": last.name, "days": max(days, 0), "left_on": today}


@writes
def keep(passages: Sequence[Row]) -> None:
    """Keep what trámites have gone through: how long, of which kind, never whose."""
    for start in range(0, len(passages), 500):
        StagePassage.insert_many(passages[start : start + 500]).execute()


@writes
def count_again() -> None:
    """Work out the days of each stage anew, and forget what lies too far back."""
    today = clock.day_number(clock.today())
    oldest = clock.day_number(clock.today() - timedelta(days=WINDOW))
    StagePassage.delete().where(StagePassage.left_on < oldest).execute()
    StageTime.delete().execute()
    columns = (StagePassage.kind, StagePassage.stage, StagePassage.days)
    ordered = StagePassage.select(*columns).order_by(*columns).tuples().iterator()
    for (kind, stage), rows in groupby(ordered, key=lambda row: row[:2]):
        days = [row[2] for row in rows]
        if len(days) >= FEWEST:
            half, most = days[len(days) // 2], days[len(days) * 9 // 10]
            StageTime.insert(kind=kind, stage=stage, passages=len(days), half=half, most=most, counted_on=today).execute()


@reads
def stage_times(kinds: Iterable[str] = (), like: Iterable[str] = ()) -> tuple[StageTimes, ...]:
    """The times of trámites of these kinds, and of those whose kind has one of these words in its name."""
    wanted, parts = set(kinds), tuple(like)
    return tuple(
        StageTimes(kind, stage, passages, half, most, clock.day_from(counted_on))
        for kind, stage, passages, half, most, counted_on in _TIMES()
        if kind in wanted or is_like(kind, parts)
    )


def is_like(kind: str, parts: Iterable[str]) -> bool:
    """Whether the name of a kind of trámite has one of these words in it."""
    name = fold(kind)
    return any(fold(part) in name for part in parts)


def _received(row: Row) -> int | None:
    """The day on which a trámite came in, while it is in its first stage: it has been there since."""
    return row["created_on"] if stage_named(row["state"]) == first_stage() else None


_TIMES = Prepared(
    lambda: StageTime.select(
        StageTime.kind, StageTime.stage, StageTime.passages, StageTime.half, StageTime.most, StageTime.counted_on
    ).order_by(StageTime.kind, StageTime.stage)
)
