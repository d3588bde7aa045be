"""What people wrote beside the grade of an answer, for supervisors."""

from __future__ import annotations

from dataclasses import dataclass

from peewee import SQL

from core.database.binding import reads, unlocked
from core.database.prepared import Prepared, slot
from core.people import policy
from core.people.staff import current
from core.people.views import Staff
from core.tickets import looks
from core.tickets.looks import Listed
from core.tickets.models import Survey, Ticket

PAGE = 50
_LAST = (2**62, 2**62)
_WRITTEN = Survey.comment != SQL("''")  # in full: its index is known by it


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment with its grade from 1 to 7."""

    ticket_id: int
    folio: str
    categoria: str
    grade: int
    words: str
    at: int


@unlocked
def comments(actor: Staff, older_than: Comment | None = None) -> tuple[Comment, ...]:
    """A page of comments, the newest first, about tickets that this person may see; that they were read is kept.

    Raises `NotAllowed`.
    """
    found = _page(actor, older_than)
    looks.listed(actor, looks.COMMENT, (Listed(person_id, comment.ticket_id) for comment, person_id in found))
    return tuple(comment for comment, _person in found)


@reads
def _page(actor: Staff, older_than: Comment | None) -> list[tuple[Comment, int]]:
    """The comments, each with the person who wrote it."""
    me = current(actor)
    policy.require(me, "statistics")
    at, ticket_id = (older_than.at, older_than.ticket_id) if older_than else _LAST
    rows = _PAGE(hidden=sorted(policy.hidden_routes(me)), at=at, ticket=ticket_id)
    return [(Comment(*values), person_id) for *values, person_id in rows]


_PAGE = Prepared(
    lambda hidden: (
        Survey.select(Ticket.id, Ticket.folio, Ticket.categoria, Survey.grade, Survey.comment, Survey.answered_at, Ticket.person)
        .join(Ticket, on=(Survey.ticket == Ticket.id))
        .where(_WRITTEN, Ticket.route.not_in(hidden), Survey.answered_at <= slot("at"))
        .where((Survey.answered_at < slot("at")) | (Survey.ticket < slot("ticket")))
        .order_by(Survey.answered_at.desc(), Survey.ticket.desc())
        .limit(PAGE)
    )
)
