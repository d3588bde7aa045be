"""The words of an answer to many on their way to the database: kept like any draft, also while it is away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyst_tui.widgets.keeper import Keeper, Words
from core.people.views import Staff
from core.tickets.answers import drawer
from core.tickets.many import surges
from core.tickets.many.views import Surge

if TYPE_CHECKING:
    from analyst_tui.desk import DeskApp


class ManyKeeper(Keeper):
    """Keeps the one answer to many that somebody has in hand."""

    def __init__(self, desk: DeskApp, surge: Surge) -> None:
        super().__init__(desk, drawer.MANY, "", Words(surge.text))
        self.surge_id = surge.id

    def _put(self, me: Staff, words: Words, stood: list[str]) -> None:
        surges.save(me, self.surge_id, words.body)


def keeper_of(desk: DeskApp, surge: Surge) -> ManyKeeper:
    """Who keeps its words: the one that still has to save some, or a new one with what the database has."""
    there = desk.unsaved.get(drawer.MANY)
    return there if isinstance(there, ManyKeeper) and there.surge_id == surge.id else ManyKeeper(desk, surge)
