"""Whom most tests of core need: a person with a ticket, and two analysts, on both databases."""

from __future__ import annotations

import pytest

from core.people.account_views import Account
from core.people.views import Staff
from core.tickets.lists.views import TicketRow
from tests.harness import cast


@pytest.fixture
def owner(database: str) -> Account:
    """A citizen with a validated account."""
    return cast.account()


@pytest.fixture
def me(database: str) -> Staff:
    """An analyst."""
    return cast.analyst("Ana Rojas")


@pytest.fixture
def colleague(database: str) -> Staff:
    """Another analyst."""
    return cast.analyst("Luis Soto")


@pytest.fixture
def ticket(owner: Account, me: Staff) -> TicketRow:
    """The citizen's ticket as the analyst's list shows it."""
    return cast.row_of(cast.ticket(owner), me)
