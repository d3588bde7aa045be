"""A ticket's term: what decides it, its ledger, and the due day of the table, which is always the ledger's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from core import clock
from core.calendar import business, ledger
from core.calendar.ledger import Ledger, Term
from core.database.binding import reads, writes
from core.database.prepared import Prepared, slot
from core.tickets import rows
from core.tickets.models import Extension, Pause, Ticket
from core.tickets.views import Clock
from core.tramites.catalogue import catalogue
from core.tramites.catalogue_views import Categoria

ANSWER_DAYS = 10
"""Business days to answer (Ley 19.880 art. 24: reports), where the catalogue says nothing else of the tipo."""
APPEAL_DAYS = 5
"""Business days from a notice (Ley 19.880 art. 59), where the catalogue says nothing else of the categoría."""
RAN_OUT = "plazo"
"""The outcome of a wait in which nothing came."""


class Made(NamedTuple):
    """What of a ticket's row its term is made of."""

    opened_on: int
    legal_on: int
    term_days: int
    term_business: int
    notice_on: int | None
    notice_days: int | None
    resolved_at: int | None


class Wait(NamedTuple):
    """What of a pause's row the term is made of."""

    asked_on: int
    until_on: int
    ended_on: int | None
    outcome: str

    def pause(self) -> ledger.Pause:
        """The days that it takes away: nobody waits for longer than was said."""
        last = self.until_on if self.ended_on is None else min(self.ended_on, self.until_on)
        return ledger.Pause(clock.day_from(self.asked_on), clock.day_from(last))


def promised(tipo: str, categoria: Categoria, opened_on: date, legal_on: date, notice_on: date | None) -> dict[str, Any]:
    """The columns of a new ticket that its term is made of, with the day on which it ends."""
    known = catalogue().tipo(tipo)
    columns = {
        "opened_on": clock.day_number(opened_on),
        "legal_on": clock.day_number(legal_on),
        "term_days": categoria.calendar_days or (known and known.answer_days) or ANSWER_DAYS,
        "term_business": 0 if categoria.calendar_days else 1,
        "notice_on": clock.day_number(notice_on) if notice_on else None,
        "notice_days": (categoria.term_days or APPEAL_DAYS) if notice_on else None,
    }
    due_on = ledger.count(term(made_of(columns))).due_on
    return {**columns, "due_on": clock.day_number(due_on)}


def made_of(columns: Mapping[str, Any]) -> Made:
    """What a ticket's term is made of, by the columns' names; those that are missing are empty."""
    values: dict[str, Any] = {name: columns.get(name) for name in Made._fields}
    return Made(**values)


def term(made: Made, waits: Sequence[Wait] = (), more_days: int = 0) -> Term:
    """The term that these make."""
    return Term(
        filed_on=clock.day_from(made.opened_on),
        legal_on=clock.day_from(made.legal_on),
        days=made.term_days,
        in_business_days=bool(made.term_business),
        more_days=more_days,
        pauses=tuple(wait.pause() for wait in waits),
        not_after=own_deadline(made),
        known_by=_known_by(made),
    )


def own_deadline(made: Made) -> date | None:
    """The last day of the person's own legal term; None when none runs."""
    if made.notice_on is None or made.notice_days is None:
        return None
    return business.add_business_days(clock.day_from(made.notice_on), made.notice_days, _known_by(made))


def _known_by(made: Made) -> date | None:
    return None if made.resolved_at is None else clock.day_of(made.resolved_at)


@reads
def ledger_of(ticket: Ticket) -> Ledger:
    """Every day of a ticket's term."""
    return ledger.count(term(of(ticket), _waits(ticket.id), _more_days(ticket.id)))


@reads
def due_with(ticket: Ticket, more_days: int) -> date:
    """The day on which a ticket would be due with so many more days."""
    return ledger.count(term(of(ticket), _waits(ticket.id), more_days)).due_on


@reads
def clock_of(ticket: Ticket) -> Clock:
    """How a ticket's term stands, for whoever looks at the ticket."""
    waits = _waits(ticket.id)
    last = waits[-1] if waits else None
    return Clock(
        own_due_on=own_deadline(of(ticket)),
        waits_until=clock.day_from(last.until_on) if last and last.ended_on is None else None,
        ran_out_on=clock.day_from(last.until_on) if last and last.outcome == RAN_OUT else None,
        days=ticket.term_days,
        more_days=_more_days(ticket.id),
        in_business_days=bool(ticket.term_business),
    )


def why_not_extended(due_on: date, told: Clock) -> str:
    """Why an open ticket's term cannot be extended now; empty when it can (Ley 19.880 art. 26)."""
    if told.more_days:
        return "ya se amplió una vez"
    if due_on < clock.today():
        return "el plazo ya venció"
    return "hay que responder antes de que venza el plazo de la persona" if told.own_due_on else ""


@writes
def settle(ticket_id: int) -> date:
    """Make the table's due day the ledger's after anything that the term is made of has changed; that day."""
    ticket = rows.lock(ticket_id)
    due_on = ledger_of(ticket).due_on
    if clock.day_number(due_on) != ticket.due_on:
        Ticket.update(due_on=clock.day_number(due_on)).where(Ticket.id == ticket_id).execute()
    return due_on


def of(ticket: Ticket) -> Made:
    """What of a ticket's row its term is made of."""
    return Made(*(getattr(ticket, name) for name in Made._fields))


def _waits(ticket_id: int) -> list[Wait]:
    return [Wait(*values) for values in _WAITS(ticket=ticket_id)]


def _more_days(ticket_id: int) -> int:
    row = _MORE.first(ticket=ticket_id)
    return int(row[0]) if row else 0


_WAITS = Prepared(
    lambda: (
        Pause.select(Pause.asked_on, Pause.until_on, Pause.ended_on, Pause.outcome)
        .where(Pause.ticket == slot("ticket"))
        .order_by(Pause.id)
    )
)
_MORE = Prepared(lambda: Extension.select(Extension.days).where(Extension.ticket == slot("ticket")))
