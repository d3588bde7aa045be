"""The files of a ticket: which there are, the words in a PDF, and a copy of one in a folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import BindingType

from analyst_tui import spoken, theme
from analyst_tui.background import ask
from analyst_tui.command_tables.command import FILES
from analyst_tui.commands import bindings
from analyst_tui.screens.form import Asking, FormScreen, Question
from analyst_tui.screens.taking_out import TakesOut
from analyst_tui.shown import shown
from analyst_tui.widgets.line import Part
from analyst_tui.widgets.pane import Block, Pane
from core import clock
from core.files import saving, words
from core.files.views import Attachment
from core.people.views import Staff
from core.tickets import enclosing
from core.tickets.views import TicketSheet

_HERE, _ELSEWHERE = "▌ ", "  "
_KINDS = {"pdf": "PDF", "jpeg": "foto", "png": "imagen"}
_NO_WORDS = "Sin texto que se pueda leer: es una imagen. Guárdalo en una carpeta para verlo."


class FilesScreen(TakesOut):
    """The files with a cursor; under them the words of the one that was opened."""

    PLACES = (FILES,)
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(FILES)]

    def __init__(self, sheet: TicketSheet, typed: dict[str, str]) -> None:
        super().__init__()
        self.sheet, self.cursor = sheet, 0
        self.pane = Pane(id="files", widest=100)
        self._typed = typed
        self._read: dict[int, str] = {}

    def body(self) -> ComposeResult:
        yield self.pane

    def on_mount(self) -> None:
        self._paint()
        self.show_status((Part(" Guardar un archivo o hacer un enlace queda en la historia del ticket.", theme.quiet),))

    def _paint(self) -> None:
        current = self.sheet.files[self.cursor]
        self.pane.show(told(self.sheet.files, self.cursor, self._read.get(current.number)), keep_place=True)

    def paint_top(self) -> None:
        count = spoken.counted(len(self.sheet.files), "archivo", "archivos")
        self.top.show((Part(f" {self.sheet.row.folio}   {count}", theme.strong),), self.desk.corner())

    def do_down(self) -> None:
        self._move(1)

    def do_up(self) -> None:
        self._move(-1)

    def _move(self, by: int) -> None:
        self.cursor = max(min(self.cursor + by, len(self.sheet.files) - 1), 0)
        self.pane.scroll_to(y=0, animate=False)
        self._paint()

    def do_open(self) -> None:
        ticket_id, number = self.sheet.row.id, self.sheet.files[self.cursor].number
        ask(self, "words", lambda me: enclosing.words_at_desk(me, ticket_id, number), lambda text: self._opened(number, text))

    def _opened(self, number: int, text: str) -> None:
        self._read[number] = text or _NO_WORDS
        self._paint()

    def why_not(self, command_id: str) -> str:
        if command_id in ("save", "link") and self.sheet.row.frozen:
            return f"No se puede: datos {self.sheet.row.frozen}."
        if command_id == "save" and self.desk.remote:
            return f"Estás por SSH y se guardaría en el servidor: {self.key_of('link')} hace un enlace para bajarlo."
        return super().why_not(command_id)

    def do_link(self) -> None:
        file = self.sheet.files[self.cursor]
        self.give_link(str(file.number), file.name)

    def do_save(self) -> None:
        file, row = self.sheet.files[self.cursor], self.sheet.row

        def send(me: Staff, typed: dict[str, str]) -> Path:
            return enclosing.save_at_desk(me, row.id, file.number, typed[saving.FIELD])

        question = Question(saving.FIELD, f"¿En qué carpeta guardar «{file.name}»?", str(saving.usual_folder()), longest=1000)
        asking = Asking("Guardar un archivo", [question], send, f"Guardado: {row.folio}-{file.number} en esa carpeta.", keep=True)
        self.app.push_screen(FormScreen(asking, self._typed))


def told(files: tuple[Attachment, ...], cursor: int, read: str | None) -> Iterator[Block]:
    """Each file on a line, and what could be read in the one of the cursor."""
    today = clock.today()
    for place, file in enumerate(files):
        text = Text(end="").append(f"{file.number}  ", theme.key).append_text(shown(file.name, theme.ink))
        about = f"   {_KINDS[file.kind]}, {words.size(file.size)}, {spoken.moment(file.added_at, today)}"
        yield Block(text.append(about, theme.quiet), _HERE if place == cursor else _ELSEWHERE, theme.accent, _ELSEWHERE)
    if read is not None:
        yield Block(Text(""))
        yield Block(shown(read, theme.ink), _ELSEWHERE)
