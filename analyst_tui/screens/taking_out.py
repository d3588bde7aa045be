"""Taking something out of a ticket: a file in a folder of this machine, or a link where the terminal runs elsewhere."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from analyst_tui import theme
from analyst_tui.background import change
from analyst_tui.command_tables.command import LINK
from analyst_tui.commands import bindings
from analyst_tui.screens.base import DeskScreen
from analyst_tui.screens.form import Asking, FormScreen, Question
from analyst_tui.screens.scrolling import Scrolling
from analyst_tui.shown import shown
from analyst_tui.widgets.line import Part
from analyst_tui.widgets.pane import Block, Pane
from core import clock
from core.files import saving
from core.people.views import Staff
from core.tickets.asides import taking_out
from core.tickets.asides.taking_out import DownloadLink
from core.tickets.views import TicketSheet


class TakesOut(Scrolling):
    """A screen about a ticket from which something can be taken along."""

    sheet: TicketSheet

    def take_out(self, kind: str, name: str) -> None:
        """A paper of the ticket: into a folder, or as a link when a file here would be of use to nobody."""
        if self.desk.remote:
            self.give_link(kind, name)
            return
        ticket_id = self.sheet.row.id

        def send(me: Staff, typed: dict[str, str]) -> object:
            return taking_out.save(me, ticket_id, kind, typed[saving.FIELD])

        question = Question(saving.FIELD, f"¿En qué carpeta guardar {name}?", str(saving.usual_folder()), longest=1000)
        words = f"Guardado en esa carpeta: {self.sheet.row.folio}, {name}."
        self.app.push_screen(FormScreen(Asking(f"Guardar {name}", [question], send, words, keep=True), self.desk.folder))

    def give_link(self, what: str, name: str) -> None:
        """Make a link, and show it."""
        ticket_id = self.sheet.row.id
        change(self, "link", lambda me: taking_out.link(me, ticket_id, what), lambda link: self._show_link(link, name))

    def _show_link(self, link: DownloadLink, name: str) -> None:
        self.app.push_screen(LinkScreen(link, f"{self.sheet.row.folio}: {name}"))


class LinkScreen(DeskScreen):
    """A link alone on its line, from the first column on, so that it is copied whole."""

    PLACES = (LINK,)
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(LINK)]
    DEFAULT_CSS = "LinkScreen Pane { padding: 0; height: 1fr; }"

    def __init__(self, link: DownloadLink, about: str) -> None:
        super().__init__()
        self._link, self._about = link, about
        self.pane = Pane(id="link")

    def body(self) -> ComposeResult:
        yield self.pane

    def on_mount(self) -> None:
        until = f"{clock.local(self._link.until):%H:%M}"
        self.pane.show(
            (
                Block(shown(self._about, theme.strong), " "),
                Block(shown("")),
                Block(shown(self._link.address, theme.accent)),
                Block(shown("")),
                Block(shown(f"Ábrelo en tu navegador antes de las {until}: sirve una sola vez, sin ingresar.", theme.ink), " "),
                Block(
                    shown("Para copiarlo, márcalo con el ratón mientras mantienes apretada la tecla mayúsculas.", theme.quiet),
                    " ",
                ),
                Block(
                    shown("Quien tenga el enlace puede bajarlo. Que lo hiciste queda en la historia del ticket.", theme.quiet),
                    " ",
                ),
            )
        )

    def paint_top(self) -> None:
        self.top.show((Part(" Enlace para bajar", theme.strong),), self.desk.corner())

    def do_back(self) -> None:
        self.dismiss()
