"""A grown-up child's own account: the person moves, and with them tickets, their letters and what was begun for them."""

from __future__ import annotations

from core.database.binding import unlocked, writes
from core.mail import outbox
from core.people import children
from core.people.children import Moved
from core.tickets import finding
from core.tramites import starting


@unlocked
def take_over(token: str, password: str, repeated: str) -> None:
    """Accept an account of one's own; raises `NotFound`, `Conflict`, `Invalid` (see `children`)."""
    _move(token, children.password_for(token, password, repeated))


@writes
def _move(token: str, password_hash: str) -> Moved:
    moved = children.move(token, password_hash)
    outbox.hand_on(finding.tickets_of_person(moved.person_id), moved.account_id)
    starting.follow(moved.person_id, moved.email)
    finding.index_again(moved.account_id)
    return moved
