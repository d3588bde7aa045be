"""The hold: a sent answer can be taken back for some seconds, then one transaction lets it go, whoever runs it.

Nothing outside the desk knows of an answer on hold: its words lie in a table of their own until message, state, event
and letter are made of them. When the ticket is another one by then, the words go back to their writer instead.
"""

from __future__ import annotations

import logging

from core import clock
from core.database.binding import reads, unlocked, writes
from core.database.prepared import Prepared, insert, slot
from core.errors import Conflict, NotAllowed, TryLater
from core.people import models as people
from core.people import policy, standing
from core.people.staff import current, staff_view
from core.people.views import Staff
from core.tickets import desk, rows, saying
from core.tickets.access import visible_ticket
from core.tickets.answers import answering, gate, held
from core.tickets.answers.holding_time import SECONDS, WHOLE
from core.tickets.answers.views import Held, Onward, Returned
from core.tickets.models import AnswerDraft, Event, HeldAnswer, Presence, Ticket
from core.tickets.records import index_words, record
from core.tickets.views import Overruled

BLOCKED, LEFT = "bloqueo", "cuenta"
"""The codes of what else sends an answer back: the person's data are blocked, its writer may not answer any more."""
_AGAIN = 60
_TOLD_FOR = 4 * 86_400
"""A long weekend: for so long somebody is told about an answer that came back."""
_UNSENT = "Respuesta que no salió, porque quien la escribió ya no puede responder este ticket:"

log = logging.getLogger("ayuda.holding")


@writes
def hold(actor: Staff, ticket_id: int, version: int, text: str, key: str, overruled: Overruled = gate.NOTHING) -> Held | None:
    """Send an answer that stays on hold for `SECONDS`; None when the one with this key has gone out already.

    Raises `Conflict`, and changes nothing, when the ticket is no longer the one that was read (`version`), is a
    colleague's, or has an answer on hold; `Invalid` when there is no text, `gate.Stopped` when something in it should
    not leave. Sent twice with one key, it is held once.
    """
    me = current(actor)
    ticket = visible_ticket(me, ticket_id, "hold")
    if saying.already_said(ticket_id, key):
        return None
    before = held.of_ticket(ticket_id)
    if before is not None and _is_held(key):
        return before
    held.refuse(ticket, me, " Tu texto sigue guardado.")
    saying.require_unchanged(ticket, me, version)
    body, now = saying.checked(text), clock.now()
    warned = gate.overruling(me, ticket, "respuesta", body, overruled)
    release_at = now + WHOLE
    read = {"version": desk.make_own(ticket, me), "held_at": now, "release_at": release_at}
    said = {"body": body, "submit_key": key, "overruled": ",".join(sorted(warned.codes)), "reason": warned.reason}
    insert(HeldAnswer, ticket_id=ticket.id, staff_id=me.id, **said, **read)
    saying.drop_draft(ticket.id, me, "respuesta")
    Presence.delete().where(Presence.ticket == ticket.id, Presence.staff == me.id).execute()
    return Held(ticket.id, ticket.folio, me.id, me.name, body, release_at)


@writes
def hold_and_take_next(
    actor: Staff, ticket_id: int, version: int, text: str, key: str, overruled: Overruled = gate.NOTHING
) -> Onward:
    """Send an answer (see `hold`) and take the next ticket, in one transaction: the loop of the desk."""
    again = _is_held(key)
    answer = hold(actor, ticket_id, version, text, key, overruled)
    taken = _taken_with(answer) if again and answer else None
    try:
        return Onward(answer, taken or desk.take_next(actor))
    except (Conflict, NotAllowed) as reason:
        return Onward(answer, None, reason.message)


@writes
def take_back(actor: Staff, ticket_id: int) -> None:
    """Make an answer on hold a draft again; raises `Conflict` when it has gone out, or is not this analyst's."""
    me = current(actor)
    ticket = visible_ticket(me, ticket_id, "take_back")
    row = HeldAnswer.get_or_none(HeldAnswer.ticket == ticket_id, HeldAnswer.staff == me.id)
    if row is None:
        raise Conflict("Esa respuesta ya salió: no se puede deshacer.", ticket.folio)
    _to_draft(row)


@unlocked
def release_due() -> int:
    """Let every answer go whose hold is over, each in a transaction of its own; how many went or came back.

    Any number of processes may do this at once: whoever takes the row does it.
    """
    return sum(_released(held_id) for held_id in _due())


@reads
def returned(actor: Staff) -> tuple[Returned, ...]:
    """The analyst's answers that did not go out and wait as drafts, the latest last."""
    found = _RETURNED(staff=actor.id, since=clock.now() - _TOLD_FOR)
    return tuple(Returned(event_id, ticket_id, folio, _reason(code)) for event_id, ticket_id, folio, code in found)


@reads
def overdue(seconds: int) -> int:
    """How many answers should have gone out that long ago: nobody lets them go."""
    return int(HeldAnswer.select().where(HeldAnswer.held_at <= clock.now() - SECONDS - seconds).count())


@reads
def _due() -> list[int]:
    return [held_id for (held_id,) in _DUE(now=clock.now())]


def _released(held_id: int) -> int:
    """Let one go; one that cannot be released must not hold up the others, and is tried again later."""
    try:
        return _release(held_id)
    except TryLater:
        raise
    except Exception as reason:  # noqa: BLE001 - whatever it is, the others must go out
        log.error("answer %s: %s; again in %s s", held_id, type(reason).__name__, _AGAIN)
        _put_off(held_id)
        return 0


@writes
def _release(held_id: int) -> int:
    its = _TICKET.first(held=held_id)
    ticket = None if its is None else rows.lock(its[0])
    row = HeldAnswer.get_or_none(HeldAnswer.id == held_id, HeldAnswer.release_at <= clock.now())
    if ticket is None or row is None:  # taken back, or let go by somebody else, while this one waited for the ticket
        return 0
    writer = staff_view(people.Staff.get_by_id(row.staff_id))
    if not policy.allowed(writer, "reply", ticket.route):
        _leave_to_others(row, ticket, writer)
    elif ticket.version != row.version or standing.of_person(ticket.person_id):
        _send_back(row, ticket, writer)
    else:
        HeldAnswer.delete().where(HeldAnswer.id == row.id).execute()
        answering.give(ticket, writer, row.body, row.submit_key)
        gate.keep(writer, ticket, Overruled(frozenset(filter(None, row.overruled.split(","))), row.reason), row.submit_key)
    return 1


def _is_held(key: str) -> bool:
    return HeldAnswer.get_or_none(HeldAnswer.submit_key == key) is not None


def _taken_with(answer: Held) -> int | None:
    """The ticket that was taken when this answer was sent for the first time, if its writer still has it."""
    since = answer.release_at - WHOLE
    row = _TAKEN.first(staff=answer.staff_id, but=answer.ticket_id, since=since)
    return None if row is None else int(row[0])


@writes
def _put_off(held_id: int) -> None:
    HeldAnswer.update(release_at=clock.now() + _AGAIN).where(HeldAnswer.id == held_id).execute()


def _send_back(row: HeldAnswer, ticket: Ticket, writer: Staff) -> None:
    """The ticket is not the one that was answered: what happened is read first, the words wait as a draft."""
    blocked = standing.of_person(ticket.person_id)
    _to_draft(row)
    record(ticket.id, "devuelto", writer.id, BLOCKED if blocked else saying.change_since(ticket.id, row.held_at, writer.name))


def _to_draft(row: HeldAnswer) -> None:
    """The words are a draft again; those of a draft begun meanwhile stay behind them."""
    mine = (AnswerDraft.ticket == row.ticket_id) & (AnswerDraft.staff == row.staff_id) & (AnswerDraft.kind == "respuesta")
    begun = AnswerDraft.get_or_none(mine)
    body = row.body if begun is None or begun.body in row.body else f"{row.body}\n\n{begun.body}"
    HeldAnswer.delete().where(HeldAnswer.id == row.id).execute()
    desk.keep_draft(row.ticket_id, row.staff_id, "respuesta", body, begun.aside if begun else "", clock.now())


def _leave_to_others(row: HeldAnswer, ticket: Ticket, writer: Staff) -> None:
    """Whoever wrote it may not answer any more: the words stay as a note for whoever takes the ticket."""
    HeldAnswer.delete().where(HeldAnswer.id == row.id).execute()
    saying.add(ticket.id, writer, "nota", f"{_UNSENT}\n\n{row.body}", row.submit_key)
    if ticket.resolved_at is None and ticket.assignee_id == writer.id:
        state = ticket.state if ticket.state == "en_espera" else "ingresado"
        Ticket.update(assignee=None, state=state, version=Ticket.version + 1).where(Ticket.id == ticket.id).execute()
    record(ticket.id, "devuelto", writer.id, LEFT)
    index_words(ticket.id)


def _reason(code: str) -> str:
    return "los datos de la persona están bloqueados" if code == BLOCKED else saying.change_in_words(code)


_TICKET = Prepared(lambda: HeldAnswer.select(HeldAnswer.ticket).where(HeldAnswer.id == slot("held")))
_DUE = Prepared(
    lambda: HeldAnswer.select(HeldAnswer.id).where(HeldAnswer.release_at <= slot("now")).order_by(HeldAnswer.release_at)
)
_TAKEN = Prepared(
    lambda: (
        Ticket.select(Ticket.id)
        .join(Event, on=(Event.ticket == Ticket.id))
        .where(Ticket.assignee == slot("staff"), Ticket.resolved_at.is_null(), Ticket.id != slot("but"))
        .where(Event.staff == slot("staff"), Event.kind == "asignado", Event.at >= slot("since"))
        .order_by(Event.id.desc())
        .limit(1)
    )
)
_RETURNED = Prepared(
    lambda: (
        AnswerDraft.select(Event.id, Ticket.id, Ticket.folio, Event.code)
        .join(Event, on=(Event.ticket == AnswerDraft.ticket) & (Event.staff == AnswerDraft.staff))
        .switch(AnswerDraft)
        .join(Ticket, on=(AnswerDraft.ticket == Ticket.id))
        .where(AnswerDraft.staff == slot("staff"), AnswerDraft.kind == "respuesta")
        .where(Event.kind == "devuelto", Event.at >= slot("since"))
        .order_by(Event.id)
    )
)
