"""What is removed by itself once nobody needs it."""

from __future__ import annotations

from core.appointments import keeping
from core.database.binding import unlocked
from core.files import attachments
from core.files import keeping as files
from core.people import accounts, proofs, sessions, throttles, visitors
from core.tickets import closing, renewing, waiting
from core.tickets.answers import holding, versions
from core.tickets.asides import taking_out

_TIDIES = (
    sessions.forget_expired,
    visitors.forget_old,
    accounts.forget_unverified,
    throttles.forget_full,
    proofs.forget_expired,
    keeping.settle_past,
    versions.forget_old,
    attachments.forget_abandoned,
    files.forget_orphans,
    renewing.renew,
    taking_out.forget_old,
    closing.close_old,
)
_CHORES = (holding.release_due, keeping.suspend_closed, keeping.remind, waiting.run_out, waiting.remind)


@unlocked
def tidy() -> int:
    """Remove sessions, drafts, accounts, allowances, proofs and files whose time is over, close tickets; how many."""
    return sum(forget() for forget in _TIDIES)


@unlocked
def do_chores() -> int:
    """Let answers go and write what people are to hear of at its time, each once however many workers there are; how many."""
    return sum(chore() for chore in _CHORES)
