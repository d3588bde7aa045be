"""What the staff's verbs that say something have in common: once for each key, about the ticket as it was read."""

from __future__ import annotations

from typing import Any

from core import clock
from core.database.prepared import Prepared, insert, slot
from core.errors import Conflict, Invalid
from core.files import attachments
from core.mail import outbox
from core.people import models as people
from core.people import policy
from core.people.views import Staff
from core.text import clean_block, is_blank
from core.tickets import impartial
from core.tickets.asides import event_words
from core.tickets.citizens.forms import LONGEST_TEXT
from core.tickets.models import AnswerDraft, Message, Ticket
from core.tickets.sheets import events_of, name_of

_CHANGES = (
    *("agregado", "plazo", "asignado", "soltado", "pedido", "ampliado", "sin_antecedentes", "respondido", "derivado"),
    *("desistido", "cerrado", "unido", "fusionado", "desunido", "entregado"),
)
"""Kinds of events that make a ticket another one than was read."""


def already_said(ticket_id: int, key: str) -> bool:
    """Whether what was sent with this key is there."""
    return _SAID_WITH.first(key=key, ticket=ticket_id) is not None


def require_unchanged(ticket: Ticket, me: Staff, version: int) -> None:
    """Raise `Conflict`, with what happened, unless the ticket is open, nobody else's and as it was read."""
    kept = " Tu texto sigue guardado."
    if ticket.resolved_at is not None:
        raise Conflict(f"Este ticket ya no está abierto: {_last_change(ticket)}.{kept}", ticket.folio)
    if ticket.assignee_id not in (None, me.id) and not policy.allowed(me, "take_over", ticket.route):
        raise Conflict(f"Ahora lo tiene {name_of(ticket.assignee_id)}.{kept}", ticket.folio)
    impartial.refuse_own(ticket, me)
    if ticket.version != version:
        raise Conflict(f"El ticket cambió mientras escribías: {_last_change(ticket)}.{kept}", ticket.folio)


def _last_change(ticket: Ticket) -> str:
    last = next((event for event in reversed(events_of(ticket.id)) if event.kind in _CHANGES), None)
    return "alguien lo cambió" if last is None else event_words.sentence(last.kind, last.author)


def change_since(ticket_id: int, at: int, but: str) -> str:
    """The kind of the last change of a ticket from an instant on that was not this colleague's; empty when none is known."""
    changes = (event for event in reversed(events_of(ticket_id)) if event.kind in _CHANGES and event.author != but)
    return next((event.kind for event in changes if event.at >= at), "")


def change_in_words(kind: str) -> str:
    """What somebody did to a ticket, without saying who if it was a colleague."""
    return event_words.sentence(kind, "") if kind in event_words.BY_THE_PERSON else "el ticket cambió"


def checked(text: str) -> str:
    """A text as it will be kept; raises `Invalid` when there is nothing in it, or too much."""
    body = clean_block(text)
    if is_blank(body):
        raise Invalid({"texto": "Escribe el texto antes de enviar."})
    if len(body) > LONGEST_TEXT:
        raise Invalid({"texto": f"El texto tiene {len(body)} caracteres y caben {LONGEST_TEXT}."})
    return body


def say(ticket_id: int, me: Staff, kind: str, text: str, key: str) -> int:
    """Add words of the staff to a conversation, and drop their draft; the message's id. Raises `Invalid`."""
    message_id = add(ticket_id, me, kind, checked(text), key)
    drop_draft(ticket_id, me, kind)
    return message_id


def add(ticket_id: int, me: Staff, kind: str, body: str, key: str) -> int:
    """Add a checked text of the staff to a conversation; the message's id."""
    return insert(Message, ticket_id=ticket_id, at=clock.now(), kind=kind, staff_id=me.id, body=body, submit_key=key)


def drop_draft(ticket_id: int, me: Staff, kind: str) -> None:
    """Forget what somebody was writing: it has been said."""
    _DROP.count(ticket=ticket_id, staff=me.id, kind=kind)


def half_written(me: Staff, ticket_id: int, kind: str) -> str:
    """Why words of this kind must wait: one's own are half written there; empty when none are."""
    if _HALF_WRITTEN.first(ticket=ticket_id, staff=me.id, kind=kind) is not None:
        return "tienes ahí un texto a medio escribir: envíalo o bórralo"
    chosen = kind == "respuesta" and attachments.answering(ticket_id, me.id)
    return "tienes ahí archivos elegidos para una respuesta: envíala o quítalos" if chosen else ""


def send(kind: str, ticket: Ticket, words: dict[str, str], message_id: int | None = None, automatic: bool = False) -> None:
    """Write a letter about a ticket to whoever owns it, in the language in which the ticket was written."""
    ((owner, address),) = _OWNER(person=ticket.person_id)
    letter: dict[str, Any] = {
        "address": address,
        "language": ticket.language,
        "account_id": owner,
        "ticket_id": ticket.id,
        "automatic": automatic,
        "message_id": message_id,
    }
    outbox.write(kind, **(letter | words_about(ticket, words)))


def words_about(ticket: Ticket, words: dict[str, str]) -> dict[str, str]:
    """These words of a letter with those that every letter about a ticket may use."""
    return {"folio": ticket.folio, "link": outbox.link(f"/ticket/{ticket.folio}"), **words}


def _mine() -> Any:
    return (AnswerDraft.ticket == slot("ticket")) & (AnswerDraft.staff == slot("staff")) & (AnswerDraft.kind == slot("kind"))


_SAID_WITH = Prepared(
    lambda: Message.select(Message.id).where(Message.submit_key == slot("key"), Message.ticket == slot("ticket"))
)
_HALF_WRITTEN = Prepared(lambda: AnswerDraft.select(AnswerDraft.ticket).where(_mine()))
_DROP = Prepared(lambda: AnswerDraft.delete().where(_mine()))
_OWNER = Prepared(
    lambda: (
        people.Account.select(people.Account.id, people.Account.email)
        .join(people.Person, on=(people.Person.account == people.Account.id))
        .where(people.Person.id == slot("person"))
    )
)
