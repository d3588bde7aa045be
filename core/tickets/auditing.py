"""The audit trail: who looked at whose file, when and why, for those who answer for it; reading it is kept too."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from peewee import JOIN

from core import clock
from core.database.binding import reads, unlocked, writes
from core.database.prepared import Prepared, slot
from core.identifiers import normalise_tramite, parse_folio
from core.people import models as people
from core.people import policy
from core.people.emails import NotAnAddress, canonical
from core.people.staff import current
from core.people.views import Staff
from core.text import clean_line, fold, words
from core.tickets import looks
from core.tickets.access import OWN
from core.tickets.models import Look, LookWords, Ticket

PAGE = 50
LONGEST_LINE = 200
_NONE = (-1,)
_DAY_FIRST = re.compile(r"(\d{1,2})[-/](\d{1,2})[-/](\d{4})\Z")
_YEAR_FIRST = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})\Z")
_NEAR = {"hoy": 0, "ayer": 1, "anteayer": 2}


@dataclass(frozen=True, slots=True)
class Seen:
    """A look: at what, by whom, in which way (one of `looks.KINDS`), and why."""

    id: int
    at: int
    staff_name: str
    """Empty for the server's own console."""
    kind: str
    reason: str
    words: str
    ticket_id: int | None
    folio: str
    """Empty when there is no ticket, or it is not this reader's to see."""
    person_name: str


@dataclass(frozen=True, slots=True)
class Trail:
    """A page of the trail, the newest first, and how the line was understood."""

    understood: str
    rows: tuple[Seen, ...]
    more: bool


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What a line asks for; None where it asks for nothing."""

    understood: tuple[str, ...] = ()
    staff_ids: tuple[int, ...] | None = None
    ticket_ids: tuple[int, ...] | None = None
    person_ids: tuple[int, ...] | None = None
    day: date | None = None
    names: tuple[str, ...] = field(default=())


@unlocked
def trail(actor: Staff, line: str = "", before: int | None = None) -> Trail:
    """A page of looks, older than the one of an id: all, or those of an analyst, a ticket, a trámite, a person or a day.

    Any line is legal: a folio, a trámite ID, an e-mail address, a date and the words of a name are told apart.
    Raises `NotAllowed`.
    """
    wanted = _understand(actor, clean_line(line[:LONGEST_LINE]))
    if before is None and not _is_kept(actor, wanted):
        _keep(actor, wanted)
    return _page(actor, wanted, before)


@reads
def _understand(actor: Staff, line: str) -> _Wanted:
    me = current(actor)
    policy.require(me, "audit")
    wanted = _Wanted()
    for typed in line.split():
        wanted = _with(me, wanted, typed)
    if wanted.names:
        ids = tuple(row.id for row in people.Staff.select() if _is_called(row.name, wanted.names))
        wanted = replace(wanted, staff_ids=ids or _NONE, understood=(*wanted.understood, f"de «{' '.join(wanted.names)}»"))
    return wanted


def _with(me: Staff, wanted: _Wanted, typed: str) -> _Wanted:
    """What is wanted, with one more word of the line."""
    folio, day = parse_folio(typed), _day(typed)
    if folio is not None:
        return _of_tickets(me, wanted, Ticket.folio == folio, f"folio {folio}")
    if day is not None:
        return replace(wanted, day=day, understood=(*wanted.understood, f"día {day:%d-%m-%Y}"))
    if "@" in typed:
        with suppress(NotAnAddress):
            return _of_address(wanted, canonical(typed))
    if any(character.isdigit() for character in typed):
        tramite_id = normalise_tramite(typed).value
        return _of_tickets(me, wanted, Ticket.tramite_id == tramite_id, f"trámite {tramite_id}")
    return replace(wanted, names=(*wanted.names, typed))


def _of_tickets(me: Staff, wanted: _Wanted, condition: Any, said: str) -> _Wanted:
    seen = Ticket.route.in_(sorted(policy.visible_routes(me)))
    ids = tuple(row.id for row in Ticket.select(Ticket.id).where(condition, seen).limit(PAGE))
    return replace(wanted, ticket_ids=ids or _NONE, understood=(*wanted.understood, said))


def _of_address(wanted: _Wanted, email: str) -> _Wanted:
    owners = people.Account.select(people.Account.id).where(people.Account.email == email)
    ids = tuple(row.id for row in people.Person.select(people.Person.id).where(people.Person.account.in_(owners)))
    return replace(wanted, person_ids=ids or _NONE, understood=(*wanted.understood, f"correo {email}"))


def _is_called(name: str, typed: tuple[str, ...]) -> bool:
    return all(any(word.startswith(fold(part)) for word in words(name)) for part in typed)


def _day(typed: str) -> date | None:
    if typed.lower() in _NEAR:
        return clock.today() - timedelta(days=_NEAR[typed.lower()])
    day_first, year_first = _DAY_FIRST.match(typed), _YEAR_FIRST.match(typed)
    parts = day_first.groups()[::-1] if day_first else year_first.groups() if year_first else ()
    with suppress(ValueError):
        return date(*map(int, parts)) if parts else None
    return None


@reads
def _is_kept(actor: Staff, wanted: _Wanted) -> bool:
    """Whether this reading was kept a moment ago; one that is about somebody is kept each time."""
    about = wanted.ticket_ids or wanted.person_ids
    return not about and _READ.first(staff=actor.id, kind=looks.AUDIT, since=clock.now() - looks.ONE_LOOK) is not None


@writes
def _keep(actor: Staff, wanted: _Wanted) -> None:
    me = current(actor)
    tickets = [] if wanted.ticket_ids in (None, _NONE) else Ticket.select().where(Ticket.id.in_(wanted.ticket_ids))
    persons = () if wanted.person_ids in (None, _NONE) else wanted.person_ids or ()
    about = [(ticket.id, ticket.person_id) for ticket in tickets] + [(None, person_id) for person_id in persons]
    for ticket_id, person_id in about or [(None, None)]:
        looks.keep(me, looks.AUDIT, OWN, ticket_id, person_id)


@reads
def _page(actor: Staff, wanted: _Wanted, before: int | None) -> Trail:
    me = current(actor)
    query = _looks().order_by(Look.id.desc()).limit(PAGE + 1)
    for condition in _conditions(wanted, before):
        query = query.where(condition)
    found = list(query.tuples())
    hidden = policy.hidden_routes(me)
    rows = tuple(_seen(values, hidden) for values in found[:PAGE])
    return Trail(" · ".join(wanted.understood), rows, len(found) > PAGE)


def _conditions(wanted: _Wanted, before: int | None) -> list[Any]:
    conditions = [] if before is None else [Look.id < before]
    for column, ids in ((Look.staff, wanted.staff_ids), (Look.ticket, wanted.ticket_ids), (Look.person, wanted.person_ids)):
        if ids is not None:
            conditions.append(column.in_(ids))
    if wanted.day is not None:
        first, last = clock.start_of(wanted.day), clock.start_of(wanted.day + timedelta(days=1))
        conditions += [Look.at >= first, Look.at < last]
    return conditions


def _looks() -> Any:
    columns = (
        Look.id,
        Look.at,
        people.Staff.name,
        Look.kind,
        Look.reason,
        LookWords.body,
        Look.ticket,
        Ticket.folio,
        Ticket.route,
        people.Person.given_names,
        people.Person.first_surname,
    )
    return (
        Look.select(*columns)
        .join(people.Staff, JOIN.LEFT_OUTER, on=(Look.staff == people.Staff.id))
        .join(LookWords, JOIN.LEFT_OUTER, on=(LookWords.look == Look.id))
        .join(Ticket, JOIN.LEFT_OUTER, on=(Look.ticket == Ticket.id))
        .join(people.Person, JOIN.LEFT_OUTER, on=(Look.person == people.Person.id))
    )


def _seen(values: tuple[Any, ...], hidden: frozenset[str]) -> Seen:
    look_id, at, name, kind, reason, body, ticket_id, folio, route, given, surname = values
    if route in hidden:
        ticket_id, folio, body, given, surname = None, "", "", "", ""
    person = " ".join(part for part in (given, surname) if part)
    return Seen(look_id, at, name or "", kind, reason, body or "", ticket_id, folio or "", person)


_READ = Prepared(
    lambda: (
        Look.select(Look.id)
        .where(Look.staff == slot("staff"), Look.kind == slot("kind"), Look.at > slot("since"))
        .where(Look.ticket.is_null(), Look.person.is_null())
        .limit(1)
    )
)
