"""An answer leaves the desk: message, state, event and letter together, whether at once or after its hold."""

from __future__ import annotations

from core import clock
from core.database.binding import writes
from core.files import attachments
from core.people.views import Staff
from core.tickets import lettering, saying, waiting
from core.tickets.answers import answer_files, canned_use
from core.tickets.citizens import survey
from core.tickets.models import Presence, Ticket
from core.tickets.records import index_words, record


@writes
def give(ticket: Ticket, me: Staff, text: str, key: str) -> None:
    """Answer a ticket whose row is locked and may be answered; raises `Invalid` when the text cannot be sent.

    A draft of the writer's stays: it may be another one than what is given.
    """
    body = saying.checked(text)
    message_id = saying.add(ticket.id, me, "respuesta", body, key)
    now = clock.now()
    answered_at = ticket.answered_at or now
    Ticket.update(
        state="respondido",
        assignee=me.id,
        resolved_at=now,
        answered_at=answered_at,
        answered_on=clock.day_number(clock.day_of(answered_at)),
        version=Ticket.version + 1,
    ).where(Ticket.id == ticket.id).execute()
    waiting.end(ticket.id)
    record(ticket.id, "respondido", me.id)
    index_words(ticket.id)
    Presence.delete().where(Presence.ticket == ticket.id, Presence.staff == me.id).execute()
    canned_use.keep(ticket.id, message_id, body)
    files = answer_files.told(ticket, attachments.send_answer(ticket.id, me.id, message_id))
    ways_on = survey.ways_on(ticket.folio, survey.link(ticket.id))
    saying.send("answer", ticket, lettering.answer(me, body, files, ways_on), message_id)
