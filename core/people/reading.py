"""Rows of people turned into views."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from core import clock
from core.database.prepared import Prepared, columns_of, row_of, slot
from core.people import models
from core.people.account_views import Account, Person


def account_view(row: Any, persons: Iterable[tuple[Any, ...]] | None = None) -> Account:
    """An account with the persons that it stands for, the holder first; they are asked for unless their rows are given."""
    found = _PERSONS(account=row.id) if persons is None else persons
    return Account(
        id=row.id,
        email=row.email,
        verified=row.verified_at is not None,
        language=row.language,
        created_at=row.created_at,
        persons=tuple(person_view(row_of(models.Person, values)) for values in found),
        blocked_at=row.blocked_at,
        has_password=row.password_hash is not None,
    )


def account_row(account_id: int) -> Any:
    """The row of an account that there is."""
    return row_of(models.Account, _ACCOUNT(account=account_id)[0])


def verified_row(email: str) -> Any:
    """The row of the account that has proven an address: there is one at most, and None when nobody has."""
    found = _VERIFIED.first(email=email)
    return None if found is None else row_of(models.Account, found)


def _accounts(*conditions: Any) -> Any:
    return models.Account.select(*columns_of(models.Account)).where(*conditions)


_ACCOUNT = Prepared(lambda: _accounts(models.Account.id == slot("account")))
_VERIFIED = Prepared(lambda: _accounts(models.Account.email == slot("email"), models.Account.verified_at.is_null(False)))
_PERSONS = Prepared(
    lambda: (
        models.Person.select(*columns_of(models.Person))
        .where(models.Person.account == slot("account"))
        .order_by(models.Person.is_holder.desc(), models.Person.id)
    )
)


def person_view(row: models.Person) -> Person:
    """A person as typed on the form."""
    return Person(
        id=row.id,
        account_id=row.account_id,
        given_names=row.given_names,
        first_surname=row.first_surname,
        second_surname=row.second_surname,
        single_name=bool(row.single_name),
        birth_date=clock.day_from(row.birth_on) if row.birth_on else None,
        country=row.country,
        is_holder=bool(row.is_holder),
        relation=row.relation,
        guardian=row.guardian,
    )
