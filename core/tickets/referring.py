"""Passing a ticket on to the organism that has to answer it, with a letter that names it (Ley 19.880 art. 14)."""

from __future__ import annotations

from core import clock
from core.database.binding import writes
from core.errors import Invalid
from core.people.staff import current
from core.people.views import Staff
from core.text import clean_block, clean_line, is_blank
from core.tickets import lettering, saying, waiting
from core.tickets.access import visible_ticket
from core.tickets.answers import gate
from core.tickets.models import Presence, Ticket
from core.tickets.records import index_words, record
from core.tickets.views import Overruled

LONGEST_NAME = 120


@writes
def refer(
    actor: Staff, ticket_id: int, version: int, organism: str, text: str, key: str, overruled: Overruled = gate.NOTHING
) -> None:
    """End a ticket by telling the person who has to answer it. Sent twice with one key, it is done once.

    Raises `Conflict`, and changes nothing, when the ticket is no longer the one that was read (`version`) or is a
    colleague's; `Invalid` when no organism is named or nothing is said; `gate.Stopped` when something in the text should
    not leave.
    """
    me = current(actor)
    ticket = visible_ticket(me, ticket_id, "refer")
    if saying.already_said(ticket_id, key):
        return
    saying.require_unchanged(ticket, me, version)
    name = clean_line(organism)
    if is_blank(name) or len(name) > LONGEST_NAME:
        raise Invalid({"organismo": f"Escribe qué organismo debe responder, en {LONGEST_NAME} letras a lo más."})
    if is_blank(clean_block(text)):
        raise Invalid({"texto": "Explica a la persona cómo seguir con ese organismo."})
    message_id = saying.say(ticket.id, me, "derivacion", f"{name}\n\n{clean_block(text)}", key)
    gate.require_passed(me, ticket, "derivacion", text, key, overruled)
    ended = {"state": "derivado", "assignee": me.id, "resolved_at": clock.now(), "version": Ticket.version + 1}
    Ticket.update(**ended).where(Ticket.id == ticket.id).execute()
    waiting.end(ticket.id)
    record(ticket.id, "derivado", me.id)
    index_words(ticket.id)
    Presence.delete().where(Presence.ticket == ticket.id, Presence.staff == me.id).execute()
    saying.send("referral", ticket, lettering.referral(me, name, text), message_id)
