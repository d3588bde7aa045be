"""Who looked at somebody's file: handed out without names of the staff, and what stays of it."""

from __future__ import annotations

from typing import Any

from core import clock
from core.operations.rights.gathering import Record
from core.operations.rights.whose import Whose
from core.tickets.models import Look, LookWords, Ticket


def looks(whose: Whose) -> list[Record]:
    """When somebody of the service looked at the person's file, how and what for; `persona` when it was a name on a list.

    The person learns that it was the service and why, as Ley 21.719 art. 5 wants of whoever data are shown to; which
    member of its staff it was, and their free words, stay with the service, which answers for them.
    """
    folios = dict(Ticket.select(Ticket.id, Ticket.folio).where(Ticket.id.in_(whose.ticket_ids)).tuples())
    return [
        {
            "folio": folios.get(row.ticket_id, ""),
            "persona": row.person_id,
            "fecha": clock.local(row.at),
            "que": row.kind,
            "motivo": row.reason,
        }
        for row in Look.select().where(_about(whose)).order_by(Look.id)
    ]


def _about(whose: Whose) -> Any:
    """A look at one of the persons, or at a ticket that was a former account's of the same person."""
    return Look.person.in_(whose.person_ids) | Look.ticket.in_(whose.ticket_ids)


def forget(whose: Whose) -> None:
    """What somebody wrote as a reason; that they looked stays."""
    theirs = Look.select(Look.id).where(_about(whose))
    LookWords.delete().where(LookWords.look.in_(theirs)).execute()
