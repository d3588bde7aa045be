"""Who has a ticket before them: a heartbeat that shows a colleague before two people write the same answer."""

from __future__ import annotations

from core import clock
from core.database.binding import reads, writes
from core.database.prepared import Prepared, slot
from core.people.models import Staff as StaffRow
from core.people.staff import current
from core.people.views import Staff
from core.tickets.access import visible_ticket
from core.tickets.asides import mentions
from core.tickets.models import Presence
from core.tickets.views import Watcher

HEARTBEAT = 5
_GONE_AFTER = 20


@writes
def look(actor: Staff, ticket_id: int, writing: bool) -> tuple[Watcher, ...]:
    """Say that one has the ticket before oneself, again every `HEARTBEAT` seconds; who else has.

    What one was called to in its notes has been seen then.
    Whoever began to write first has the lease, until the heartbeat is missed for `_GONE_AFTER` seconds and somebody
    else writes: after a lost connection it is still one's own if nobody did.
    """
    me, now = current(actor), clock.now()
    visible_ticket(me, ticket_id, "read")
    since = _writing_since(ticket_id, me.id, now) if writing else None
    Presence.insert(ticket=ticket_id, staff=me.id, seen_at=now, writing=writing, writing_since=since).on_conflict(
        conflict_target=[Presence.ticket, Presence.staff],
        update={Presence.seen_at: now, Presence.writing: int(writing), Presence.writing_since: since},
    ).execute()
    mentions.see(me, ticket_id)
    return watchers(ticket_id, me.id)


def _writing_since(ticket_id: int, staff_id: int, now: int) -> int:
    """Since when one writes: as before, unless one was away and somebody else writes; nobody begins at another's instant."""
    mine = _MINE.first(ticket=ticket_id, staff=staff_id)
    others = [since for who, _name, since in _HERE(ticket=ticket_id, after=now - _GONE_AFTER) if since and who != staff_id]
    if mine is not None and mine[1] is not None and (mine[0] > now - _GONE_AFTER or not others):
        return int(mine[1])
    return max([now, *(since + 1 for since in others)])


@writes
def stop_looking(actor: Staff, ticket_id: int) -> None:
    """Say that one has left the ticket."""
    Presence.delete().where(Presence.ticket == ticket_id, Presence.staff == actor.id).execute()


@reads
def watchers(ticket_id: int, but: int) -> tuple[Watcher, ...]:
    """Who has a ticket before them now, apart from one of them; those who write come first, the one who began before all."""
    here = _HERE(ticket=ticket_id, after=clock.now() - _GONE_AFTER)
    leader = min(((since, who) for who, _name, since in here if since), default=(0, 0))[1]
    told = [Watcher(who, name, since is not None, who == leader) for who, name, since in here if who != but]
    return tuple(sorted(told, key=lambda each: (not each.leads, not each.writing, each.name)))


_HERE = Prepared(
    lambda: (
        Presence.select(StaffRow.id, StaffRow.name, Presence.writing_since)
        .join(StaffRow, on=(Presence.staff == StaffRow.id))
        .where(Presence.ticket == slot("ticket"), Presence.seen_at > slot("after"))
    )
)
_MINE = Prepared(
    lambda: Presence.select(Presence.seen_at, Presence.writing_since).where(
        Presence.ticket == slot("ticket"), Presence.staff == slot("staff")
    )
)
