"""For how long an answer can be taken back, in seconds: as terminals count it down."""

from __future__ import annotations

SECONDS = 20
"""For how long at least."""
WHOLE = SECONDS + 1
"""On a clock of whole seconds one more, so that nobody gets less."""


def left(release_at: int, now: int) -> int:
    """The seconds that are left until an instant, as they are told: never more than were promised, never fewer than none."""
    return max(0, min(SECONDS, release_at - now))
