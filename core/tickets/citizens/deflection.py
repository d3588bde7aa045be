"""Doubts that were solved by the answer before the text box, so that no ticket was needed."""

from __future__ import annotations

from core import clock
from core.database.binding import writes
from core.database.prepared import Prepared, slot
from core.errors import NotFound
from core.language import _
from core.people import throttles
from core.people.account_views import Account
from core.tickets.citizens import drafts
from core.tickets.models import Deflection
from core.tokens import digest
from core.tramites.catalogue import catalogue


@writes
def solved(account: Account, person_id: int, categoria: str) -> None:
    """Count a doubt of today as solved, once for each draft; nothing tells whose it was. Raises `TryLater`."""
    if account.person(person_id) is None:
        raise NotFound(_("Esa persona no está en tu cuenta."))
    draft = drafts.read(person_id)
    if draft is None or catalogue().categoria(categoria) is None:
        return
    key = digest(f"{draft.key}:{categoria}")
    if _COUNTED.first(key=key) is None:
        throttles.spend("deflection_account", str(account.id))
        _COUNT.count(day=clock.day_number(clock.today()), categoria=categoria, key=key)


_COUNTED = Prepared(lambda: Deflection.select(Deflection.id).where(Deflection.submit_key == slot("key")))
_COUNT = Prepared(
    lambda: Deflection.insert(day_on=slot("day"), categoria=slot("categoria"), submit_key=slot("key")).on_conflict_ignore()
)
