"""What stands in braces in an answer to many: filled from each ticket, or the ticket does not get it."""

from __future__ import annotations

import re
from collections.abc import Callable

from core.database.binding import reads
from core.people import models as people
from core.tickets.models import Ticket

_HOLE = re.compile(r"\{([^{}\n]*)\}")


def _given_names(ticket: Ticket) -> str:
    return str(people.Person.select(people.Person.given_names).where(people.Person.id == ticket.person_id).get().given_names)


HOLES: dict[str, Callable[[Ticket], str]] = {
    "nombre": _given_names,
    "folio": lambda ticket: str(ticket.folio),
    "tramite": lambda ticket: str(ticket.tramite_id or ""),
}
"""What can stand in braces, and where it comes from."""


@reads
def fill(text: str, ticket: Ticket) -> str:
    """The words for one ticket; what cannot be filled stays as it is."""
    return _HOLE.sub(lambda found: _value(found[1], ticket) or found[0], text)


@reads
def why_not(text: str, ticket: Ticket) -> str:
    """Why the words do not suit a ticket: something in braces cannot be filled from it; empty when they do."""
    for name in dict.fromkeys(_HOLE.findall(text)):
        if name.strip() not in HOLES:
            return f"queda sin llenar {{{name}}}"
        if not _value(name, ticket):
            return f"no tiene con qué llenar {{{name}}}"
    return ""


def _value(name: str, ticket: Ticket) -> str:
    known = HOLES.get(name.strip())
    return known(ticket) if known else ""
