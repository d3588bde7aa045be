"""The banners that every page shows: read once in some seconds, not for every request."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from time import monotonic
from typing import Any

from core import clock
from core.banners.models import Banner
from core.banners.views import Shown
from core.database.binding import bound, reads
from core.database.prepared import Prepared, slot
from core.errors import Problem
from core.language import LANGUAGES

LIFE = 4.0
"""Seconds for which a process believes what it has read: a new banner is everywhere well before ten have passed."""
_SPANISH = next(iter(LANGUAGES))
_reading = threading.Lock()


@dataclass(slots=True)
class _Memory:
    """What was read, when, and from which database."""

    rows: tuple[tuple[int, int, dict[str, str]], ...] = ()
    read_at: float = float("-inf")
    source: Any = None

    def is_fresh(self) -> bool:
        return self.source is bound() and monotonic() - self.read_at < LIFE


_memory = _Memory()


def shown(language: str) -> tuple[Shown, ...]:
    """The banners of this moment, the newest first, in a language or else in Spanish; asks the database for them now and then.

    A database that is away changes nothing: they still end by themselves.
    """
    _refresh()
    now = clock.now()
    return tuple(_in(language, texts) for starts_at, ends_at, texts in _memory.rows if starts_at <= now < ends_at)


def forget() -> None:
    """Ask the database again at the next page of this process: something has changed."""
    _memory.read_at = float("-inf")


def _refresh() -> None:
    """Read again if it is time; while one thread reads, the others show what is known."""
    if bound() is None or _memory.is_fresh() or not _reading.acquire(blocking=False):
        return
    try:
        if _memory.source is not bound():
            _memory.rows = ()
        _memory.source, _memory.read_at = bound(), monotonic()
        _memory.rows = _read()
    except Problem:
        return  # it stands in the log already, and is tried again soon
    finally:
        _reading.release()


@reads
def _read() -> tuple[tuple[int, int, dict[str, str]], ...]:
    return tuple((starts, ends, dict(zip(LANGUAGES, texts, strict=True))) for starts, ends, *texts in _COMING(now=clock.now()))


def _in(language: str, texts: dict[str, str]) -> Shown:
    own = texts.get(language, "")
    return Shown(own, language) if own else Shown(texts[_SPANISH], _SPANISH)


_COMING = Prepared(
    lambda: (
        Banner.select(Banner.starts_at, Banner.ends_at, *(getattr(Banner, code) for code in LANGUAGES))
        .where(Banner.withdrawn_at.is_null(), Banner.ends_at > slot("now"))
        .order_by(Banner.id.desc())
    )
)
