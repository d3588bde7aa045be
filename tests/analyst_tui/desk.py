"""Sitting at the desk: the real terminal within this process, keys pressed, the screen read."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from textual.pilot import Pilot

from analyst_tui.desk import DeskApp
from core import clock
from core.people import staff
from core.people.account_views import Account
from core.people.views import Staff
from core.tickets import sheets
from core.tickets.answers import holding
from tests.harness import cast
from tests.harness.idle import in_a_burst

Desk = Pilot[None]
SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
"""For what has little to do with databases."""
BIG_AND_SMALL = pytest.mark.parametrize(
    ("size", "database_url"), [((80, 24), "sqlite"), ((160, 48), "postgresql")], indirect=["database_url"]
)
"""A small and a wide terminal, each on a database of its own."""
PATIENCE = 10.0
_STEP = 0.01


def session(name: str = "Marta", role: str = "analyst", rights: tuple[str, ...] = (), cap: int = 20) -> tuple[str, Staff]:
    """A new member of staff and the token of their session."""
    member = staff.add_staff(name, role, "analista@servicio.example", cast.STAFF_PASSWORD, rights, cap)
    return staff.begin(member.id)


@asynccontextmanager
async def at_desk(token: str | None, size: tuple[int, int] = (120, 40), **options: Any) -> AsyncIterator[Desk]:
    """The terminal, signed in by a token, with its first screen painted."""
    app = DeskApp(token, **options)
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        yield pilot


def app_of(pilot: Desk) -> DeskApp:
    """The terminal that somebody sits at."""
    assert isinstance(pilot.app, DeskApp)
    return pilot.app


async def settled(pilot: Desk) -> None:
    """Wait until nothing is being worked on and no key waits for its turn."""
    calm = 0
    for _ in range(int(PATIENCE / _STEP)):
        await pilot.pause()
        calm = 0 if _busy(pilot.app) else calm + 1
        if calm == 2:
            return
        if not calm:
            await pilot.pause(_STEP)
    raise AssertionError("the terminal does not come to rest")


def _busy(app: Any) -> bool:
    return app.keys_wait or any(not worker.is_finished for worker in app.workers)


async def press(pilot: Desk, *keys: str) -> None:
    """Press keys, one after the other, and wait for what they do."""
    for key in keys:
        await pilot.press(key)
        await settled(pilot)


async def write(pilot: Desk, text: str) -> None:
    """Type a text quickly."""
    names = {" ": "space", "\n": "enter"}
    with in_a_burst():
        await pilot.press(*(names.get(letter, letter) for letter in text))
    await settled(pilot)


async def until(pilot: Desk, true: Callable[[], object], what: str) -> None:
    """Wait until something holds; an AssertionError with the screen when it does not."""
    for _ in range(int(PATIENCE / _STEP)):
        if true():
            return
        await pilot.pause(_STEP)
    raise AssertionError(f"not in {PATIENCE:g} s: {what}\n{screen(pilot)}")


async def sees(pilot: Desk, words: str) -> None:
    """Wait until words can be read on the screen."""
    await until(pilot, lambda: words in screen(pilot), f"«{words}» on the screen")


async def choose(pilot: Desk, words: str) -> None:
    """Put the cursor of a list of choices on words, and take them."""
    await sees(pilot, words)
    options = pilot.app.screen.options  # type: ignore[attr-defined]
    place = next(place for place, option in enumerate(options) if words in option.words)
    pilot.app.screen._move(place - pilot.app.screen.cursor)  # type: ignore[attr-defined]
    await press(pilot, "enter")


def lines(pilot: Desk) -> list[str]:
    """What can be read, line by line."""
    return [strip.text.rstrip() for strip in pilot.app.screen._compositor.render_strips()]


def screen(pilot: Desk) -> str:
    """What can be read."""
    return "\n".join(lines(pilot))


def cursor_line(pilot: Desk) -> str:
    """The line of the list on which the cursor stands."""
    return next((line for line in lines(pilot) if line.startswith("▌") or "│▌" in line), "")


def open_one(owner: Account | None = None, **changed: str) -> str:
    """A ticket filed some minutes ago; its folio."""
    folio = cast.ticket(owner, **changed)
    clock.advance(600)
    return folio


def let_go() -> None:
    """Let the hold of every answer be over, and its letter be written."""
    clock.advance(60)
    holding.release_due()


def sheet_of(folio: str, reader: Staff) -> sheets.TicketSheet:
    return sheets.open_sheet(reader, cast.row_of(folio, reader).id)


def events_of(folio: str, reader: Staff) -> list[tuple[str, str]]:
    """What happened to a ticket since it was opened: kinds and codes."""
    return [(event.kind, event.code) for event in sheet_of(folio, reader).events if event.kind != "abierto"]


def editor_text(pilot: Desk) -> str:
    return str(pilot.app.screen.writing.editor.text)  # type: ignore[attr-defined]
