"""One line that finds: a trámite ID in any spelling, a folio, an e-mail, a name or words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from core.database import fulltext
from core.database.binding import reads
from core.identifiers import normalise_tramite, parse_folio
from core.people import models as people
from core.people import policy
from core.people.emails import NotAnAddress, canonical
from core.people.staff import current
from core.people.views import Staff
from core.text import clean_line, fold, words
from core.tickets.models import Ticket
from core.tickets.records import rows, rows_by_id
from core.tickets.views import Found, TicketRow

LONGEST_LINE = 200
_MOST_WORDS = 8
_SHORTEST_PREFIX = 2
_FOLIO_BEGUN = re.compile(r"AM-?(?:\d{1,4}(?:-\d*(?:-\w?)?)?)?\Z")


@reads
def search(actor: Staff, line: str, limit: int = 100) -> Found:
    """The tickets that a line finds, the most exact first, then the newest; any line is legal."""
    me = current(actor)
    policy.require(me, "search")
    typed = clean_line(line[:LONGEST_LINE])
    visible = Ticket.route.in_(sorted(policy.visible_routes(me)))
    found: dict[int, TicketRow] = {}
    for by in (_by_folio, _by_tramite, _by_email):
        for row in by(typed, visible, limit):
            found.setdefault(row.id, row)
    terms = words(typed)[:_MOST_WORDS]
    if len(found) < limit:
        for row in _by_words(terms, typed, me, limit):
            found.setdefault(row.id, row)
    hits = list(found.values())
    return Found(_understood(typed, hits[:limit]), tuple(hits[:limit]), len(hits) >= limit, tuple(terms))


def _by_folio(typed: str, visible: Any, limit: int) -> list[TicketRow]:
    folio = parse_folio(typed)
    if folio is not None:
        return list(rows((Ticket.folio == folio) & visible, "folio"))
    begun = typed.upper().replace(" ", "-")
    if not _FOLIO_BEGUN.match(begun) or len(begun) < 9:
        return []
    ids = Ticket.select(Ticket.id).where(_begins(Ticket.folio, begun), visible).order_by(Ticket.folio).limit(limit)
    return rows_by_id([row.id for row in ids], "folio")


def _by_tramite(typed: str, visible: Any, limit: int) -> list[TicketRow]:
    if not any(c.isdigit() for c in typed):
        return []
    wanted = normalise_tramite(typed)
    exact = _newest((Ticket.tramite_id == wanted.value) & visible, limit)
    if wanted.strange or len(wanted.value) < 3 or len(exact) >= limit:
        return rows_by_id(exact, "trámite")
    begun = Ticket.select(Ticket.id).where(_begins(Ticket.tramite_id, wanted.value), visible)
    near = [row.id for row in begun.order_by(Ticket.tramite_id).limit(limit)]
    return rows_by_id(list(dict.fromkeys([*exact, *near]))[:limit], "trámite")


def _by_email(typed: str, visible: Any, limit: int) -> list[TicketRow]:
    if "@" not in typed:
        return []
    try:
        address = canonical(typed)
    except NotAnAddress:
        return []
    theirs = (
        people.Person.select(people.Person.id)
        .join(people.Account, on=(people.Person.account == people.Account.id))
        .where(people.Account.email == address)
    )
    return rows_by_id(_newest(Ticket.person.in_(theirs) & visible, limit), "correo")


def _by_words(terms: Sequence[str], typed: str, actor: Staff, limit: int) -> list[TicketRow]:
    if not terms or (len(terms) == 1 and len(terms[0]) < _SHORTEST_PREFIX and terms[0].isascii()):
        return []
    unfinished = not typed.endswith((" ", ".")) and len(terms[-1]) >= _SHORTEST_PREFIX
    ids = fulltext.newest(terms, unfinished, policy.visible_routes(actor), limit)
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


def _newest(condition: Any, limit: int) -> list[int]:
    return [row.id for row in Ticket.select(Ticket.id).where(condition).order_by(Ticket.id.desc()).limit(limit)]


def _begins(column: Any, text: str) -> Any:
    """A range instead of LIKE, which would not use the index."""
    return (column >= text) & (column < text[:-1] + chr(ord(text[-1]) + 1))


def _understood(typed: str, hits: Sequence[TicketRow]) -> str:
    if not typed:
        return ""
    if not hits:
        return f"nada con «{typed}»"
    persons = len({fold(row.person_name) for row in hits})
    tickets = f"{len(hits)} ticket{'s' if len(hits) != 1 else ''}"
    by = hits[0].matched
    return f"{by} {typed} → {tickets} · {persons} persona{'s' if persons != 1 else ''}"
