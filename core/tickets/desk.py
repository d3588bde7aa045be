"""The desk's verbs: claim, take the next, note, reply."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from peewee import fn

from core import clock
from core.database import engines
from core.database.binding import db, writes
from core.database.prepared import Prepared, columns_of, row_of, slot
from core.errors import Conflict, NotAllowed
from core.people import models as people
from core.people import policy, standing
from core.people.staff import current
from core.people.views import Staff
from core.tickets import impartial, saying
from core.tickets.access import found, require_free, visible_ticket
from core.tickets.answers import answering, gate, versions
from core.tickets.asides import mentions
from core.tickets.models import AnswerDraft, HeldAnswer, Ticket
from core.tickets.records import index_words, record
from core.tickets.sheets import name_of
from core.tickets.views import Overruled

DRAFTS = ("respuesta", "nota", "pedido", "ampliacion", "derivacion")


@writes
def claim(actor: Staff, ticket_id: int) -> None:
    """Make a ticket one's own; raises `Conflict` when a colleague has it, unless one supervises."""
    me = current(actor)
    ticket = visible_ticket(me, ticket_id, "claim")
    if ticket.assignee_id == me.id:
        return
    if ticket.assignee_id is not None and not policy.allowed(me, "take_over", ticket.route):
        raise Conflict(f"Ya lo tiene {name_of(ticket.assignee_id)}. Pide a tu supervisión que te lo pase.")
    impartial.refuse_own(ticket, me)
    _assign(ticket, me)


@writes
def release(actor: Staff, ticket_id: int) -> None:
    """Give one's own ticket back to everybody."""
    me = current(actor)
    ticket = visible_ticket(me, ticket_id, "release")
    if ticket.assignee_id != me.id or ticket.resolved_at is not None:
        raise Conflict("Este ticket no está a tu nombre.")
    state = ticket.state if ticket.state == "en_espera" else "ingresado"
    Ticket.update(assignee=None, state=state, version=Ticket.version + 1).where(Ticket.id == ticket.id).execute()
    record(ticket.id, "soltado", me.id)


@writes
def take_next(actor: Staff) -> int | None:
    """Claim the unassigned ticket that should be answered first; its id, or None when there is none.

    A second ticket after an answer of one's own is left to others, and so is a complaint that may be about oneself.
    Raises `NotAllowed` when the person's cap is reached, `Conflict` when only second tickets of that kind are left.
    """
    me = current(actor)
    mine = int(_LOAD(me=me.id)[0][0])
    if mine >= me.cap:
        raise NotAllowed(f"Ya tienes {mine} tickets, tu tope. Responde o suelta alguno antes de tomar otro.")
    asked = {"me": me.id, "hidden": sorted(policy.hidden_routes(me))}
    found = _NEXT.first(**asked)
    if found is None:
        if _BARRED.first(**asked) is not None:
            raise Conflict(f"Solo quedan segundos tickets que no puedes tomar: {impartial.NOT_YOURS}.")
        return None
    _assign(row_of(Ticket, found), me)
    return int(found[0])


@writes
def note(actor: Staff, ticket_id: int, text: str, key: str, anyway: bool = False) -> None:
    """Leave an internal note, which the person never sees, and call to it whoever it mentions.

    Sent twice with one key, it is left once. Raises `Invalid` when somebody mentioned cannot be called to it;
    `anyway` leaves it all the same, without that mention.
    """
    me = current(actor)
    ticket = visible_ticket(me, ticket_id, "note")
    if saying.already_said(ticket_id, key):
        return
    if not anyway:
        mentions.require_clear(ticket, text)
    message_id = saying.say(ticket.id, me, "nota", text, key)
    record(ticket.id, "nota", me.id)
    mentions.call(me, ticket, message_id, text)
    index_words(ticket.id)


@writes
def reply(actor: Staff, ticket_id: int, version: int, text: str, key: str, overruled: Overruled = gate.NOTHING) -> None:
    """Answer the person: the answer, the state and the letter in one transaction.

    Raises `Conflict`, and changes nothing, when the ticket is no longer the one that was read (`version`)
    or is a colleague's; the draft stays. Raises `gate.Stopped` when something in the text should not leave.
    Sent twice with one key, it is answered once.
    """
    me = current(actor)
    ticket = visible_ticket(me, ticket_id, "reply")
    if saying.already_said(ticket_id, key):
        return
    saying.require_unchanged(ticket, me, version)
    body = saying.checked(text)
    warned = gate.overruling(me, ticket, "respuesta", body, overruled)
    answering.give(ticket, me, body, key)
    saying.drop_draft(ticket.id, me, "respuesta")
    gate.keep(me, ticket, warned, key)


@writes
def save_draft(actor: Staff, ticket_id: int, kind: str, text: str, aside: str = "", stood: Sequence[str] = ()) -> None:
    """Keep what is being written (one of `DRAFTS`), whatever it is, and the line beside it; nothing at all removes the draft.

    What it said before is kept as a version when it was another text altogether or had stood for a minute; texts that
    `stood` between the writer's last save and this one are kept in any case.
    """
    me = current(actor)
    ticket = found(me, ticket_id, "read")  # one's own words are kept whoever has the ticket meanwhile
    place = (AnswerDraft.ticket == ticket_id) & (AnswerDraft.staff == me.id) & (AnswerDraft.kind == kind)
    if kind not in DRAFTS:
        return
    if not (text or aside) and standing.of_person(ticket.person_id):
        AnswerDraft.delete().where(place).execute()
        return
    require_free(ticket)
    versions.keep_replaced(ticket_id, me.id, kind, text)
    for each in stood:
        versions.keep(ticket_id, me.id, kind, each)
    if not (text or aside):
        AnswerDraft.delete().where(place).execute()
        return
    keep_draft(ticket_id, me.id, kind, text, aside, clock.now())
    if kind == "respuesta":
        mine = (Ticket.id == ticket_id) & (Ticket.assignee == me.id) & (Ticket.state == "asignado")
        Ticket.update(state="en_analisis").where(mine).execute()


@writes
def keep_draft(ticket_id: int, staff_id: int, kind: str, text: str, aside: str, at: int) -> None:
    """Put a draft in the place of the one before."""
    AnswerDraft.insert(ticket=ticket_id, staff=staff_id, kind=kind, body=text, aside=aside, saved_at=at).on_conflict(
        conflict_target=[AnswerDraft.ticket, AnswerDraft.staff, AnswerDraft.kind],
        update={AnswerDraft.body: text, AnswerDraft.aside: aside, AnswerDraft.saved_at: at},
    ).execute()


@writes
def make_own(ticket: Ticket, me: Staff) -> int:
    """Let a ticket whose row is locked be this analyst's, if it is not yet; its version then."""
    if ticket.assignee_id == me.id:
        return int(ticket.version)
    _assign(ticket, me)
    return int(ticket.version) + 1


def _assign(ticket: Ticket, me: Staff) -> None:
    if ticket.resolved_at is not None:
        raise Conflict("Este ticket ya no está abierto.")
    same = (Ticket.id == ticket.id) & (Ticket.version == ticket.version)
    state = ticket.state if ticket.state == "en_espera" else "asignado"
    won = Ticket.update(assignee=me.id, state=state, version=Ticket.version + 1).where(same).execute()
    if not won:
        raise Conflict("Alguien cambió este ticket en este momento. Ábrelo de nuevo para ver cómo quedó.")
    record(ticket.id, "asignado", me.id)


def _takeable(hidden: list[Any]) -> Any:
    """The unassigned tickets that somebody may see and answer now."""
    return (
        Ticket.select(*columns_of(Ticket))
        .where(Ticket.resolved_at.is_null(), Ticket.assignee.is_null(), Ticket.state != "en_espera")
        .where(Ticket.route.not_in(hidden), ~_is_blocked(), ~_is_held())
    )


def _is_blocked() -> Any:
    """A condition: the data of the ticket's person are blocked."""
    owner = (
        people.Person.select(people.Person.id)
        .join(people.Account, on=(people.Person.account == people.Account.id))
        .where(people.Person.id == Ticket.person, people.Account.blocked_at.is_null(False))
    )
    return fn.EXISTS(owner)


def _is_held() -> Any:
    """A condition: the ticket's answer is on hold."""
    return fn.EXISTS(HeldAnswer.select(HeldAnswer.id).where(HeldAnswer.ticket == Ticket.id))


_LOAD = Prepared(
    lambda: Ticket.select(fn.COUNT(Ticket.id)).where(Ticket.assignee == slot("me"), Ticket.resolved_at.is_null(), ~_is_held())
)
_NEXT = Prepared(
    lambda hidden: engines.for_one(
        db.obj,
        _takeable(hidden)
        .where(~impartial.follows_own(slot("me")), ~impartial.concerns(slot("me")))
        .order_by(Ticket.urgency, Ticket.due_on, Ticket.id)
        .limit(1),
    )
)
_BARRED = Prepared(lambda hidden: _takeable(hidden).where(impartial.follows_own(slot("me"))).limit(1))
