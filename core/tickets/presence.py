"""Who has a ticket before them: a heartbeat that shows a colleague before two people write the same answer."""

from __future__ import annotations

from core import clock
from core.database.binding import reads, writes
from core.people.models import Staff as StaffRow
from core.people.staff import current
from core.people.views import Staff
from core.tickets import mentions
from core.tickets.access import visible_ticket
from core.tickets.models import Presence
from core.tickets.views import Watcher

HEARTBEAT = 5
_GONE_AFTER = 20


@writes
def look(actor: Staff, ticket_id: int, writing: bool) -> tuple[Watcher, ...]:
    """Say that one has the ticket before oneself, again every `HEARTBEAT` seconds; who else has.

    What one was called to in its notes has been seen then.
    """
    me, now = current(actor), clock.now()
    visible_ticket(me, ticket_id, "read")
    Presence.insert(ticket=ticket_id, staff=me.id, seen_at=now, writing=writing).on_conflict(
        conflict_target=[Presence.ticket, Presence.staff],
        update={Presence.seen_at: now, Presence.writing: int(writing)},
    ).execute()
    mentions.see(me, ticket_id)
    return watchers(ticket_id, me.id)


@writes
def stop_looking(actor: Staff, ticket_id: int) -> None:
    """Say that one has left the ticket."""
    Presence.delete().where(Presence.ticket == ticket_id, Presence.staff == actor.id).execute()


@reads
def watchers(ticket_id: int, but: int) -> tuple[Watcher, ...]:
    """Who has a ticket before them now, apart from one of them; those who write come first."""
    query = (
        Presence.select(StaffRow.id, StaffRow.name, Presence.writing)
        .join(StaffRow, on=(Presence.staff == StaffRow.id))
        .where(Presence.ticket == ticket_id, Presence.staff != but, Presence.seen_at > clock.now() - _GONE_AFTER)
        .order_by(Presence.writing.desc(), StaffRow.name)
        .tuples()
    )
    return tuple(Watcher(staff_id, name, bool(writing)) for staff_id, name, writing in query)
