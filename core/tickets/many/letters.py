"""The letters of an answer to many, one for each ticket, as whoever writes or reviews it looks at them."""

from __future__ import annotations

from contextlib import suppress

from core.database.binding import reads, unlocked
from core.errors import NeedsReason, NotFound
from core.people.staff import current
from core.people.views import Staff
from core.tickets import looks
from core.tickets.many import batches, surges, tongues, wording
from core.tickets.many.alike import first_words
from core.tickets.many.views import Letter
from core.tickets.models import Ticket


@unlocked
def letters_of(actor: Staff, surge_id: int) -> tuple[Letter, ...]:
    """What each ticket will get, in the order of their ids; for a reviewer, those that may be seen. Raises `NotFound`.

    That somebody looked at each is kept; of what lies outside their own work only the row is told.
    """
    surges.readable(actor, surge_id)
    for ticket_id in surges.tickets_of(surge_id):
        with suppress(NotFound, NeedsReason):
            looks.admit(actor, ticket_id, looks.PREVIEW)
    return _letters(actor, surge_id)


@reads
def _letters(actor: Staff, surge_id: int) -> tuple[Letter, ...]:
    me, surge = current(actor), surges.readable(actor, surge_id)
    versions = surges.tickets_of(surge_id)
    mine = surge.author_id == me.id
    planned = batches.preview(me, "responder", sorted(versions), {"surge": "0"})  # the words are looked at here
    tickets = {row.id: row for row in Ticket.select().where(Ticket.id.in_(list(versions)))}
    found = []
    for each in planned:
        ticket = tickets[each.row.id]
        changed = "cambió desde entonces" if not surge.can_be_written and each.row.version != versions[each.row.id] else ""
        words = wording.worded(me, each.row.id, surge.text, surge.author)
        why_not = changed or (each.why_not if mine else "") or words.why_not
        asked = "" if words.why_not == wording.STRANGE else first_words(each.row.id)
        told = words.text, why_not, words.warning, tongues.speaks(surge.text, ticket.language)
        found.append(Letter(each.row, each.row.version, ticket.language, asked, *told))
    return tuple(found)
