"""Textual's tests guess from the processor's time that a terminal is at rest, 20 ms at least for each key: the loop knows it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic
from typing import Any

_NEXT_FRAME = 1 / 50
"""Seconds; a screen is painted by a timer of 1/120."""
_bursts: list[bool] = []


@contextmanager
def in_a_burst() -> Iterator[None]:
    """Let keys come as from a quick hand on a slow line: all of them before the first is carried out."""
    _bursts.append(True)
    try:
        yield
    finally:
        _bursts.pop()


async def at_rest(min_sleep: float = 0, max_sleep: float = 1) -> None:
    """Wait until the loop has nothing to do now nor within a frame, `max_sleep` seconds at most."""
    if _bursts:
        await asyncio.sleep(0)
        return
    loop: Any = asyncio.get_running_loop()
    until = monotonic() + max_sleep
    while monotonic() < until:
        await asyncio.sleep(0)
        if loop._ready:
            continue
        due = min((timer.when() for timer in loop._scheduled if not timer.cancelled()), default=loop.time() + 1) - loop.time()
        if due > _NEXT_FRAME:
            return
        await asyncio.sleep(max(due, 0))
