"""The procedures that can be begun in the portal."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from core import clock
from core.database.binding import reads, writes
from core.errors import NotFound
from core.language import _, current
from core.mail import outbox
from core.people import standing, throttles
from core.people.account_views import Account
from core.tokens import digest
from core.tramites import history
from core.tramites.models import Tramite as TramiteRow
from core.tramites.models import TramiteStart
from core.tramites.views import Procedure, Tramite

FIRST_ID = 70_000_000
"""IDs that are given here begin after this number."""
RECEIVED = "Recepcionada"
_DATA = Path(__file__).parent.parent.parent / "data"


@cache
def procedures() -> tuple[Procedure, ...]:
    """Everything that can be begun, the featured ones first."""
    rows = json.loads((_DATA / "procedures.json").read_text(encoding="utf-8"))
    made = [
        Procedure(row["id"], row["nombre"], row["para"], row["destacado"], row["por_verificar"], row.get("al_instante", False))
        for row in rows
    ]
    return tuple(sorted(made, key=lambda each: not each.featured))


def procedure(code: str) -> Procedure:
    """A procedure by its code; raises `NotFound`."""
    found = next((each for each in procedures() if each.id == code), None)
    if found is None:
        raise NotFound(_("No encontramos ese trámite."))
    return found


@writes
def start(account: Account, person_id: int, code: str, key: str = "") -> Tramite:
    """Begin a procedure: it gets its ID, and a letter carries it; sent twice with one key, it is begun once.

    Raises `NotFound`, `NotAllowed`, `TryLater`.
    """
    asked = procedure(code)
    if asked.answered_here or account.person(person_id) is None:
        raise NotFound(_("No encontramos ese trámite."))
    standing.require_free_person(person_id)
    submit_key = f"{person_id}:{code}:{digest(key)}" if key else None
    before = TramiteStart.get_or_none(TramiteStart.submit_key == submit_key) if submit_key else None
    if before is not None:
        return _found(before.tramite_id)
    throttles.spend("tramite_account", str(account.id))
    tramite_id = _begin(person_id, code, submit_key)
    _register(tramite_id, asked, account.email)
    _send_id(account, tramite_id, asked)
    return _found(tramite_id)


@reads
def begun_for(tramite_ids: Iterable[str]) -> dict[str, int]:
    """For whom these trámites were begun in the portal: ID → person; those begun elsewhere are left out."""
    rows = TramiteStart.select().where(TramiteStart.tramite_id.in_(list(tramite_ids)))
    return {row.tramite_id: row.person_id for row in rows}


@writes
def follow(person_id: int, email: str) -> None:
    """Let what was begun for a person belong to another address: the one of their own account."""
    begun = TramiteStart.select(TramiteStart.tramite_id).where(TramiteStart.person == person_id)
    TramiteRow.update(email=email).where(TramiteRow.id.in_(begun)).execute()


def _begin(person_id: int, code: str, submit_key: str | None) -> str:
    """Keep that it was begun; the ID that it gets, which no known trámite has."""
    begun = TramiteStart.insert(person=person_id, kind=code, at=clock.now(), submit_key=submit_key).execute()
    number = FIRST_ID + begun
    while history.tramite(str(number)) is not None:
        number += FIRST_ID
    TramiteStart.update(tramite_id=str(number)).where(TramiteStart.id == begun).execute()
    return str(number)


def _register(tramite_id: str, asked: Procedure, email: str) -> None:
    today, now = clock.day_number(clock.today()), clock.now()
    TramiteRow.insert(id=tramite_id, kind=asked.name, state=RECEIVED, email=email, created_on=today, updated_at=now).execute()


def _send_id(account: Account, tramite_id: str, asked: Procedure) -> None:
    outbox.write(
        "tramite-started",
        address=account.email,
        language=current(),
        account_id=account.id,
        tramite=tramite_id,
        name=asked.name,
        link=outbox.link("/portal"),
    )


def _found(tramite_id: str) -> Tramite:
    found = history.tramite(tramite_id)
    if found is None:
        raise NotFound(_("No encontramos ese trámite."))
    return found
