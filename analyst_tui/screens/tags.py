"""The tags of a ticket: written into one line, completed from those that are in use."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Input

from analyst_tui import theme
from analyst_tui.background import ask, change, is_busy
from analyst_tui.command_tables.command import TAGS
from analyst_tui.commands import bindings
from analyst_tui.screens.base import DeskScreen
from analyst_tui.shown import one_line, shown
from analyst_tui.widgets.field import Field
from analyst_tui.widgets.line import Line, Part
from analyst_tui.widgets.pane import Block, Pane
from core.errors import Problem
from core.people.views import Staff
from core.text import fold
from core.tickets.asides import tags
from core.tickets.lists.views import TicketRow

_PUT = "put"


class TagsScreen(DeskScreen):
    """One line: a word that the ticket has not is put on it, one that it has is taken off."""

    PLACES = (TAGS,)
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(TAGS)]
    DEFAULT_CSS = "TagsScreen Field { margin: 0 1; } TagsScreen Pane { height: 1fr; }"

    def __init__(self, row: TicketRow) -> None:
        super().__init__()
        self._row, self._tags = row, row.tags
        self._proposed: tuple[str, ...] = ()
        self._completed, self._next = "", 0
        self.worn, self.field, self.pane = Line(id="worn"), Field("escribe una etiqueta", longest=60), Pane(id="proposed")

    def body(self) -> ComposeResult:
        yield self.worn
        yield self.field
        yield self.pane

    def on_mount(self) -> None:
        self.field.focus()
        self._paint()
        self._propose()

    def paint_top(self) -> None:
        self.top.show((Part(f" {self._row.folio}   etiquetas", theme.strong),), self.desk.corner())

    def _paint(self) -> None:
        words = "  ".join(f"#{one_line(word)}" for word in self._tags) or "ninguna todavía"
        self.worn.show((Part(" Lleva: ", theme.quiet), Part(words, theme.mark)))
        self.pane.show(self._told(), keep_place=True)
        self.paint_hints()

    def _told(self) -> Iterator[Block]:
        worn = set(map(fold, self._tags))
        for word in self._proposed:
            yield Block(shown(f"#{word}", theme.ink if fold(word) not in worn else theme.quiet))
        if not self._proposed and self.field.value.strip():
            yield Block(shown("Nadie la usa todavía: será nueva.", theme.quiet))

    def on_input_changed(self, event: Input.Changed) -> None:
        self.desk.typed()
        if event.value != self._completed:
            self._next = 0
            self._propose()

    def _propose(self) -> None:
        typed = self.field.value
        ask(self, "begun", lambda me: tags.begun(me, typed), self._show_proposed, quiet=True)

    def _show_proposed(self, proposed: tuple[str, ...]) -> None:
        self._proposed = proposed
        self._paint()

    def on_input_submitted(self) -> None:
        self.action_perform("put")

    def why_not(self, command_id: str) -> str:
        if command_id == "put" and not self.field.value.strip():
            return "Escribe una etiqueta; esc vuelve."
        if command_id == "put" and is_busy(self, _PUT):
            return "Un momento: la anterior se está guardando."
        if command_id == "complete" and not self._proposed:
            return "Ninguna etiqueta en uso empieza así."
        return super().why_not(command_id)

    def do_complete(self) -> None:
        self._completed = one_line(self._proposed[self._next % len(self._proposed)])
        self._next += 1
        self.field.value = self._completed
        self.field.cursor_position = len(self._completed)

    def do_put(self) -> None:
        typed, ticket_id = self.field.value, self._row.id
        wears = fold(typed.strip().removeprefix("#")) in set(map(fold, self._tags))

        def verb(me: Staff) -> tuple[str, ...]:
            return (tags.remove if wears else tags.add)(me, ticket_id, typed.strip().removeprefix("#"))

        change(self, _PUT, verb, self._put, self._refused)

    def _put(self, worn: tuple[str, ...]) -> None:
        self._tags, self._completed = worn, ""
        self.field.value = ""
        self._propose()

    def _refused(self, problem: Problem) -> None:
        self.say(problem.message, alarm=True)

    def do_back(self) -> None:
        self.dismiss()
