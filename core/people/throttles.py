"""Allowances that fill up again with time, so that nobody is locked out for good."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from peewee import Case

from core import clock
from core.database.binding import writes
from core.database.prepared import Prepared, slot
from core.errors import TooOften
from core.language import _
from core.people.models import Throttle
from core.tokens import digest


class Limit(NamedTuple):
    """At most `burst` at once, and one more every `seconds`."""

    burst: int
    seconds: int


LIMITS = {
    "letters_from_place": Limit(20, 180),  # a shared office or a phone company's gateway signs up many people
    "letters_between": Limit(4, 900),  # letters that one place has sent to one inbox
    "letter_account": Limit(8, 300),  # letters to one inbox that anybody can ask for
    "sign_in_account": Limit(8, 60),  # guesses at one password from one place: the owner is elsewhere
    "sign_in_everywhere": Limit(100, 30),  # guesses at one password from anywhere; a letter opens the way again
    "sign_in_address": Limit(40, 10),  # guesses at many passwords from one place
    "password_account": Limit(8, 60),  # guesses at one's own password by whoever found the session open
    "claveunica_address": Limit(40, 10),  # sign-ins begun at ClaveÚnica from one place
    "claveunica_letters": Limit(5, 600),  # letters that one person has sent to addresses that are not yet theirs
    "ticket_account": Limit(10, 60),  # tickets opened and withdrawn over and over
    "message_account": Limit(20, 60),  # information added to a ticket
    "deflection_account": Limit(20, 600),  # doubts said to be solved by the answer before the text box
    "file_account": Limit(40, 30),  # files sent along
    "data_request_account": Limit(6, 600),  # requests about one's own data
    "hour_account": Limit(10, 60),  # hours at an office, asked for or changed
    "tramite_account": Limit(10, 600),  # procedures begun in the portal
    "child_account": Limit(6, 600),  # children added to an account
    "staff_sign_in": Limit(8, 30),  # guesses at an analyst's password
}


@writes
def spend(name: str, key: str) -> None:
    """Use up one of an allowance; raises `TooOften` with the seconds to wait when it is empty."""
    limit, now = LIMITS[name], clock.now()
    place = digest(f"{name}:{key}")
    if _SPEND.first(key=place, now=now, burst=limit.burst, seconds=float(limit.seconds)) is None:
        ((tokens, since),) = _LEFT(key=place)
        wait = max(1, round((1 - tokens) * limit.seconds - (now - since)))
        raise TooOften(_("Son demasiados intentos seguidos. Espera un momento y vuelve a intentarlo."), wait)


@writes
def spend_letter(inbox: str, place: str) -> None:
    """Let somebody at this place have a letter sent to an inbox that may be anybody's; raises `TooOften`."""
    spend("letters_from_place", place)
    spend("letters_between", f"{place} {inbox}")
    spend("letter_account", inbox)


@writes
def spend_guess(email: str, place: str) -> None:
    """Let somebody at this place try a password of an account, which need not exist; raises `TooOften`."""
    spend("sign_in_address", place)
    spend("sign_in_account", f"{place} {email}")
    spend("sign_in_everywhere", email)


@writes
def forgive_guesses(email: str, place: str) -> None:
    """Let whoever has just proven to read the account's mail sign in, whatever others have tried."""
    forget((email, f"{place} {email}"), ("sign_in_account", "sign_in_everywhere"))


_LEFT = Prepared(lambda: Throttle.select(Throttle.tokens, Throttle.updated_at).where(Throttle.key == slot("key")))


def _one_less() -> Any:
    """Takes one of what has filled up by now, if there is one."""
    filled = Throttle.tokens + (slot("now") - Throttle.updated_at) / slot("seconds")
    held = Case(None, [(filled < slot("burst"), filled)], slot("burst"))
    changed = {Throttle.tokens: held - 1, Throttle.updated_at: slot("now")}
    first = Throttle.insert(key=slot("key"), tokens=slot("burst") - 1, updated_at=slot("now"))
    return first.on_conflict(conflict_target=[Throttle.key], update=changed, where=held >= 1).returning(Throttle.tokens)


_SPEND = Prepared(_one_less)


@writes
def forget(keys: Iterable[str], names: Iterable[str] = tuple(LIMITS)) -> None:
    """Remove what is left of the allowances of these keys."""
    names = tuple(names)
    places = [digest(f"{name}:{key}") for key in keys for name in names]
    Throttle.delete().where(Throttle.key.in_(places)).execute()


@writes
def forget_full() -> int:
    """Remove the allowances that have long filled up again; how many."""
    oldest = clock.now() - max(limit.burst * limit.seconds for limit in LIMITS.values())
    return int(Throttle.delete().where(Throttle.updated_at < oldest).execute())
