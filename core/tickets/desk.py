"""The desk's verbs: claim, take the next, note, reply."""

from __future__ import annotations

from typing import Any

from peewee import fn

from core import clock
from core.database import engines
from core.database.binding import db, writes
from core.errors import Conflict, Invalid, NotAllowed
from core.mail import outbox
from core.people import models as people
from core.people import policy
from core.people.staff import current
from core.people.views import Staff
from core.text import clean_block, is_blank
from core.tickets.access import require_free, visible_ticket
from core.tickets.forms import LONGEST_TEXT
from core.tickets.models import AnswerDraft, Message, Presence, Ticket
from core.tickets.records import index_words, record
from core.tickets.sheets import events_of, name_of

DRAFTS = ("respuesta", "nota")


@writes
def claim(actor: Staff, ticket_id: int) -> None:
    """Make a ticket one's own; raises `Conflict` when a colleague has it, unless one supervises."""
    me = current(actor)
    ticket = visible_ticket(me, ticket_id, "claim")
    if ticket.assignee_id == me.id:
        return
    if ticket.assignee_id is not None and not policy.allowed(me, "take_over", ticket.route):
        raise Conflict(f"Ya lo tiene {name_of(ticket.assignee_id)}. Pide a tu supervisión que te lo pase.")
    _assign(ticket, me)


@writes
def release(actor: Staff, ticket_id: int) -> None:
    """Give one's own ticket back to everybody."""
    me = current(actor)
    ticket = visible_ticket(me, ticket_id, "release")
    if ticket.assignee_id != me.id or ticket.resolved_at is not None:
        raise Conflict("Este ticket no está a tu nombre.")
    Ticket.update(assignee=None, state="ingresado", version=Ticket.version + 1).where(Ticket.id == ticket.id).execute()
    record(ticket.id, "soltado", me.id)


@writes
def take_next(actor: Staff) -> int | None:
    """Claim the unassigned ticket that should be answered first; its id, or None when there is none.

    Raises `NotAllowed` when the person's cap is reached.
    """
    me = current(actor)
    mine = Ticket.select().where(Ticket.assignee == me.id, Ticket.resolved_at.is_null()).count()
    if mine >= me.cap:
        raise NotAllowed(f"Ya tienes {mine} tickets, tu tope. Responde o suelta alguno antes de tomar otro.")
    query = (
        Ticket.select()
        .where(Ticket.resolved_at.is_null(), Ticket.assignee.is_null())
        .where(Ticket.route.not_in(sorted(policy.hidden_routes(me))), ~_is_blocked())
        .order_by(Ticket.urgency, Ticket.due_on, Ticket.id)
        .limit(1)
    )
    if not engines.is_sqlite(db.obj):
        query = query.for_update("FOR UPDATE SKIP LOCKED")
    ticket = query.first()
    if ticket is None:
        return None
    _assign(ticket, me)
    return int(ticket.id)


@writes
def note(actor: Staff, ticket_id: int, text: str, key: str) -> None:
    """Leave an internal note, which the person never sees; sent twice with one key, it is left once."""
    me = current(actor)
    ticket = visible_ticket(me, ticket_id, "note")
    if _already_said(ticket_id, key):
        return
    _say(ticket.id, me, "nota", text, key)
    record(ticket.id, "nota", me.id)
    index_words(ticket.id)


@writes
def reply(actor: Staff, ticket_id: int, version: int, text: str, key: str) -> None:
    """Answer the person: the answer, the state and the letter in one transaction.

    Raises `Conflict`, and changes nothing, when the ticket is no longer the one that was read (`version`)
    or is a colleague's; the draft stays. Sent twice with one key, it is answered once.
    """
    me = current(actor)
    ticket = visible_ticket(me, ticket_id, "reply")
    if _already_said(ticket_id, key):
        return
    _require_unchanged(ticket, me, version)
    message_id = _say(ticket.id, me, "respuesta", text, key)
    now = clock.now()
    answered_at = ticket.answered_at or now
    Ticket.update(
        state="respondido",
        assignee=me.id,
        resolved_at=now,
        answered_at=answered_at,
        answered_on=clock.day_number(clock.day_of(answered_at)),
        version=Ticket.version + 1,
    ).where(Ticket.id == ticket.id).execute()
    record(ticket.id, "respondido", me.id)
    index_words(ticket.id)
    Presence.delete().where(Presence.ticket == ticket.id, Presence.staff == me.id).execute()
    _send_answer(ticket, me, clean_block(text), message_id)


@writes
def save_draft(actor: Staff, ticket_id: int, kind: str, text: str) -> None:
    """Keep what is being written (`respuesta` or `nota`), whatever it is; an empty text removes the draft."""
    me = current(actor)
    ticket = visible_ticket(me, ticket_id, "read")
    place = (AnswerDraft.ticket == ticket_id) & (AnswerDraft.staff == me.id) & (AnswerDraft.kind == kind)
    if kind not in DRAFTS or not text:
        AnswerDraft.delete().where(place).execute()
        return
    require_free(ticket)
    AnswerDraft.insert(ticket=ticket_id, staff=me.id, kind=kind, body=text, saved_at=clock.now()).on_conflict(
        conflict_target=[AnswerDraft.ticket, AnswerDraft.staff, AnswerDraft.kind],
        update={AnswerDraft.body: text, AnswerDraft.saved_at: clock.now()},
    ).execute()
    if kind == "respuesta":
        mine = (Ticket.id == ticket_id) & (Ticket.assignee == me.id) & (Ticket.state == "asignado")
        Ticket.update(state="en_analisis").where(mine).execute()


def _is_blocked() -> Any:
    """A condition: the data of the ticket's person are blocked."""
    owner = (
        people.Person.select(people.Person.id)
        .join(people.Account, on=(people.Person.account == people.Account.id))
        .where(people.Person.id == Ticket.person, people.Account.blocked_at.is_null(False))
    )
    return fn.EXISTS(owner)


def _assign(ticket: Ticket, me: Staff) -> None:
    if ticket.resolved_at is not None:
        raise Conflict("Este ticket ya no está abierto.")
    same = (Ticket.id == ticket.id) & (Ticket.version == ticket.version)
    won = Ticket.update(assignee=me.id, state="asignado", version=Ticket.version + 1).where(same).execute()
    if not won:
        raise Conflict("Alguien cambió este ticket en este momento. Ábrelo de nuevo para ver cómo quedó.")
    record(ticket.id, "asignado", me.id)


def _already_said(ticket_id: int, key: str) -> bool:
    return Message.get_or_none(Message.submit_key == key, Message.ticket == ticket_id) is not None


def _require_unchanged(ticket: Ticket, me: Staff, version: int) -> None:
    kept = " Tu texto sigue guardado."
    if ticket.resolved_at is not None:
        raise Conflict(f"Este ticket ya no está abierto: {_last_change(ticket)}.{kept}", ticket.folio)
    if ticket.assignee_id not in (None, me.id) and not policy.allowed(me, "take_over", ticket.route):
        raise Conflict(f"Ahora lo tiene {name_of(ticket.assignee_id)}.{kept}", ticket.folio)
    if ticket.version != version:
        raise Conflict(f"El ticket cambió mientras escribías: {_last_change(ticket)}.{kept}", ticket.folio)


def _last_change(ticket: Ticket) -> str:
    words = {
        "agregado": "la persona agregó información",
        "asignado": "lo tomó",
        "soltado": "lo soltó",
        "respondido": "lo respondió",
        "desistido": "la persona desistió",
    }
    last = next((event for event in reversed(events_of(ticket.id)) if event.kind in words), None)
    if last is None:
        return "alguien lo cambió"
    return f"{last.author} {words[last.kind]}" if last.author else words[last.kind]


def _say(ticket_id: int, me: Staff, kind: str, text: str, key: str) -> int:
    body = clean_block(text)
    if is_blank(body):
        raise Invalid({"texto": "Escribe el texto antes de enviar."})
    if len(body) > LONGEST_TEXT:
        raise Invalid({"texto": f"El texto tiene {len(body)} caracteres y caben {LONGEST_TEXT}."})
    now = clock.now()
    message_id = Message.insert(ticket=ticket_id, at=now, kind=kind, staff=me.id, body=body, submit_key=key).execute()
    mine = (AnswerDraft.ticket == ticket_id) & (AnswerDraft.staff == me.id) & (AnswerDraft.kind == kind)
    AnswerDraft.delete().where(mine).execute()
    return int(message_id)


def _send_answer(ticket: Ticket, me: Staff, body: str, message_id: int) -> None:
    owner = (
        people.Account.select()
        .join(people.Person, on=(people.Person.account == people.Account.id))
        .where(people.Person.id == ticket.person_id)
        .get()
    )
    outbox.write(
        "answer",
        address=owner.email,
        language=ticket.language,
        account_id=owner.id,
        ticket_id=ticket.id,
        folio=ticket.folio,
        automatic=False,
        message_id=message_id,
        answer=body,
        analyst=me.name,
        link=outbox.link(f"/ticket/{ticket.folio}"),
    )
