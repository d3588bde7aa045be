"""Whether somebody's data may be treated: not while they are blocked, never again once they are erased (Ley 21.719).

A verb asks after it has locked what it is about to change, a ticket or a person: whoever blocks or erases locks
both first, and so either waits for the verb to end or is seen by it.
"""

from __future__ import annotations

from typing import Any, Literal

from core.database import engines
from core.database.binding import db, reads, writes
from core.errors import NotAllowed
from core.language import _
from core.people.models import Account, Person

Standing = Literal["", "bloqueados", "suprimidos"]


def standing(blocked_at: int | None, erased_at: int | None) -> Standing:
    """What these two instants say; empty when the data may be treated."""
    if erased_at is not None:
        return "suprimidos"
    return "bloqueados" if blocked_at is not None else ""


@reads
def of_person(person_id: int) -> Standing:
    """How the data of a person stand: as those of the account that the person belongs to."""
    return _of(Account.id == Person.select(Person.account).where(Person.id == person_id))


@reads
def require_free(account_id: int) -> None:
    """Raise `NotAllowed`, in the citizen's words, unless the account's data may be treated."""
    _require(_of(Account.id == account_id))


@writes
def require_free_person(person_id: int) -> None:
    """Lock the person's row; raise `NotAllowed`, in the citizen's words, unless the data may be treated."""
    engines.for_change(db.obj, Person.select().where(Person.id == person_id)).first()
    _require(of_person(person_id))


def _of(condition: Any) -> Standing:
    row = Account.select(Account.blocked_at, Account.erased_at).where(condition).first()
    return "" if row is None else standing(row.blocked_at, row.erased_at)


def _require(how: Standing) -> None:
    if how:
        raise NotAllowed(
            _("Tus datos están bloqueados: mientras dure el bloqueo nada cambia. Puedes leer todo y descargarlo en Mis datos.")
        )
