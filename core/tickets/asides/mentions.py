"""Mentions: a colleague who is called by «@nombre» in an internal note, until they have looked at the ticket."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from core import clock
from core.database.binding import reads, writes
from core.database.prepared import Prepared, insert, slot
from core.errors import Invalid
from core.people import models as people
from core.people import policy
from core.people.staff import current, staff_view
from core.people.views import Staff
from core.text import words
from core.tickets.access import visible_ticket
from core.tickets.models import Mention, Ticket
from core.tickets.records import record

FIELD = "menciones"
_CALLED = re.compile(r"(?<![\w.@])@(\w[\w.'-]*)")
_FEW = 4


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who can be called to a note, and how: `marta.soto` after an «@»."""

    staff_id: int
    handle: str
    name: str


@reads
def colleagues(actor: Staff, ticket_id: int) -> tuple[Colleague, ...]:
    """Whoever else of the staff may see a ticket, by the name under which they are called in a note."""
    me = current(actor)
    route = visible_ticket(me, ticket_id, "read").route
    able = [each for each in _staff() if each.id != me.id and policy.allowed(each, "read", route)]
    return tuple(Colleague(each.id, handle(each.name), each.name) for each in able)


def handle(name: str) -> str:
    """How somebody is called: `marta.soto`, folded and without blanks."""
    return ".".join(words(name))


def called(text: str) -> tuple[str, ...]:
    """Whom a text calls, folded, each once."""
    return tuple(dict.fromkeys(folded for typed in _CALLED.findall(text) if (folded := handle(typed))))


def require_clear(ticket: Ticket, text: str) -> None:
    """Raise `Invalid`, which says how to write it, unless everybody whom a text calls is one colleague who may see the ticket."""
    everybody = _staff() if "@" in text else []
    wrong = [reason for name in called(text) if (reason := _why_not(name, _meant(name, everybody), ticket.route))]
    if wrong:
        raise Invalid({FIELD: " ".join(wrong)})


@writes
def call(me: Staff, ticket: Ticket, message_id: int, text: str) -> None:
    """Call to a note whoever its text calls, but for oneself and for those who may not see the ticket."""
    everybody = _staff() if "@" in text else []
    for name in called(text):
        meant = _meant(name, everybody)
        if len(meant) == 1 and meant[0].id != me.id and policy.allowed(meant[0], "read", ticket.route):
            _call(ticket.id, message_id, me.id, meant[0].id)


def _call(ticket_id: int, message_id: int, me: int, staff_id: int) -> None:
    if _KNOWN.first(message=message_id, staff=staff_id) is None:
        insert(Mention, message_id=message_id, ticket_id=ticket_id, staff_id=staff_id)
        record(ticket_id, "mencion", me, str(staff_id))


@writes
def see(me: Staff, ticket_id: int) -> None:
    """Somebody has the ticket before them: what they were called to there has been seen."""
    _SEE.count(me=me.id, ticket=ticket_id, now=clock.now())


def _staff() -> list[Staff]:
    active = people.Staff.select().where(people.Staff.disabled_at.is_null()).order_by(people.Staff.name)
    return [staff_view(row) for row in active]


def _meant(name: str, everybody: Sequence[Staff]) -> list[Staff]:
    """Who is meant by a folded name: whole names first, then whole words of one, then what one begins with."""
    begun = [each for each in everybody if handle(each.name).startswith(name)]
    whole = [each for each in begun if handle(each.name) == name]
    return whole or [each for each in begun if handle(each.name).startswith(f"{name}.")] or begun


def _why_not(name: str, meant: Sequence[Staff], route: str) -> str:
    if not meant:
        return f"@{name} no es nadie del equipo."
    if len(meant) > 1:
        some = ", ".join(f"@{handle(each.name)}" for each in meant[:_FEW])
        return f"@{name} puede ser {some}{'…' if len(meant) > _FEW else ''}: escribe más del nombre."
    return "" if policy.allowed(meant[0], "read", route) else f"{meant[0].name} no puede ver este ticket: no recibirá la mención."


_KNOWN = Prepared(lambda: Mention.select(Mention.id).where(Mention.message == slot("message"), Mention.staff == slot("staff")))
_SEE = Prepared(
    lambda: Mention.update(seen_at=slot("now")).where(
        Mention.staff == slot("me"), Mention.ticket == slot("ticket"), Mention.seen_at.is_null()
    )
)
