"""The linear mode, for whoever hears the screen: one column, a sentence a line, the terminal's own cursor where one reads.

A screen reader says the line on which the cursor stands and whatever is new; frames, bars and signs only disturb it.
"""

from __future__ import annotations

from typing import Any, Protocol, runtime_checkable

from textual.app import App
from textual.geometry import Offset
from textual.screen import Screen

from analyst_tui import marks, naming, spoken
from analyst_tui.widgets.moment import Moment
from core.tickets.lists.views import TicketRow

CLASS = "-linear"
HERE = "▌"
"""What stands before the row of the cursor wherever a list is told as text."""
_DRAWN = dict.fromkeys(range(9472, 9728), " ") | {ord(sign): " " for sign in "✉"} | {ord("·"): ","}


@runtime_checkable
class Readable(Protocol):
    """A widget with a line to read."""

    def reading_place(self) -> Offset | None:
        """Where that line begins on the screen; None while something else is read."""


def is_on(app: App[Any]) -> bool:
    """Whether the desk is in the linear mode."""
    return app.has_class(CLASS)


def plain(text: str) -> str:
    """A text without frames, bars and signs, as long as it was."""
    return text.translate(_DRAWN)


def reading_place(screen: Screen[Any]) -> Offset | None:
    """Where the cursor belongs: a line to read, or else the notice or the first line; None while a field has it."""
    places = (widget.reading_place() for widget in screen.query("*") if isinstance(widget, Readable) and widget.display)
    others = () if screen.focused is not None else screen.query("#notice, ModalScreen Line")
    return next((place for place in places if place is not None), next((each.region.offset for each in others), None))


def sentence(row: TicketRow, place: int, total: int, at: Moment) -> str:
    """A ticket of a list: `3 de 214, venció ayer, plazo: reclamo de Rosa Ñamandú sobre residencia temporal, rechazo…`."""
    due = f"{'venció' if marks.is_overdue(row, at.today) else 'vence'} {spoken.day(row.due_on, at.today)}"
    told = filter(None, (due if row.is_open else marks.state(row), plain(marks.route(row)).strip()))
    about = f"{naming.tipo(row.tipo).lower()} de {naming.person(row)} sobre {naming.subject(row)}"
    matched = f" Coincide en {row.matched}." if row.matched else ""
    where = f"{spoken.number(place + 1)} de {spoken.number(total)}"
    return plain(f"{where}, {', '.join(told)}: {about}. {row.folio}, {row.assignee_name or 'sin asignar'}.{matched}")
