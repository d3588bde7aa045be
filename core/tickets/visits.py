"""What an hour at an office leaves in the ticket that it was asked for from."""

from __future__ import annotations

from core import clock
from core.database.binding import reads, writes
from core.database.prepared import Prepared, slot
from core.errors import NotFound
from core.identifiers import parse_folio
from core.language import _
from core.people.account_views import Account
from core.tickets.models import Event, Ticket
from core.tickets.records import record

KINDS = ("hora_reservada", "hora_cambiada", "hora_cancelada", "hora_suspendida", "hora_vino", "hora_no_vino")
"""The events of an hour; their code is the office and the instant (epoch seconds) at which the hour begins."""


@reads
def ticket_for(account: Account, folio: str) -> tuple[int, int]:
    """The ticket of an account's folio and its person, by their ids; raises `NotFound`."""
    row = Ticket.get_or_none(Ticket.folio == (parse_folio(folio) or ""))
    if row is None or account.person(row.person_id) is None:
        raise NotFound(_("No encontramos ese ticket en tu cuenta."))
    return int(row.id), int(row.person_id)


@writes
def note(ticket_id: int, kind: str, office: str, starts_at: int, staff_id: int | None = None) -> None:
    """Leave in the ticket's history what became of an hour (one of `KINDS`)."""
    record(ticket_id, kind, staff_id, f"{office}:{starts_at}")


@reads
def is_today(ticket_id: int) -> bool:
    """Whether the ticket's person stands on the list of today's hours at some office."""
    last = _LAST.first(ticket=ticket_id)
    if last is None or last[0] in ("hora_cancelada", "hora_suspendida"):
        return False
    return clock.day_of(told(last[1])[1]) == clock.today()


@reads
def came(ticket_id: int) -> bool:
    """Whether the last that is known of the ticket's hours is that its person came."""
    last = _LAST.first(ticket=ticket_id)
    return last is not None and last[0] == "hora_vino"


def told(code: str) -> tuple[str, int]:
    """The office and the instant in an event's code."""
    office, _colon, at = code.rpartition(":")
    return office, int(at)


_LAST = Prepared(
    lambda: (
        Event.select(Event.kind, Event.code)
        .where(Event.ticket == slot("ticket"), Event.kind.in_(KINDS))
        .order_by(Event.id.desc())
        .limit(1)
    )
)
