"""Who writes the answer: the first who begins, until the heartbeat is missed and somebody else writes."""

from __future__ import annotations

import pytest

from core import clock
from core.people.views import Staff
from core.tickets import presence
from core.tickets.views import Watcher
from tests.harness import cast
from tests.harness.crowd import at_once


@pytest.fixture
def ana(database: str) -> Staff:
    return cast.analyst("Ana Rojas")


@pytest.fixture
def luis(database: str) -> Staff:
    return cast.analyst("Luis Soto")


@pytest.fixture
def ticket(ana: Staff) -> int:
    return cast.row_of(cast.ticket(), ana).id


def leads(seen: tuple[Watcher, ...]) -> bool:
    """Whether the one colleague who is seen has the lease."""
    (other,) = seen
    return other.leads


def test_the_first_who_writes_has_it_and_the_other_is_told_at_once(ana: Staff, luis: Staff, ticket: int) -> None:
    presence.look(ana, ticket, writing=True)
    assert presence.look(luis, ticket, writing=False) == (Watcher(ana.id, ana.name, True, True),)
    assert leads(presence.look(luis, ticket, writing=True))
    assert presence.look(ana, ticket, writing=True) == (Watcher(luis.id, luis.name, True, False),)


def test_whoever_only_looks_has_none(ana: Staff, luis: Staff, ticket: int) -> None:
    presence.look(ana, ticket, writing=False)
    assert presence.look(luis, ticket, writing=True) == (Watcher(ana.id, ana.name, False, False),)


def test_whoever_stops_writing_gives_it_up(ana: Staff, luis: Staff, ticket: int) -> None:
    presence.look(ana, ticket, writing=True)
    presence.look(luis, ticket, writing=True)
    presence.look(ana, ticket, writing=False)
    assert leads(presence.look(ana, ticket, writing=True))


def test_it_runs_out_after_missing_heartbeats(ana: Staff, luis: Staff, ticket: int) -> None:
    presence.look(ana, ticket, writing=True)
    clock.advance(presence.HEARTBEAT * 4)
    assert presence.look(luis, ticket, writing=True) == ()
    assert leads(presence.look(ana, ticket, writing=True))


def test_after_a_lost_connection_it_is_ones_own_again_if_nobody_took_it(ana: Staff, luis: Staff, ticket: int) -> None:
    presence.look(ana, ticket, writing=True)
    clock.advance(600)
    presence.look(ana, ticket, writing=True)
    assert leads(presence.look(luis, ticket, writing=True))


def test_two_who_begin_at_once_agree_on_who_was_first(ana: Staff, luis: Staff, ticket: int) -> None:
    at_once([lambda who=who: presence.look(who, ticket, writing=True) for who in (ana, luis)])
    assert leads(presence.watchers(ticket, ana.id)) != leads(presence.watchers(ticket, luis.id))
