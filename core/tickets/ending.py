"""Closing at the desk: what was answered, when its person said elsewhere that it is enough; what asks nothing, with thanks.

A question or a complaint that is open is never closed: it is answered, passed on or given up by its person.
"""

from __future__ import annotations

from core import clock, language
from core.database.binding import writes
from core.errors import Conflict, Invalid
from core.language import _, noted
from core.mail import outbox
from core.people.staff import current
from core.people.views import Staff
from core.tickets import saying, waiting
from core.tickets.access import visible_ticket
from core.tickets.models import Presence, Ticket
from core.tickets.records import index_words, record, rows_by_id
from core.tickets.sheets import why_not_closed

REASONS = {"oficina": noted("en una oficina"), "telefono": noted("por teléfono"), "correo": noted("por correo")}
"""Where the person said that the answer is enough: the code in the history, and the letter's words."""
THANKS = noted("Gracias por escribirnos: leímos lo que nos cuentas y queda registrado.")


@writes
def close(actor: Staff, ticket_id: int, version: int, reason: str = "") -> None:
    """Close an answered ticket for a reason of `REASONS`, or with thanks one that asks nothing; the person gets a letter.

    Doing it twice is harmless. Raises `Invalid` for another reason, `Conflict` when the ticket waits for an answer or is
    no longer the one that was read (`version`).
    """
    me = current(actor)
    ticket = visible_ticket(me, ticket_id, "close")
    if ticket.state == "cerrado":
        return
    if ticket.state != "respondido":
        saying.require_unchanged(ticket, me, version)
        _refuse_unanswered(ticket, me)
        _thank(ticket, me)
        return
    if ticket.version != version:
        raise Conflict("El ticket cambió mientras decidías. Míralo otra vez antes de cerrarlo.", ticket.folio)
    if reason not in REASONS:
        raise Invalid({"motivo": "Elige dónde dijo la persona que la respuesta le basta."})
    _end(ticket, me, reason, {})
    with language.using(ticket.language):
        said = {"how": _(REASONS[reason]), "analyst": me.name, "second": outbox.link(f"/ticket/{ticket.folio}/segundo")}
        saying.send("closed", ticket, said)


def _refuse_unanswered(ticket: Ticket, me: Staff) -> None:
    (row,) = rows_by_id([ticket.id])
    reason = why_not_closed(row, "")
    if reason:
        raise Conflict(f"Este ticket {reason}.", ticket.folio)
    begun = saying.half_written(me, ticket.id, "respuesta")
    if begun:
        raise Conflict(f"No se puede cerrar: {begun}.", ticket.folio)


def _thank(ticket: Ticket, me: Staff) -> None:
    """The thanks are the answer: the ticket is answered and closed at once."""
    with language.using(ticket.language):
        thanks = _(THANKS)
    message_id, now = saying.say(ticket.id, me, "respuesta", thanks, f"gracias {ticket.id}"), clock.now()
    waiting.end(ticket.id)
    today = clock.day_number(clock.day_of(now))
    _end(ticket, me, "gracias", {"assignee": me.id, "resolved_at": now, "answered_at": now, "answered_on": today})
    index_words(ticket.id)
    saying.send("thanks", ticket, {"answer": thanks, "analyst": me.name}, message_id)


def _end(ticket: Ticket, me: Staff, code: str, more: dict[str, int]) -> None:
    Ticket.update(state="cerrado", version=Ticket.version + 1, **more).where(Ticket.id == ticket.id).execute()
    record(ticket.id, "cerrado", me.id, code)
    Presence.delete().where(Presence.ticket == ticket.id, Presence.staff == me.id).execute()
