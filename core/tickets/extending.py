"""More days for an answer: once, before its term is over, with the reason.

By half of the term at most (Ley 19.880 art. 26), for a request about personal data by as many days again (Ley 21.719).
"""

from __future__ import annotations

from core import clock, language
from core.database.binding import writes
from core.errors import Conflict, Invalid
from core.people.staff import current
from core.people.views import Staff
from core.tickets import lettering, saying, terms
from core.tickets.access import visible_ticket
from core.tickets.answers import gate
from core.tickets.models import Extension, Ticket
from core.tickets.records import index_words, record
from core.tickets.views import Overruled


@writes
def extend(
    actor: Staff, ticket_id: int, version: int, days: int, text: str, key: str, overruled: Overruled = gate.NOTHING
) -> None:
    """Take more days and tell the person why: a letter names the new day. Sent twice with one key, it is done once.

    Raises `Conflict`, and changes nothing, when the ticket is no longer the one that was read (`version`), is a
    colleague's, or cannot be extended; `Invalid` when these are too many days or no reason; `gate.Stopped` when
    something in the text should not leave.
    """
    me = current(actor)
    ticket = visible_ticket(me, ticket_id, "extend")
    if saying.already_said(ticket_id, key):
        return
    saying.require_unchanged(ticket, me, version)
    reason = terms.why_not_extended(clock.day_from(ticket.due_on), terms.clock_of(ticket))
    if reason:
        raise Conflict(f"No se puede ampliar: {reason}.", ticket.folio)
    if not 1 <= days <= most(ticket):
        raise Invalid({"dias": f"Se puede ampliar entre 1 y {most(ticket)} días{_why(ticket)}."})
    before = clock.day_from(ticket.due_on)
    message_id = saying.say(ticket.id, me, "ampliacion", text, key)
    gate.require_passed(me, ticket, "ampliacion", text, key, overruled)
    Extension.insert(ticket=ticket.id, staff=me.id, message=message_id, at=clock.now(), days=days).execute()
    due_on = terms.settle(ticket.id)
    Ticket.update(version=Ticket.version + 1).where(Ticket.id == ticket.id).execute()
    record(ticket.id, "ampliado", me.id, str(days))
    index_words(ticket.id)
    with language.using(ticket.language):
        saying.send("extension", ticket, lettering.extension(ticket, me, text, before, due_on), message_id)


def most(ticket: Ticket) -> int:
    """By how many days a term can be extended at most: calendar days are those of requests about personal data."""
    return int(ticket.term_days) // 2 if ticket.term_business else int(ticket.term_days)


def _why(ticket: Ticket) -> str:
    return ": la mitad del plazo" if ticket.term_business else " corridos (Ley 21.719)"
