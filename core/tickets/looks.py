"""The trail of who looked at whose file: every look is a row that stays (Ley 21.459, Ley 21.719)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from core import clock
from core.database.binding import reads, unlocked, writes
from core.database.prepared import Prepared, insert, slot
from core.errors import Invalid, NeedsReason
from core.people.staff import current
from core.people.views import Staff
from core.text import clean_line, is_blank
from core.tickets import access
from core.tickets.access import DOSSIER, OPENED, OWN
from core.tickets.models import Look, LookWords, Ticket

PREVIEW, FILE, WORDS, HOURS, COMMENT, EXPORT, AUDIT = (
    "vista", "archivo", "texto", "horas", "comentario", "exportado", "auditoria",
)  # fmt: skip
KINDS = (OPENED, PREVIEW, FILE, WORDS, DOSSIER, HOURS, COMMENT, EXPORT, AUDIT)
OTHER = "otra"
REASONS = {
    "llamo": "la persona llamó o vino",
    "ayuda": "ayudo a quien lo lleva",
    "revision": "revisión de supervisión",
    "tramite": "trámite relacionado",
    OTHER: "otra razón",
}
"""The usual reasons for opening what is not one's own work: their codes and words."""
LONGEST = 200
ONE_LOOK = 600
"""Seconds in which the same look of the same person is one row."""
_A_DAY = 8 * 3600
"""Seconds in which what is read of a person in a list is one look: lists are read again all the time."""


@dataclass(frozen=True, slots=True)
class Reason:
    """What somebody opens a ticket for that is not their own work: one of the usual codes, and words with `otra`."""

    code: str
    words: str = ""


class Listed(NamedTuple):
    """A person in a list, and the ticket that they stand there for, if any."""

    person_id: int
    ticket_id: int | None


@unlocked
def admit(actor: Staff, ticket_id: int, kind: str, reason: Reason | None = None) -> None:
    """Let somebody look at a ticket in one of the ways of `KINDS`, and keep that they did.

    Raises `NotFound`, and `NeedsReason` when it lies outside their own work and no reason was given.
    """
    if not _is_kept(actor, ticket_id, kind):
        _admit(actor, ticket_id, kind, reason)


@reads
def _is_kept(actor: Staff, ticket_id: int, kind: str) -> bool:
    """Whether this look was kept a moment ago and still is theirs."""
    me = current(actor)
    ticket = access.found(me, ticket_id, "read")
    return _is_recent(me, ticket.id, kind) and bool(access.way_in(me, ticket))


@writes
def _admit(actor: Staff, ticket_id: int, kind: str, reason: Reason | None) -> None:
    me = current(actor)
    note(me, access.found(me, ticket_id, "read"), kind, reason)


@writes
def note(me: Staff, ticket: Ticket, kind: str, reason: Reason | None = None) -> None:
    """Keep that somebody looks at a ticket, for the reason that they have or give; raises as `admit` does."""
    code = access.way_in(me, ticket)
    if not code:
        if reason is None:
            raise NeedsReason("No es parte de tu trabajo: di para qué lo abres.")
        code = checked(reason).code
    elif _is_recent(me, ticket.id, kind):
        return
    keep(me, kind, code, ticket.id, ticket.person_id, reason.words if reason and code == OTHER else "")


@writes
def keep(
    me: Staff | None, kind: str, code: str, ticket_id: int | None = None, person_id: int | None = None, words: str = ""
) -> None:
    """Add a look to the trail; the words of a reason go where they can be erased."""
    who = None if me is None else me.id
    look_id = insert(Look, staff_id=who, ticket_id=ticket_id, person_id=person_id, at=clock.now(), kind=kind, reason=code)
    if words:
        LookWords.insert(look=look_id, body=clean_line(words)).execute()


@unlocked
def listed(actor: Staff, kind: str, seen: Iterable[Listed]) -> None:
    """Keep that somebody read of these persons in a list; what they read there a while ago is not kept again."""
    new = _unseen(actor, kind, tuple(seen))
    if new:
        _keep_listed(actor, kind, new)


@reads
def _unseen(actor: Staff, kind: str, seen: tuple[Listed, ...]) -> list[Listed]:
    persons = sorted({each.person_id for each in seen})
    found = _LISTED(staff=actor.id, kind=kind, since=clock.now() - _A_DAY, persons=persons) if persons else []
    known = {person_id for (person_id,) in found}
    return [each for each in dict.fromkeys(seen) if each.person_id not in known]


@writes
def _keep_listed(actor: Staff, kind: str, new: list[Listed]) -> None:
    me = current(actor)
    for each in new:
        keep(me, kind, OWN, each.ticket_id, each.person_id)


@writes
def exported(person_ids: Iterable[int]) -> None:
    """Keep that everything about these persons was handed out at the server's own console."""
    for person_id in person_ids:
        keep(None, EXPORT, OWN, person_id=person_id)


def checked(reason: Reason) -> Reason:
    """A reason fit to be kept; raises `Invalid`."""
    if reason.code not in REASONS:
        raise Invalid({"motivo": f"El motivo debe ser uno de estos: {', '.join(REASONS.values())}."})
    if reason.code == OTHER and is_blank(clean_line(reason.words)):
        raise Invalid({"motivo": "Escribe para qué lo abres."})
    if len(reason.words) > LONGEST:
        raise Invalid({"motivo": f"El motivo tiene {len(reason.words)} letras y caben {LONGEST}."})
    return reason


def _is_recent(me: Staff, ticket_id: int, kind: str) -> bool:
    return _RECENT.first(ticket=ticket_id, staff=me.id, kind=kind, since=clock.now() - ONE_LOOK) is not None


_RECENT = Prepared(
    lambda: (
        Look.select(Look.id)
        .where(Look.ticket == slot("ticket"), Look.staff == slot("staff"), Look.at > slot("since"), Look.kind == slot("kind"))
        .limit(1)
    )
)
_LISTED = Prepared(
    lambda persons: Look.select(Look.person).where(
        Look.person.in_(persons), Look.staff == slot("staff"), Look.at > slot("since"), Look.kind == slot("kind")
    )
)
