"""The files that go with an answer: which there are, one more, one less."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from rich.text import Text
from textual.binding import BindingType

from analyst_tui import theme
from analyst_tui.background import change
from analyst_tui.command_tables.command import ENCLOSED
from analyst_tui.commands import bindings
from analyst_tui.screens.form import Asking, FormScreen, Question
from analyst_tui.screens.picking import PickingScreen
from analyst_tui.shown import shown
from analyst_tui.widgets.line import Part
from core.files import choosing, words
from core.files.views import MOST_FILES, Attachment
from core.people.views import Staff
from core.tickets.answers import answer_files
from core.tickets.views import TicketSheet

Files = tuple[Attachment, ...]


class EnclosedScreen(PickingScreen):
    """Asks for a path at once when there are none yet; `tell` gets the files whenever they are others."""

    PLACES = (ENCLOSED,)
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(ENCLOSED)]
    NOTHING = "Ningún archivo va con la respuesta."

    def __init__(self, sheet: TicketSheet, tell: Callable[[Files], object], typed: dict[str, str]) -> None:
        super().__init__(sheet.enclosed)
        self._row, self._tell, self._typed = sheet.row, tell, typed

    def on_mount(self) -> None:
        super().on_mount()
        self.show_status((Part(" La persona los guarda desde su ticket; la carta los nombra.", theme.quiet),))
        if not self.items:
            self.call_after_refresh(self.do_add)

    def paint_top(self) -> None:
        self.top.show((Part(f" {self._row.folio}   archivos de tu respuesta", theme.strong),), self.desk.corner())

    def line(self, item: Attachment) -> Text:
        return Text(end="").append_text(shown(item.name, theme.ink)).append(f"   {words.size(item.size)}", theme.quiet)

    def why_not(self, command_id: str) -> str:
        if command_id == "add" and len(self.items) >= MOST_FILES:
            return f"Caben {MOST_FILES} archivos: quita uno para adjuntar otro."
        if command_id == "remove" and not self.items:
            return "No hay ningún archivo que quitar."
        return super().why_not(command_id)

    def do_add(self) -> None:
        def send(me: Staff, typed: dict[str, str]) -> None:
            files = answer_files.enclose(me, self._row.id, typed[choosing.FIELD])
            self.call_later(self._changed, files)

        folders = ", ".join(map(str, choosing.folders()))
        question = Question(choosing.FIELD, f"¿Qué archivo? PDF, JPEG o PNG, de {folders}", "ruta o nombre", longest=1000)
        self.app.push_screen(FormScreen(Asking("Adjuntar un archivo", [question], send, "Va con tu respuesta."), self._typed))

    def do_remove(self) -> None:
        file_id, ticket_id = self.items[self.cursor].id, self._row.id
        change(self, "remove", lambda me: answer_files.leave_out(me, ticket_id, file_id), self._changed)

    def _changed(self, files: Files) -> None:
        self.items = files
        self.paint_items()
        self.paint_hints()
        self._tell(files)
