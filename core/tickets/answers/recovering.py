"""Drafts that a file kept while the database was away: taken in at the next start, so that no word of them is lost."""

from __future__ import annotations

from core import clock
from core.database.binding import unlocked, writes
from core.errors import NotFound
from core.people import policy, standing
from core.people.staff import current
from core.people.views import Staff
from core.text import clean_block
from core.tickets import rows
from core.tickets.answers import drawer, versions
from core.tickets.answers.drawer import Shelved
from core.tickets.desk import keep_draft
from core.tickets.many import surges
from core.tickets.models import AnswerDraft, HeldAnswer, Message

_FOR_MANY = "tu respuesta a muchos"


@unlocked
def bring_back(actor: Staff) -> tuple[str, ...]:
    """Take in what lies in files of this machine for somebody; the folios whose drafts came back, or what else did.

    Raises `NotAllowed`, `TryLater`.
    """
    came_back = []
    for draft in drawer.of_staff(actor.id):
        is_for_many = (draft.ticket_id, draft.kind) == drawer.MANY
        try:
            told_new = surges.recover(actor, draft.body) if is_for_many else _take_in(actor, draft)
        except (_NotYet, NotFound):
            continue
        came_back += [_FOR_MANY if is_for_many else draft.folio] if told_new else []
        drawer.remove(draft)
    drawer.forget_older(clock.now() - versions.LONGEST_KEPT)
    return tuple(came_back)


class _NotYet(Exception):
    """The file waits: its ticket may not be seen now, or its person's data may not be treated."""


@writes
def _take_in(actor: Staff, draft: Shelved) -> bool:
    """Make a text the draft when it is newer than the database's, a version otherwise; whether it said anything new."""
    me = current(actor)
    ticket = rows.lock(draft.ticket_id)
    how = standing.of_person(ticket.person_id) if ticket else "suprimidos"
    if how == "suprimidos" or ticket.folio != draft.folio:
        return False
    if how or not policy.allowed(me, "read", ticket.route):
        raise _NotYet
    for other in draft.others:
        versions.keep(ticket.id, me.id, draft.kind, other)
    return not _was_sent(me, draft) and _keep(me, draft)


def _was_sent(me: Staff, draft: Shelved) -> bool:
    said = Message.select(Message.body).where(Message.ticket == draft.ticket_id, Message.staff == me.id)
    leaving = HeldAnswer.select(HeldAnswer.body).where(HeldAnswer.ticket == draft.ticket_id, HeldAnswer.staff == me.id)
    return any(clean_block(draft.body) in each.body for each in (*said, *leaving))


def _keep(me: Staff, draft: Shelved) -> bool:
    place = (draft.ticket_id, me.id, draft.kind)
    there = AnswerDraft.get_or_none(
        AnswerDraft.ticket == draft.ticket_id, AnswerDraft.staff == me.id, AnswerDraft.kind == draft.kind
    )
    if there is not None and draft.body in there.body:
        newer = draft.at >= there.saved_at and draft.aside not in ("", there.aside)
        if newer:
            keep_draft(*place, there.body, draft.aside, there.saved_at)
        return newer
    if there is not None and there.saved_at > draft.at:
        versions.keep(*place, draft.body)
        return True
    if there is not None and there.body not in draft.body:
        versions.keep(*place, there.body)
    keep_draft(*place, draft.body, draft.aside, draft.at)
    return True
