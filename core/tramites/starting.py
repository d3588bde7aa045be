"""The procedures that can be begun in the portal."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from core import clock
from core.database.binding import writes
from core.errors import NotFound
from core.language import _, current
from core.mail import outbox
from core.people import throttles
from core.people.views import Account
from core.tramites import history
from core.tramites.models import Tramite as TramiteRow
from core.tramites.models import TramiteStart
from core.tramites.views import Procedure, Stage, Tramite

FIRST_ID = 70_000_000
"""IDs that are given here begin after this number."""
RECEIVED = "Recepcionada"
_DATA = Path(__file__).parent.parent.parent / "data"


@cache
def procedures() -> tuple[Procedure, ...]:
    """Everything that can be begun, the featured ones first."""
    rows = json.loads((_DATA / "procedures.json").read_text(encoding="utf-8"))
    made = [Procedure(row["id"], row["nombre"], row["para"], row["destacado"], row["por_verificar"]) for row in rows]
    return tuple(sorted(made, key=lambda each: not each.featured))


@cache
def stages() -> tuple[Stage, ...]:
    """The stages that a procedure goes through, in order, in plain words."""
    rows = json.loads((_DATA / "stages.json").read_text(encoding="utf-8"))
    return tuple(Stage(row["nombre"], tuple(row["estados"]), row["explicacion"]) for row in rows)


def stage_of(tramite: Tramite) -> Stage | None:
    """The stage that a trámite's state stands for; None when the state is not one that we know."""
    state = tramite.state.casefold()
    return next((stage for stage in stages() if state in (known.casefold() for known in stage.states)), None)


@writes
def start(account: Account, person_id: int, code: str) -> Tramite:
    """Begin a procedure: it gets its ID, and a letter carries it; raises `NotFound`, `TryLater`."""
    procedure = next((each for each in procedures() if each.id == code), None)
    if procedure is None or account.person(person_id) is None:
        raise NotFound(_("No encontramos ese trámite."))
    throttles.spend("tramite_account", str(account.id))
    begun = TramiteStart.insert(person=person_id, kind=code, at=clock.now()).execute()
    tramite_id = str(FIRST_ID + begun)
    TramiteRow.insert(
        id=tramite_id,
        kind=procedure.name,
        state=RECEIVED,
        email=account.email,
        created_on=clock.day_number(clock.today()),
        updated_at=clock.now(),
    ).execute()
    outbox.write(
        "tramite-started",
        address=account.email,
        language=current(),
        account_id=account.id,
        tramite=tramite_id,
        name=procedure.name,
        link=outbox.link("/portal"),
    )
    found = history.tramite(tramite_id)
    if found is None:
        raise NotFound(_("No encontramos ese trámite."))
    return found
