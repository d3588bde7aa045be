"""What is removed by itself once nobody needs it."""

from __future__ import annotations

from core.database.binding import unlocked
from core.people import accounts, sessions, throttles, visitors


@unlocked
def tidy() -> int:
    """Remove expired sessions, abandoned drafts of visitors, unvalidated accounts and full allowances; how many."""
    return sessions.forget_expired() + visitors.forget_old() + accounts.forget_unverified() + throttles.forget_full()
