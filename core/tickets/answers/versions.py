"""What a draft said before: the last five texts of each that really differ, kept while somebody may want them back."""

from __future__ import annotations

from peewee import fn

from core import clock
from core.database.binding import reads, writes
from core.database.prepared import Prepared, insert, slot
from core.people.staff import current
from core.people.views import Staff
from core.text import is_blank
from core.tickets.access import visible_ticket
from core.tickets.models import AnswerDraft, DraftVersion, Ticket
from core.tickets.views import Version

MOST = 5
_STOOD = 60
"""Seconds after which a text that nobody touched is worth keeping when it changes."""
_KEPT_ALONE = 86_400
"""Seconds for which versions stay once their draft was sent or emptied."""
LONGEST_KEPT = 30 * 86_400
"""Seconds after which versions go in any case, and drafts of tickets that were answered so long ago."""


@reads
def of(actor: Staff, ticket_id: int, kind: str) -> tuple[Version, ...]:
    """The earlier texts of one's own draft, newest first; raises `NotFound`."""
    me = current(actor)
    visible_ticket(me, ticket_id, "read")
    return tuple(Version(at, body) for _id, at, body in _OF(ticket=ticket_id, staff=me.id, kind=kind, most=MOST))


@writes
def keep(ticket_id: int, staff_id: int, kind: str, body: str) -> None:
    """Keep a text as a version; where one of it and the newest holds all the words of the other, only that one stays."""
    newest = _OF.first(ticket=ticket_id, staff=staff_id, kind=kind, most=1)
    if is_blank(body) or (newest is not None and body in newest[2]):
        return
    if newest is not None and newest[2] in body:
        DraftVersion.update(body=body, at=clock.now()).where(DraftVersion.id == newest[0]).execute()
        return
    insert(DraftVersion, ticket_id=ticket_id, staff_id=staff_id, kind=kind, body=body, at=clock.now())
    kept = [row[0] for row in _OF(ticket=ticket_id, staff=staff_id, kind=kind, most=MOST)]
    place = (DraftVersion.ticket == ticket_id) & (DraftVersion.staff == staff_id) & (DraftVersion.kind == kind)
    DraftVersion.delete().where(place, DraftVersion.id.not_in(kept)).execute()


@writes
def keep_replaced(ticket_id: int, staff_id: int, kind: str, body: str) -> None:
    """Keep what a draft says now if it stood for a while, or if the text that takes its place is another altogether."""
    row = _NOW.first(ticket=ticket_id, staff=staff_id, kind=kind)
    if row is None or row[0] in body:
        return
    if clock.now() - row[1] >= _STOOD or is_another(row[0], body):
        keep(ticket_id, staff_id, kind, row[0])


def is_another(before: str, after: str) -> bool:
    """Whether less than half of a text was left where it stood, at its beginning and its end."""
    shorter = min(len(before), len(after))
    start = next((place for place in range(shorter) if before[place] != after[place]), shorter)
    left = shorter - start
    end = next((place for place in range(left) if before[-1 - place] != after[-1 - place]), left)
    return (start + end) * 2 < len(before)


@writes
def forget_old() -> int:
    """Remove versions whose draft was sent or emptied yesterday, and all unfinished words that nobody came back to; how many."""
    now = clock.now()
    draft = AnswerDraft.select(AnswerDraft.ticket).where(
        AnswerDraft.ticket == DraftVersion.ticket,
        AnswerDraft.staff == DraftVersion.staff,
        AnswerDraft.kind == DraftVersion.kind,
    )
    alone = (DraftVersion.at < now - _KEPT_ALONE) & ~fn.EXISTS(draft)
    old = DraftVersion.at < now - LONGEST_KEPT
    ended = Ticket.select(Ticket.id).where(Ticket.id == AnswerDraft.ticket, Ticket.resolved_at < now - LONGEST_KEPT)
    stale = (AnswerDraft.saved_at < now - LONGEST_KEPT) & fn.EXISTS(ended)
    return int(DraftVersion.delete().where(alone | old).execute() + AnswerDraft.delete().where(stale).execute())


_OF = Prepared(
    lambda: (
        DraftVersion.select(DraftVersion.id, DraftVersion.at, DraftVersion.body)
        .where(DraftVersion.ticket == slot("ticket"), DraftVersion.staff == slot("staff"), DraftVersion.kind == slot("kind"))
        .order_by(DraftVersion.id.desc())
        .limit(slot("most"))
    )
)
_NOW = Prepared(
    lambda: AnswerDraft.select(AnswerDraft.body, AnswerDraft.saved_at).where(
        AnswerDraft.ticket == slot("ticket"), AnswerDraft.staff == slot("staff"), AnswerDraft.kind == slot("kind")
    )
)
