"""What the letters of the staff's verbs say, for the letter that goes out and for its preview alike.

Whoever calls speaks the ticket's language already (`language.using`).
"""

from __future__ import annotations

from datetime import date

from core import dates
from core.language import _
from core.people.views import Staff
from core.text import clean_block
from core.tickets import terms
from core.tickets.models import Ticket
from core.tickets.terms import Made

Words = dict[str, str]


def answer(me: Staff, text: str, files: str, ways_on: Words) -> Words:
    """An answer with what is said of its files, who gives it and where it leads on to."""
    return {"answer": clean_block(text) + files, "analyst": me.name, **ways_on}


def request(ticket: Ticket, me: Staff, text: str, until: date) -> Words:
    """What is missing, until when, and what the wait means for the terms that run."""
    return {"text": clean_block(text), "analyst": me.name, "until": dates.day(until), "clock": what_stops(terms.of(ticket))}


def extension(ticket: Ticket, me: Staff, text: str, before: date, due: date) -> Words:
    """Why it takes longer, and both dates."""
    return {"text": clean_block(text), "analyst": me.name, "due": dates.day(due), "before": dates.day(before)}


def referral(me: Staff, organism: str, text: str) -> Words:
    """Who has to answer, and how to go on with them."""
    return {"organism": organism, "text": clean_block(text), "analyst": me.name}


def what_stops(made: Made) -> str:
    """What a wait means for the terms that run, in the reader's language."""
    words = (
        _("Mientras esperamos, nuestro plazo está detenido: sigue cuando nos respondas.")
        if made.term_business
        else _("Nuestro plazo para responderte sigue corriendo mientras esperamos.")
    )
    own_due_on = terms.own_deadline(made)
    if own_due_on is None:
        return words
    own = _("Tu propio plazo no se detiene: vence el {day}.").format(day=dates.day(own_due_on))
    return f"{words}\n{own}"
