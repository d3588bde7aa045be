"""What services tell about people who write to the service: accounts, persons, sessions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from core import clock


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with tickets: the account's holder, or a child that the account stands for."""

    id: int
    account_id: int
    given_names: str
    first_surname: str
    second_surname: str
    single_name: bool
    birth_date: date | None
    country: str
    is_holder: bool
    relation: str
    guardian: str

    @property
    def shown_name(self) -> str:
        """The whole name as it was typed, in the order of the document."""
        return " ".join(part for part in (self.given_names, self.first_surname, self.second_surname) if part)

    @property
    def age(self) -> int | None:
        """Whole years today, or None when the birth date is not known."""
        if self.birth_date is None:
            return None
        today = clock.today()
        return today.year - self.birth_date.year - ((today.month, today.day) < (self.birth_date.month, self.birth_date.day))

    @property
    def is_minor(self) -> bool:
        """Under 18 today."""
        return self.age is not None and self.age < 18


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who can sign in, and the persons that the account stands for (the holder first)."""

    id: int
    email: str
    verified: bool
    language: str
    created_at: int
    persons: tuple[Person, ...]
    blocked_at: int | None = None
    """Since when the data may be read but not treated (Ley 21.719); None when they may."""
    has_password: bool = True
    """False for somebody who has only ever come in through ClaveÚnica."""

    def person(self, person_id: int | None) -> Person | None:
        """One of the account's persons; the first when none is named; None when it is not one of them."""
        return next((person for person in self.persons if person_id in (None, person.id)), None)

    @property
    def holder(self) -> Person | None:
        """The person who signs in for themselves; None when the account only stands for others."""
        return next((person for person in self.persons if person.is_holder), None)


@dataclass(frozen=True, slots=True)
class SessionGrant:
    """A new session: the token goes into the cookie and is kept nowhere else."""

    token: str
    account_id: int
    expires_at: int | None
    """Epoch seconds until which the cookie lives; None for as long as the browser is open."""


@dataclass(frozen=True, slots=True)
class Resumed:
    """What a cookie is worth at this request."""

    account: Account | None
    renewed: SessionGrant | None = None
    """A new token that replaces the cookie's, now and then."""
    stolen: bool = False
    """The cookie was copied and used elsewhere: every session of its account has just ended."""


@dataclass(frozen=True, slots=True)
class OwnSession:
    """A place where an account is signed in."""

    id: int
    device: str
    created_at: int
    seen_at: int
    remembered: bool
    is_this_one: bool
