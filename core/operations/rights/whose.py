"""Whose data: an account with all that hangs on it."""

from __future__ import annotations

from dataclasses import dataclass

from core.database import engines
from core.database.binding import db, reads, writes
from core.mail.models import Letter
from core.people import models as people
from core.tickets.models import Ticket

NOT_YET_PROVEN = ("email-change-new", "email-change-proven")
"""Letters to an address that may be somebody else's."""


@dataclass(frozen=True, slots=True)
class Whose:
    """An account: the rows that hang on it, and the addresses that are or were its own."""

    account_id: int
    email: str
    addresses: tuple[str, ...]
    person_ids: tuple[int, ...]
    ticket_ids: tuple[int, ...]


@reads
def whose(account_id: int) -> Whose:
    """Everything that hangs on an account, by its ids."""
    email = people.Account.get_by_id(account_id).email
    persons = _ids(people.Person, people.Person.account == account_id)
    return Whose(
        account_id=account_id,
        email=email,
        addresses=_addresses(account_id, email),
        person_ids=persons,
        ticket_ids=_ids(Ticket, Ticket.person.in_(persons)),
    )


@writes
def hold(account_id: int) -> Whose:
    """The same, locked: whatever was being done to persons and tickets is done, and what comes later waits."""
    for table, condition in (
        (people.Person, people.Person.account == account_id),
        (Ticket, Ticket.person.in_(people.Person.select(people.Person.id).where(people.Person.account == account_id))),
        (people.Account, people.Account.id == account_id),
    ):
        list(engines.for_change(db.obj, table.select(table.id).where(condition).order_by(table.id)))
    return whose(account_id)


def _ids(table: type, condition: object) -> tuple[int, ...]:
    rows = table.select(table.id).where(condition).order_by(table.id)  # type: ignore[attr-defined]
    return tuple(row.id for row in rows)


def _addresses(account_id: int, email: str) -> tuple[str, ...]:
    """The present address and those that letters went to before, but for those that are another account's now."""
    sent = Letter.select(Letter.address).where(Letter.account_id == account_id, Letter.kind.not_in(NOT_YET_PROVEN)).distinct()
    known = {email} | {row.address for row in sent} - {""}
    taken = people.Account.select(people.Account.email).where(
        people.Account.email.in_(sorted(known)), people.Account.id != account_id, people.Account.verified_at.is_null(False)
    )
    return tuple(sorted(known - {row.email for row in taken}))
