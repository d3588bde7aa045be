"""What people wrote beside the grades of answers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import BindingType

from analyst_tui import naming, spoken, theme
from analyst_tui.background import ask
from analyst_tui.command_tables.command import COMMENTS
from analyst_tui.commands import bindings
from analyst_tui.screens.scrolling import Scrolling
from analyst_tui.shown import shown
from analyst_tui.widgets.line import Part
from analyst_tui.widgets.pane import Block, Pane
from core import clock
from core.figures import comments
from core.figures.comments import Comment


class CommentsScreen(Scrolling):
    """Comments, the newest first, a page more at a time."""

    PLACES = (COMMENTS,)
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(COMMENTS)]

    def __init__(self) -> None:
        super().__init__()
        self.pane = Pane(id="comments", widest=100)
        self.comments: tuple[Comment, ...] = ()
        self._more = True

    def body(self) -> ComposeResult:
        yield self.pane

    def on_mount(self) -> None:
        self.show_status((Part(" Leyendo…", theme.quiet),))
        self.do_older()

    def do_older(self) -> None:
        last = self.comments[-1] if self.comments else None
        ask(self, "comments", lambda me: comments.comments(me, last), self._add)

    def _add(self, found: tuple[Comment, ...]) -> None:
        self._more = len(found) == comments.PAGE
        self.comments += found
        self.pane.show(told(self.comments), keep_place=True)
        count = spoken.counted(len(self.comments), "comentario", "comentarios")
        self.show_status((Part(f" {count}{', y hay más antiguos' if self._more else ''}", theme.quiet),))
        self.paint_hints()

    def paint_top(self) -> None:
        self.top.show((Part(" Lo que escribieron con su nota", theme.strong),), self.desk.corner())

    def why_not(self, command_id: str) -> str:
        if command_id == "older" and not self._more:
            return "No hay comentarios más antiguos."
        return super().why_not(command_id)


def told(found: tuple[Comment, ...]) -> Iterator[Block]:
    """Comments as blocks of text."""
    if not found:
        yield Block(Text("Todavía no hay comentarios.", theme.quiet))
    for comment in found:
        head = Text(end="").append(f"nota {comment.grade}  ", theme.mark).append_text(shown(comment.folio, theme.strong))
        head.append(f"  {spoken.moment(comment.at, clock.today())} · {naming.categoria(comment.categoria)}", theme.quiet)
        yield Block(head)
        yield Block(shown(comment.words, theme.ink))
        yield Block(Text(""))
