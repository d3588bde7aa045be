"""What somebody thinks of an answer: a grade from 1 to 7 and a comment, by a link in its letter, once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from core import clock, dates, tokens
from core.database.binding import reads, writes
from core.database.prepared import Prepared, slot
from core.errors import Invalid, NotFound
from core.language import _
from core.mail import outbox
from core.people import standing
from core.text import clean_block
from core.tickets.models import Survey, Ticket

LIFETIME = 30 * 86_400
"""Seconds for which a link works: as long as an answered ticket stays open to a second one by itself."""
LONGEST_COMMENT = 2_000
GRADES = ("1", "2", "3", "4", "5", "6", "7")
GOOD = 6
"""From this grade on an answer counts as good, on the scale that public bodies are measured by."""
_PURPOSE = "survey"

Standing = Literal["open", "answered", "expired", "unknown"]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a link is worth at this moment, and the folio that it is about (empty when it is not ours)."""

    standing: Standing
    folio: str = ""


def link(ticket_id: int) -> str:
    """The address at which whoever got the answer of a ticket grades it, without signing in."""
    return outbox.link(f"/encuesta/{tokens.issue(_PURPOSE, ticket_id)}")


def ways_on(folio: str, grade: str) -> dict[str, str]:
    """Where the letter of an answer leads on to: a second ticket, an hour at an office, the link of the grade."""
    second, hour = outbox.link(f"/ticket/{folio}/segundo"), outbox.link(f"/ticket/{folio}/hora")
    return {"second": second, "hour": hour, "survey": grade}


@reads
def look(token: str) -> Asked:
    """What a link is worth; looking at it uses nothing up."""
    ticket_id, in_time = _read(token)
    row = _TICKET.first(ticket=ticket_id)
    if row is None or standing.of_person(row[1]) == "suprimidos":
        return Asked("unknown")
    if _ANSWERED.first(ticket=ticket_id) is not None:
        return Asked("answered", row[0])
    return Asked("open" if in_time else "expired", row[0])


@writes
def answer(token: str, grade: str, comment: str) -> None:
    """Keep a grade and a comment, the first time; later ones change nothing.

    Raises `Invalid`, `NotFound` when the link is not ours or its time is over, `NotAllowed` while the data are blocked.
    """
    asked = look(token)
    if asked.standing == "answered":
        return
    if asked.standing != "open":
        raise NotFound(_("Este enlace ya no sirve."))
    words = clean_block(comment)
    wrong = _wrong(grade, words)
    if wrong:
        raise Invalid(wrong)
    ticket_id, now = _read(token)[0], clock.now()
    row = _TICKET.first(ticket=ticket_id)
    if row is not None:
        standing.require_free_person(row[1])
        today = clock.day_number(clock.day_of(now))
        _KEEP.count(ticket=ticket_id, grade=int(grade), comment=words, now=now, today=today)


def _wrong(grade: str, words: str) -> dict[str, str]:
    wrong = {} if grade in GRADES else {"nota": _("Elige una nota de 1 a 7.")}
    if len(words) > LONGEST_COMMENT:
        said = _("Tu texto tiene {length} caracteres y caben {longest}. Acórtalo un poco.")
        wrong["comentario"] = said.format(length=dates.number(len(words)), longest=dates.number(LONGEST_COMMENT))
    return wrong


def _read(token: str) -> tuple[int, bool]:
    """The ticket that a link is about, 0 when it is not ours, and whether it can still be answered."""
    try:
        payload, in_time = tokens.read(_PURPOSE, tokens.trimmed(token), LIFETIME), True
    except tokens.Expired as old:
        payload, in_time = old.payload, False
    return (payload if isinstance(payload, int) else 0), in_time


_TICKET = Prepared(
    lambda: Ticket.select(Ticket.folio, Ticket.person).where(Ticket.id == slot("ticket"), Ticket.answered_at.is_null(False))
)
_ANSWERED = Prepared(lambda: Survey.select(Survey.grade).where(Survey.ticket == slot("ticket")))
_KEEP = Prepared(
    lambda: Survey.insert(
        ticket=slot("ticket"),
        grade=slot("grade"),
        comment=slot("comment"),
        answered_at=slot("now"),
        answered_on=slot("today"),
    ).on_conflict_ignore()
)
