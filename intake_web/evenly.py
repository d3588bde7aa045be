"""Answers that take the same time whatever was found, so that a clock tells no more than the words."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

LEAST = 0.05
"""Seconds: several times what the longest way through takes."""


@contextmanager
def evenly() -> Iterator[None]:
    """Let whatever is done within take at least this long, also when it is refused."""
    begun = time.perf_counter()
    try:
        yield
    finally:
        left = LEAST - (time.perf_counter() - begun)
        if left > 0:
            time.sleep(left)
