"""A forgotten password: of all the links that were sent one works, once, however many hands use them at once."""

from __future__ import annotations

from functools import partial

import pytest

from core.errors import Conflict
from core.people import recovery, sessions
from core.people.account_views import Account
from tests.harness import cast
from tests.harness.crowd import at_once

pytestmark = pytest.mark.usefixtures("database")

NEW, OTHER = "otras palabras bien largas", "y todavía otras palabras"


@pytest.fixture
def known(database: str) -> Account:
    return cast.account()


def link(email: str) -> str:
    recovery.ask_reset(email)
    return cast.letters_to(email)[-1].body.partition("/clave/nueva/")[2].split()[0]


def test_of_two_who_use_a_link_at_once_one_wins(known: Account) -> None:
    token = link(known.email)
    outcomes = at_once([partial(recovery.reset, token, password, password) for password in (NEW, OTHER)])
    assert sorted(type(outcome) for outcome in outcomes if outcome is not None) == [Conflict]
    won = (NEW, OTHER)[outcomes.index(None)]
    assert sessions.sign_in(known.email, won).account_id == known.id


def test_an_older_link_works_until_one_of_them_is_used(known: Account) -> None:
    first, second = link(known.email), link(known.email)
    recovery.reset(first, NEW, NEW)
    assert recovery.link_standing(second) == "used"
    with pytest.raises(Conflict):
        recovery.reset(second, OTHER, OTHER)


def test_a_new_password_ends_every_session_remembered_or_not(known: Account) -> None:
    held = [sessions.begin(known.id, remember).token for remember in (True, False)]
    recovery.reset(link(known.email), NEW, NEW)
    assert [sessions.account_of(token) for token in held] == [None, None]
    assert cast.letters_to(known.email)[-1].kind == "password-changed"
