"""What a line can be as a whole: a trámite ID in any spelling, a folio, an e-mail address, or the beginning of one."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import Any

from core.database.prepared import Prepared, slot
from core.identifiers import normalise_tramite, parse_folio
from core.people import models as people
from core.people.emails import NotAnAddress, canonical
from core.tickets.models import Ticket

MOST_NEAR = 100
_SHORTEST_TRAMITE = 3
_SHORTEST_FOLIO = 9
_SHORTEST_LIKENESS = 5
_FOLIO_BEGUN = re.compile(r"AM-?(?:\d{1,4}(?:-\d*(?:-\w?)?)?)?\Z")
_WHOLE_FOLIO = re.compile(r"AM-20\d\d-\d{6,9}-\w\Z")
_NUMBER = re.compile(r"\d{1,6}\Z")


def exact(typed: str, hidden: list[str]) -> tuple[str, list[int]]:
    """What the line is, and the tickets of that trámite, folio or address; nothing when it is none that is known."""
    folio = parse_folio(typed)
    if folio is not None:
        return "folio", _ids(_BY_FOLIO, hidden, folio=folio)
    if any(c.isdigit() for c in typed):
        found = _ids(_BY_TRAMITE, hidden, tramite=normalise_tramite(typed).value)
        if found:
            return "trámite", found
    if "@" in typed:
        with suppress(NotAnAddress):
            return "correo", _ids(_BY_EMAIL, hidden, email=canonical(typed))
    return "", []


def begun(typed: str, hidden: list[str]) -> tuple[str, list[int]]:
    """The tickets whose trámite or folio begins as the line does."""
    upper = typed.upper().replace(" ", "-")
    if _FOLIO_BEGUN.match(upper) and len(upper) >= _SHORTEST_FOLIO:
        return "folio", _from(_FOLIO_BEGINS, hidden, upper)
    wanted = normalise_tramite(typed)
    if wanted.strange or len(wanted.value) < _SHORTEST_TRAMITE:
        return "", []
    return "trámite", _from(_TRAMITE_BEGINS, hidden, wanted.value)


def alike(typed: str, hidden: list[str], year: int) -> tuple[str, str, list[int]]:
    """The next best where nothing was found: what there is none of, what is alike instead, and those tickets."""
    upper = typed.upper().replace(" ", "-")
    if _WHOLE_FOLIO.match(upper):
        return "ese folio", "con el folio parecido", _from(_FOLIO_BEGINS, hidden, upper[:-1])
    wanted = normalise_tramite(typed)
    if wanted.strange:
        return "", "", []
    if _NUMBER.match(wanted.value):
        number = int(wanted.value)
        found = [i for back in (0, 1) for i in _from(_FOLIO_BEGINS, hidden, f"AM-{year - back}-{number:06d}-")]
        if found:
            return "ese trámite", "con el folio parecido", found
    for shorter in range(len(wanted.value) - 1, _SHORTEST_LIKENESS - 1, -1):
        found = _from(_TRAMITE_BEGINS, hidden, wanted.value[:shorter])
        if found:
            return "ese trámite", f"cuyo trámite empieza con {wanted.value[:shorter]}", found
    return "", "", []


def _from(query: Prepared, hidden: list[str], first: str) -> list[int]:
    return _ids(query, hidden, first=first, beyond=first[:-1] + chr(ord(first[-1]) + 1))


def _ids(query: Prepared, hidden: list[str], **values: Any) -> list[int]:
    return [ticket_id for (ticket_id,) in query(hidden=hidden, limit=MOST_NEAR, **values)]


def _tickets(*conditions: Any, by: Any = None) -> Prepared:
    order = Ticket.id.desc() if by is None else by
    limit = slot("limit")
    return Prepared(
        lambda hidden: Ticket.select(Ticket.id).where(*conditions, Ticket.route.not_in(hidden)).order_by(order).limit(limit)
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
