"""One line that finds: a trámite ID in any spelling, a folio, an e-mail, a name or words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any

from core.database import fulltext
from core.database.binding import reads
from core.database.prepared import Prepared, slot
from core.identifiers import normalise_tramite, parse_folio
from core.people import models as people
from core.people import policy
from core.people.emails import NotAnAddress, canonical
from core.people.staff import current
from core.people.views import Staff
from core.text import clean_line, fold, words
from core.tickets.models import Ticket
from core.tickets.records import rows_by_id
from core.tickets.views import Found, TicketRow

LONGEST_LINE = 200
_MOST_WORDS = 8
_SHORTEST_PREFIX = 2
_SHORTEST_TRAMITE = 3
_SHORTEST_FOLIO = 9
_FOLIO_BEGUN = re.compile(r"AM-?(?:\d{1,4}(?:-\d*(?:-\w?)?)?)?\Z")


@reads
def search(actor: Staff, line: str, limit: int = 100) -> Found:
    """The tickets that a line finds, newest first; any line is legal.

    A trámite ID, a folio or an e-mail address that is there is what was meant, and nothing else is looked for.
    """
    me = current(actor)
    policy.require(me, "search")
    typed = clean_line(line[:LONGEST_LINE])
    terms = words(typed)[:_MOST_WORDS]
    seen = {"routes": sorted(policy.visible_routes(me)), "limit": limit}
    hits = _exact(typed, seen)
    if not hits:
        near = rows_by_id(_near(typed, seen))
        hits = [replace(row, matched="trámite" if row.tramite else "folio") for row in near]
        known = {row.id for row in hits}
        unfinished = not line[:LONGEST_LINE].endswith((" ", "."))
        hits += [row for row in _by_words(terms, typed, unfinished, me, limit) if row.id not in known]
    return Found(_understood(typed, hits[:limit]), tuple(hits[:limit]), len(hits) >= limit, tuple(terms))


def _exact(typed: str, seen: dict[str, Any]) -> list[TicketRow]:
    """The tickets of the trámite, the folio or the address that the line is, if it is one."""
    folio = parse_folio(typed)
    if folio is not None:
        return rows_by_id(_ids(_BY_FOLIO, seen, folio=folio), "folio")
    if any(c.isdigit() for c in typed):
        found = _ids(_BY_TRAMITE, seen, tramite=normalise_tramite(typed).value)
        if found:
            return rows_by_id(found, "trámite")
    if "@" in typed:
        with suppress(NotAnAddress):
            return rows_by_id(_ids(_BY_EMAIL, seen, email=canonical(typed)), "correo")
    return []


def _near(typed: str, seen: dict[str, Any]) -> list[int]:
    """The tickets whose trámite or folio begins as the line does."""
    begun = typed.upper().replace(" ", "-")
    if _FOLIO_BEGUN.match(begun) and len(begun) >= _SHORTEST_FOLIO:
        return _ids(_FOLIO_BEGINS, seen, first=begun, beyond=_beyond(begun))
    wanted = normalise_tramite(typed)
    if wanted.strange or len(wanted.value) < _SHORTEST_TRAMITE:
        return []
    return _ids(_TRAMITE_BEGINS, seen, first=wanted.value, beyond=_beyond(wanted.value))


def _ids(query: Prepared, seen: dict[str, Any], **values: Any) -> list[int]:
    return [ticket_id for (ticket_id,) in query(**seen, **values)]


def _beyond(text: str) -> str:
    """The first text that no longer begins with this one."""
    return text[:-1] + chr(ord(text[-1]) + 1)


def _tickets(*conditions: Any, by: Any = None) -> Prepared:
    order = Ticket.id.desc() if by is None else by
    limit = slot("limit")
    return Prepared(
        lambda routes: Ticket.select(Ticket.id).where(*conditions, Ticket.route.in_(routes)).order_by(order).limit(limit)
    )


def _of_address() -> Any:
    persons = people.Person.select(people.Person.id)
    owners = persons.join(people.Account, on=(people.Person.account == people.Account.id))
    return owners.where(people.Account.email == slot("email"))


_BY_FOLIO = _tickets(Ticket.folio == slot("folio"))
_BY_TRAMITE = _tickets(Ticket.tramite_id == slot("tramite"))
_BY_EMAIL = _tickets(Ticket.person.in_(_of_address()))
_FOLIO_BEGINS = _tickets(Ticket.folio >= slot("first"), Ticket.folio < slot("beyond"), by=Ticket.folio)
_TRAMITE_BEGINS = _tickets(Ticket.tramite_id >= slot("first"), Ticket.tramite_id < slot("beyond"), by=Ticket.tramite_id)


def _by_words(terms: Sequence[str], typed: str, unfinished: bool, actor: Staff, limit: int) -> list[TicketRow]:
    if not terms or (len(terms) == 1 and len(terms[0]) < _SHORTEST_PREFIX and terms[0].isascii()):
        return []
    ids = fulltext.newest(terms, unfinished and len(terms[-1]) >= _SHORTEST_PREFIX, policy.visible_routes(actor), limit)
    found = rows_by_id(ids)
    addresses = _addresses(ids) if "@" in typed or "." in typed else {}
    return [_marked(row, terms, addresses.get(row.id, "")) for row in found]


def _marked(row: TicketRow, terms: Sequence[str], address: str) -> TicketRow:
    if _all_begin(terms, words(row.person_name)):
        return replace(row, matched="nombre")
    return replace(row, matched="correo" if address and _all_begin(terms, words(address)) else "palabras")


def _all_begin(terms: Sequence[str], found: Sequence[str]) -> bool:
    return all(any(word.startswith(term) for word in found) for term in terms)


def _addresses(ids: Sequence[int]) -> dict[int, str]:
    query = (
        Ticket.select(Ticket.id, people.Account.email)
        .join(people.Person, on=(Ticket.person == people.Person.id))
        .join(people.Account, on=(people.Person.account == people.Account.id))
        .where(Ticket.id.in_(list(ids)))
    )
    return dict(query.tuples())


def _understood(typed: str, hits: Sequence[TicketRow]) -> str:
    if not typed:
        return ""
    if not hits:
        return f"nada con «{typed}»"
    persons = len({fold(row.person_name) for row in hits})
    tickets = f"{len(hits)} ticket{'s' if len(hits) != 1 else ''}"
    by = hits[0].matched
    return f"{by} {typed} → {tickets} · {persons} persona{'s' if persons != 1 else ''}"
