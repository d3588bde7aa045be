"""Whether somebody's data may be treated: not while they are blocked, never again once they are erased (Ley 21.719).

A verb asks after it has locked what it is about to change, a ticket or a person: whoever blocks or erases locks
both first, and so either waits for the verb to end or is seen by it.
"""

from __future__ import annotations

from typing import Any, Literal

from core.database import engines
from core.database.binding import db, reads, writes
from core.database.prepared import Prepared, slot
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
    return _of(_OF_PERSON.first(person=person_id))


@reads
def require_free(account_id: int) -> None:
    """Raise `NotAllowed`, in the citizen's words, unless the account's data may be treated."""
    _require(_of(_OF_ACCOUNT.first(account=account_id)))


@writes
def require_free_person(person_id: int) -> None:
    """Lock the person's row; raise `NotAllowed`, in the citizen's words, unless the data may be treated."""
    _LOCK.first(person=person_id)
    _require(of_person(person_id))


def _of(row: tuple[Any, ...] | None) -> Standing:
    return "" if row is None else standing(*row)


_TIMES = (Account.blocked_at, Account.erased_at)
_OF_ACCOUNT = Prepared(lambda: Account.select(*_TIMES).where(Account.id == slot("account")))
_OF_PERSON = Prepared(
    lambda: Account.select(*_TIMES).join(Person, on=(Person.account == Account.id)).where(Person.id == slot("person"))
)
_LOCK = Prepared(lambda: engines.for_change(db.obj, Person.select(Person.id).where(Person.id == slot("person"))))


def _require(how: Standing) -> None:
    if how:
        raise NotAllowed(
            _("Tus datos están bloqueados: mientras dure el bloqueo nada cambia. Puedes leer todo y descargarlo en Mis datos.")
        )
