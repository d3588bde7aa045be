"""A walk to every screen of the desk, over the data of a whole life: whoever adds a screen adds the way to it here."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any

import peewee
from textual.screen import Screen

import analyst_tui
from analyst_tui import feed
from analyst_tui.screens.form import FormScreen
from analyst_tui.screens.leaving import LeavingScreen
from analyst_tui.screens.reason import ReasonScreen
from analyst_tui.screens.waiting import WaitingScreen
from core import clock
from core.banners import publishing
from core.canned import loading
from core.database.binding import db, reads, writes
from core.errors import TryLater
from core.operations.rights.registry import NOTHING_PERSONAL
from core.people import staff
from core.people.views import Staff
from core.tickets.lists import queue
from tests.analyst_tui.desk import Desk, at_desk, press, settled
from tests.core.test_data_registry import CODES, tables, text_columns
from tests.harness import cast, life

FRESH, OPEN, ANSWERED = ((str(list(queue.VIEWS).index(view) + 1),) for view in ("sin_asignar", "mios", "respondidos"))
"""The keys of the views in which one ticket stands each: an untouched one, and the life's open and answered ones."""
WAYS: dict[str, tuple[str, ...]] = {
    "QueueScreen": OPEN,
    "TicketScreen": (*OPEN, "enter"),
    "TermScreen": (*OPEN, "enter", "p"),
    "FilesScreen": (*ANSWERED, "enter", "v"),
    "LinkScreen": (*OPEN, "enter", "p", "i"),
    "TagsScreen": (*OPEN, "enter", "l"),
    "RelatedScreen": (*OPEN, "enter", "o"),
    "HistoryScreen": (*OPEN, "enter", "y"),
    "VersionsScreen": (*OPEN, "enter", "r", "ctrl+r"),
    "EnclosedScreen": (*FRESH, "enter", "r", "ctrl+g", "escape"),
    "ChoosingScreen": (*OPEN, "x", "m"),
    "PlanScreen": (*OPEN, "x", "m", "enter"),
    "LettersScreen": (*OPEN, "m", "enter"),
    "CannedFinder": (*FRESH, "enter", "r", "ctrl+t"),
    "LetterScreen": (*FRESH, "enter", "r", "S", "í", "ctrl+o"),
    "GateScreen": (*FRESH, "enter", "r", "S", "í", "ctrl+s"),
    "CannedBookScreen": ("f8",),
    "CannedHistory": ("f8", "y"),
    "DossierScreen": (*OPEN, "enter", "w"),
    "AuditScreen": ("f9",),
    "StatisticsScreen": ("s",),
    "CommentsScreen": ("s", "c"),
    "BannersScreen": ("b",),
    "FormScreen": ("b", "n"),
    "HoursScreen": ("h", "A", "r", "i", "c", "a", "enter"),
    "HelpScreen": (*OPEN, "question_mark"),
    "Palette": (*OPEN, "ctrl+p"),
    "SignInScreen": (),
    "WaitingScreen": (),
    "LeavingScreen": (),
    "ReasonScreen": (),
}
"""The keys that lead from the queue to each screen."""


def _not_yet() -> tuple[Staff, feed.Listing]:
    raise TryLater("La base de datos no responde.", 60)


_PUSHED: dict[str, Callable[[], Screen[Any]]] = {
    "ReasonScreen": ReasonScreen,
    "WaitingScreen": lambda: WaitingScreen(_not_yet),
    "LeavingScreen": LeavingScreen,
}
"""Screens to which no key leads."""
_ELSEWHERE = {"LinkScreen": {"remote": True}}
"""Screens that only a terminal on another machine has."""


def screens() -> set[str]:
    """The names of all screens of the desk: those from which no other is made, a form whatever it asks."""
    for module in pkgutil.walk_packages(analyst_tui.__path__, "analyst_tui."):
        importlib.import_module(module.name)
    forms = _kinds(FormScreen)
    return {"FormScreen"} | {kind.__name__ for kind in _kinds(Screen) - forms if not kind.__subclasses__()}


def _kinds(kind: type) -> set[type]:
    below = {each for child in kind.__subclasses__() for each in _kinds(child)}
    return below | {kind} if kind.__module__.startswith("analyst_tui") else below


@asynccontextmanager
async def at(name: str, token: str, size: tuple[int, int] = (120, 40), **options: Any) -> AsyncIterator[Desk]:
    """Sit down before a screen."""
    async with at_desk(None if name == "SignInScreen" else token, size, **_ELSEWHERE.get(name, {}), **options) as pilot:
        if name in _PUSHED:
            pilot.app.push_screen(_PUSHED[name]())
            await pilot.pause()
        else:
            await press(pilot, *WAYS[name])
            await settled(pilot)
        assert type(pilot.app.screen).__name__ == name, f"{WAYS[name]} lead to {type(pilot.app.screen).__name__}"
        yield pilot


def live(chief: Staff) -> str:
    """Fill the desk with the life of somebody, answered by this supervisor, whose new session's token it gives."""
    loading.load()
    life.lead("x", chief)
    cast.ticket(cast.account(correo="otra@correo.example"))
    publishing.publish(chief, {"es": "Un aviso para toda la gente"}, None, clock.now() + 3600, "un aviso")
    return staff.begin(chief.id)[0]


@reads
def _columns_of_sentences() -> set[str]:
    """The columns of what is nobody's own in which somebody wrote words all the same."""
    found = {"staff.name"}
    for table in set(NOTHING_PERSONAL) & tables():
        for column in db.get_columns(table):
            with suppress(peewee.DatabaseError):
                sentence = f'SELECT 1 FROM "{table}" WHERE CAST("{column.name}" AS TEXT) LIKE \'% %\' LIMIT 1'
                found |= {f"{table}.{column.name}"} if db.execute_sql(sentence).fetchone() else set()
    return found


@writes
def poison(text: str) -> None:
    """Write a text into everything that somebody wrote, past all that would clean it."""
    for place in sorted((text_columns() - CODES) | _columns_of_sentences()):
        table, column = place.split(".")
        with suppress(peewee.IntegrityError), db.atomic():
            db.execute_sql(f'UPDATE "{table}" SET "{column}" = ? || rowid WHERE "{column}" <> \'\'', (text,))
