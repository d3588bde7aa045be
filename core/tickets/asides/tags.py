"""Tags: the staff's own words on a ticket, completed from those that are in use."""

from __future__ import annotations

from typing import Any

from core import clock
from core.database.binding import reads, writes
from core.database.prepared import Prepared, insert, slot
from core.errors import Conflict, Invalid
from core.people import policy
from core.people.staff import current
from core.people.views import Staff
from core.text import clean_line, fold, is_blank
from core.tickets.access import visible_ticket
from core.tickets.models import Tag, Ticket
from core.tickets.records import record, tags_of

LONGEST = 30
MOST = 10
"""Tags of one ticket."""
FIELD = "etiqueta"
_PROPOSED = 8


@writes
def add(actor: Staff, ticket_id: int, typed: str) -> tuple[str, ...]:
    """Put a tag on a ticket; its tags. One that is in use keeps its spelling. Raises `Invalid`, `Conflict`."""
    me = current(actor)
    visible_ticket(me, ticket_id, "tag")
    word, folded = _checked(typed)
    present = of_ticket(ticket_id)
    if folded in map(fold, present):
        return present
    if len(present) >= MOST:
        raise Conflict(f"Un ticket lleva {MOST} etiquetas a lo más: quita una antes.")
    known = _FIRST.first(folded=folded)
    insert(Tag, ticket_id=ticket_id, folded=folded, word=known[0] if known else word, staff_id=me.id, at=clock.now())
    record(ticket_id, "etiqueta", me.id, "puesta")
    return of_ticket(ticket_id)


@reads
def why_not(ticket_id: int, typed: str) -> str:
    """Why a ticket would not get this tag; empty when it would. Raises `Invalid`."""
    folded, present = _checked(typed)[1], of_ticket(ticket_id)
    if folded in map(fold, present):
        return "ya la lleva"
    return f"ya lleva {MOST} etiquetas" if len(present) >= MOST else ""


@writes
def remove(actor: Staff, ticket_id: int, typed: str) -> tuple[str, ...]:
    """Take a tag off a ticket, however it is spelled; its tags. Doing it twice is harmless."""
    me = current(actor)
    visible_ticket(me, ticket_id, "tag")
    if _REMOVE.count(ticket=ticket_id, folded=fold(clean_line(typed))):
        record(ticket_id, "etiqueta", me.id, "quitada")
    return of_ticket(ticket_id)


@reads
def of_ticket(ticket_id: int) -> tuple[str, ...]:
    """The tags of a ticket in the order of the alphabet."""
    return tags_of([ticket_id]).get(ticket_id, ())


@reads
def begun(actor: Staff, typed: str) -> tuple[str, ...]:
    """Tags on tickets that one may see which begin as what is typed does: a few; any at all for nothing typed."""
    seen = {"hidden": sorted(policy.hidden_routes(current(actor)))}
    first, proposed = fold(clean_line(typed))[:LONGEST], list[str]()
    row = _FROM.first(first=first, **seen)
    while row is not None and row[0].startswith(first) and len(proposed) < _PROPOSED:
        proposed.append(row[1])
        row = _AFTER.first(after=row[0], **seen)
    return tuple(proposed)


def _seen(hidden: list[Any], condition: Any) -> Any:
    """The first tag of those, each leapt to by the index however many tickets wear the one before."""
    on_tickets = Tag.select(Tag.folded, Tag.word).join(Ticket, on=(Tag.ticket == Ticket.id))
    return on_tickets.where(condition, Ticket.route.not_in(hidden)).order_by(Tag.folded).limit(1)


def _checked(typed: str) -> tuple[str, str]:
    word = " ".join(clean_line(typed).removeprefix("#").split())
    if is_blank(word) or not fold(word):
        raise Invalid({FIELD: "Escribe la etiqueta: una palabra o dos."})
    if len(word) > LONGEST:
        raise Invalid({FIELD: f"La etiqueta tiene {len(word)} letras y caben {LONGEST}."})
    return word, fold(word)


_FIRST = Prepared(lambda: Tag.select(Tag.word).where(Tag.folded == slot("folded")).limit(1))
_FROM = Prepared(lambda hidden: _seen(hidden, Tag.folded >= slot("first")))
_AFTER = Prepared(lambda hidden: _seen(hidden, Tag.folded > slot("after")))
_REMOVE = Prepared(lambda: Tag.delete().where(Tag.ticket == slot("ticket"), Tag.folded == slot("folded")))
