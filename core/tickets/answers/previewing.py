"""The letter as it will look, before it is sent."""

from __future__ import annotations

from core import clock, language
from core.calendar import business
from core.database.binding import reads
from core.errors import Conflict
from core.files import attachments
from core.mail import outbox
from core.people.staff import current
from core.people.views import Staff
from core.text import clean_line
from core.tickets import lettering, saying, terms, waiting
from core.tickets.access import visible_ticket
from core.tickets.answers import answer_files
from core.tickets.answers.views import LetterPreview
from core.tickets.citizens import survey
from core.tickets.lettering import Words
from core.tickets.models import Ticket

LETTERS = {"respuesta": "answer", "pedido": "antecedents", "ampliacion": "extension", "derivacion": "referral"}
"""The letter that carries each kind of message."""


@reads
def preview(actor: Staff, ticket_id: int, kind: str, text: str, aside: str = "") -> LetterPreview:
    """Subject and text of the letter that would be written now; `aside` are the days or the organism that belong to it.

    Only the link to the grade differs: the real one is worth something. Raises `NotFound`, `Conflict` for a note.
    """
    me = current(actor)
    ticket = visible_ticket(me, ticket_id, "read")
    if kind not in LETTERS:
        raise Conflict("Una nota interna no es una carta: la persona no la ve.", ticket.folio)
    with language.using(ticket.language):
        said = saying.words_about(ticket, _words(ticket, me, kind, text, aside))
        subject, body = outbox.composed(LETTERS[kind], ticket.language, said)
    return LetterPreview(ticket.language, subject, body)


def _words(ticket: Ticket, me: Staff, kind: str, text: str, aside: str) -> Words:
    if kind == "respuesta":
        files = answer_files.told(ticket, [file.name for file in attachments.answering(ticket.id, me.id)])
        return lettering.answer(me, text, files, survey.ways_on(ticket.folio, outbox.link("/encuesta/…")))
    if kind == "pedido":
        return lettering.request(ticket, me, text, business.add_business_days(business.legal_day(clock.now()), waiting.DAYS))
    if kind == "derivacion":
        return lettering.referral(me, clean_line(aside), text)
    days = int(aside) if aside.strip().isdecimal() else 0
    return lettering.extension(ticket, me, text, clock.day_from(ticket.due_on), terms.due_with(ticket, days))
