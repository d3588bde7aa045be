"""Pictures of the screens that ask one thing or list a few, at the size at which room is short."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from analyst_tui.screens.leaving import LeavingScreen
from core import clock
from core.banners import publishing
from core.people.views import Staff
from core.tickets import desk as verbs
from core.tickets import enclosing
from core.tickets.citizens import survey
from core.tickets.lists import queue
from tests.analyst_tui.conftest import Outage
from tests.analyst_tui.desk import SQLITE, Desk, press, settled
from tests.harness import cast
from tests.harness.filing import put

pytestmark = SQLITE
Session = tuple[str, Staff]
SIZE = (80, 24)
WAYS = {
    "what can be done to the marked": ("x", "m"),
    "notices on every page": ("b",),
    "a form": ("b", "n"),
    "the hours of a day": ("h", *"Arica", "enter"),
    "the comments": ("s", "c"),
    "the files of a ticket": ("end", "enter", "v"),
}


@pytest.fixture
def lively(day_at_work: str, chief: Session) -> None:
    """A notice, a comment, a file: something to see on each."""
    publishing.publish(chief[1], {"es": "El portal estará cerrado el domingo."}, None, clock.now() + 3600, "un aviso")
    row = queue.window(chief[1], "sin_asignar", 0, 1)[0]
    verbs.reply(chief[1], row.id, row.version, "Puedes esperar la resolución.", "llave")
    survey.answer(survey.link(row.id).rpartition("/")[2], "6", "Me quedó claro.")
    owner = cast.account(nombres="Louise", correo="louise@correo.example")
    put(owner, "Resolución")
    assert enclosing.of_draft(owner.persons[0].id)
    cast.ticket(owner)


@pytest.mark.parametrize("name", WAYS)
def test_a_screen_that_lists_or_asks(pictured: Callable[..., None], lively: None, name: str) -> None:
    async def steps(pilot: Desk) -> None:
        await press(pilot, *WAYS[name])

    pictured(SIZE, steps)


def test_what_shows_while_the_database_is_away_at_the_start(pictured: Callable[..., None], outage: Outage) -> None:
    outage.lasts = True
    pictured(SIZE)


def test_leaving_with_something_unsaved(pictured: Callable[..., None]) -> None:
    async def steps(pilot: Desk) -> None:
        pilot.app.push_screen(LeavingScreen())
        await settled(pilot)

    pictured(SIZE, steps)
