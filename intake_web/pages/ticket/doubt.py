"""A doubt that was solved before anything was written: counted, and nobody has to wait for an answer."""

from __future__ import annotations

from core.tickets.citizens import deflection
from intake_web.pages.ticket.draft import START, writing_of
from intake_web.replies import Reply, go, show
from intake_web.visit import Visit

SOLVED = "resuelto"


def count(visit: Visit) -> Reply:
    """Count it, once however often the button is pressed; what was written stays."""
    writing = writing_of(visit)
    if writing is None:
        return go(START)
    deflection.solved(visit.person, writing.person.id, visit.form["categoria"])
    return go(writing.path(SOLVED))


def show_solved(visit: Visit) -> Reply:
    """Thanks, and what becomes of the draft."""
    writing = writing_of(visit)
    if writing is None:
        return go(START)
    return show(visit, "ticket_solved.html", writing=writing)
