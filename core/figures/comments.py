"""What people wrote beside the grade of an answer, for supervisors."""

from __future__ import annotations

from dataclasses import dataclass

from peewee import SQL

from core.database.binding import reads
from core.database.prepared import Prepared, slot
from core.people import policy
from core.people.staff import current
from core.people.views import Staff
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


@reads
def comments(actor: Staff, older_than: Comment | None = None) -> tuple[Comment, ...]:
    """A page of comments, the newest first, about tickets that this person may see; raises `NotAllowed`."""
    me = current(actor)
    policy.require(me, "statistics")
    at, ticket_id = (older_than.at, older_than.ticket_id) if older_than else _LAST
    found = _PAGE(hidden=sorted(policy.hidden_routes(me)), at=at, ticket=ticket_id)
    return tuple(Comment(*values) for values in found)


_PAGE = Prepared(
    lambda hidden: (
        Survey.select(Ticket.id, Ticket.folio, Ticket.categoria, Survey.grade, Survey.comment, Survey.answered_at)
        .join(Ticket, on=(Survey.ticket == Ticket.id))
        .where(_WRITTEN, Ticket.route.not_in(hidden), Survey.answered_at <= slot("at"))
        .where((Survey.answered_at < slot("at")) | (Survey.ticket < slot("ticket")))
        .order_by(Survey.answered_at.desc(), Survey.ticket.desc())
        .limit(PAGE)
    )
)
