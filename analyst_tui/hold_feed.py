"""What screens ask of core about answers on hold: every function here runs in a thread and returns a whole answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from analyst_tui.feed import sheet
from core import clock
from core.people.views import Staff
from core.tickets.lists.beat import beat

if TYPE_CHECKING:
    from core.tickets.answers.views import Held, Returned
    from core.tickets.views import TicketSheet


class Holds(NamedTuple):
    """One's answers on hold, the latest last, and those that did not go out."""

    held: tuple[Held, ...]
    returned: tuple[Returned, ...]


def taken_back(actor: Staff, ticket_id: int) -> TicketSheet:
    """The ticket of an answer that was on hold and is a draft again."""
    from core.tickets.answers import holding

    holding.take_back(actor, ticket_id)
    return sheet(actor, ticket_id)


def holds(actor: Staff) -> Holds:
    """The actor's answers on hold, and those that did not go out."""
    from core.tickets.answers import held, holding

    return Holds(held.of_staff(actor), holding.returned(actor))


def watched() -> int:
    """The desk's mark, after whatever was due has gone out: any terminal lets answers go."""
    now = beat()
    if now.release_at is None or now.release_at > clock.now():
        return now.mark
    from core.tickets.answers import holding

    holding.release_due()
    return beat().mark
