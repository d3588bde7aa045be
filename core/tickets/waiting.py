"""Waiting for what only the person has: asked for, reminded of, and over when it comes or its days do (Ley 19.880 art. 31)."""

from __future__ import annotations

from datetime import date
from typing import Any

from core import clock, dates, language
from core.calendar import business
from core.database.binding import reads, unlocked, writes
from core.errors import Conflict
from core.people import models as people
from core.people.staff import current
from core.people.views import Staff
from core.tickets import lettering, rows, saying, terms
from core.tickets.access import visible_ticket
from core.tickets.answers import gate
from core.tickets.models import Message, Pause, Ticket
from core.tickets.records import index_words, record
from core.tickets.views import Overruled

DAYS = 5
"""Business days that the person has."""
REMINDED_BEFORE = 1
"""Business days before the last at which the person is reminded."""
CAME, ENDED = "persona", "termino"
"""The outcomes of a wait in which something came, and of one that ended with the ticket."""


@writes
def ask(actor: Staff, ticket_id: int, version: int, text: str, key: str, overruled: Overruled = gate.NOTHING) -> None:
    """Ask the person for what is missing: the letter goes out and the clock stops for `DAYS` business days at most.

    Raises `Conflict`, and changes nothing, when the ticket is no longer the one that was read (`version`), is a
    colleague's, or waits already; `gate.Stopped` when something in the text should not leave. Sent twice with one key,
    it is asked once.
    """
    me = current(actor)
    ticket = visible_ticket(me, ticket_id, "ask")
    if saying.already_said(ticket_id, key):
        return
    saying.require_unchanged(ticket, me, version)
    if ticket.state == "en_espera":
        raise Conflict("Ya se le pidieron antecedentes: espera a que responda o a que pasen sus días.", ticket.folio)
    message_id = saying.say(ticket.id, me, "pedido", text, key)
    gate.require_passed(me, ticket, "pedido", text, key, overruled)
    until = _begin(ticket, me, message_id)
    changed = {"state": "en_espera", "assignee": me.id, "version": Ticket.version + 1}
    Ticket.update(**changed).where(Ticket.id == ticket.id).execute()
    terms.settle(ticket.id)
    record(ticket.id, "pedido", me.id, str(clock.day_number(until)))
    index_words(ticket.id)
    with language.using(ticket.language):
        saying.send("antecedents", ticket, lettering.request(ticket, me, text, until), message_id)


def _begin(ticket: Ticket, me: Staff, message_id: int) -> date:
    now = clock.now()
    asked_on = business.legal_day(now)
    until = business.add_business_days(asked_on, DAYS)
    Pause.insert(
        ticket=ticket.id,
        staff=me.id,
        message=message_id,
        asked_at=now,
        asked_on=clock.day_number(asked_on),
        days=DAYS,
        until_on=clock.day_number(until),
        outcome="",
    ).execute()
    return until


@writes
def came(ticket: Ticket) -> None:
    """Let the clock run on because the person has added something: the ticket goes back to whoever asked."""
    if _end(ticket.id, CAME):
        _give_back(ticket)
        record(ticket.id, "reanudado")


@writes
def end(ticket_id: int) -> None:
    """Stop waiting because the ticket ends."""
    _end(ticket_id, ENDED)


@unlocked
def remind() -> int:
    """Write to those whose days are nearly over, once for each wait however many workers there are; how many letters."""
    return sum(_remind(ticket_id) for ticket_id in _nearly_over())


@unlocked
def run_out() -> int:
    """Give tickets back to the desk for which nothing came in time: they are answered with what there is; how many."""
    return sum(_run_out(ticket_id) for ticket_id in _over())


def _end(ticket_id: int, outcome: str) -> bool:
    """Close the wait of a ticket whose row is locked, if there is one, and count its term again."""
    pause = Pause.get_or_none(Pause.ticket == ticket_id, Pause.ended_at.is_null())
    if pause is None:
        return False
    now = clock.now()
    ended_on = min(clock.day_number(business.legal_day(now)), pause.until_on)
    Pause.update(ended_at=now, ended_on=ended_on, outcome=outcome).where(Pause.id == pause.id).execute()
    terms.settle(ticket_id)
    return True


def _give_back(ticket: Ticket) -> None:
    """To whoever has it, unless they have left the service meanwhile."""
    analyst = people.Staff.get_or_none(people.Staff.id == ticket.assignee_id, people.Staff.disabled_at.is_null())
    changed = {"state": "en_analisis" if analyst else "ingresado", "assignee": analyst and analyst.id}
    Ticket.update(**changed, version=Ticket.version + 1).where(Ticket.id == ticket.id).execute()


@reads
def _nearly_over() -> list[int]:
    soon = business.add_business_days(clock.today(), REMINDED_BEFORE)
    return _waiting(Pause.until_on.between(clock.day_number(clock.today()), clock.day_number(soon)) & Pause.reminded_at.is_null())


@reads
def _over() -> list[int]:
    return _waiting(Pause.until_on < clock.day_number(clock.today()))


def _waiting(condition: Any) -> list[int]:
    """The tickets that wait, but for those of people whose data nobody may treat now."""
    query = (
        Pause.select(Pause.ticket)
        .join(Ticket, on=(Pause.ticket == Ticket.id))
        .join(people.Person, on=(Ticket.person == people.Person.id))
        .join(people.Account, on=(people.Person.account == people.Account.id))
        .where(Pause.ended_at.is_null(), people.Account.blocked_at.is_null(), condition)
    )
    return [ticket_id for (ticket_id,) in query.order_by(Pause.until_on, Pause.id).tuples()]


@writes
def _remind(ticket_id: int) -> int:
    ticket = rows.lock(ticket_id)
    mine = (Pause.ticket == ticket_id) & Pause.ended_at.is_null() & Pause.reminded_at.is_null()
    pause = Pause.select(Pause, Message.body.alias("text")).join(Message).where(mine).objects().first()
    if pause is None:
        return 0
    Pause.update(reminded_at=clock.now()).where(Pause.id == pause.id).execute()
    record(ticket_id, "recordado")
    with language.using(ticket.language):
        days = {"asked": dates.day(clock.day_of(pause.asked_at)), "until": dates.day(clock.day_from(pause.until_on))}
        saying.send("antecedents-reminder", ticket, {"text": pause.text, **days}, automatic=True)
    return 1


@writes
def _run_out(ticket_id: int) -> int:
    ticket = rows.lock(ticket_id)
    if not _end(ticket_id, terms.RAN_OUT):
        return 0
    _give_back(ticket)
    record(ticket_id, "sin_antecedentes")
    return 1
