"""Closing a ticket, and joining it with another of its person."""

from __future__ import annotations

from collections.abc import Callable

from analyst_tui import feed, marks, naming
from analyst_tui.background import change
from analyst_tui.screens.reading import VERB
from analyst_tui.screens.ticket_parts.working import WorkingScreen
from core.people.views import Staff
from core.tickets.lists.views import TicketRow
from core.tickets.views import TicketSheet


class Ending(WorkingScreen):
    """Each asks one thing first; the person gets a letter."""

    def do_close(self) -> None:
        from analyst_tui.screens.choosing import ChoosingScreen, Option
        from core.tickets import ending

        if self.sheet.row.state == "respondido":
            options = [Option(code, f"la persona lo dijo {words}") for code, words in ending.REASONS.items()]
            heading = "¿Dónde dijo la persona que la respuesta le basta?"
        else:
            options, heading = [Option("", f"cerrar con esta carta: «{ending.THANKS}»")], "Cerrar dando las gracias"
        self.app.push_screen(ChoosingScreen(heading, options, self._close))

    def _close(self, reason: str) -> None:
        from core.tickets import ending

        row = self.sheet.row
        words = f"{row.folio} cerrado: la persona recibe una carta."
        self._change(lambda me: ending.close(me, row.id, row.version, reason), words)

    def do_merge(self) -> None:
        from analyst_tui.screens.choosing import ChoosingScreen, Option

        row, joined, was = self.sheet.row, {first.row.id for first in self.sheet.joined}, "vuelve a su estado de antes"
        options = [Option(f"part {row.id}", f"separarlo de {self.sheet.goes_on_in}", was)] if row.state == "fusionado" else []
        for other in self.sheet.earlier:
            if other.id in joined:
                options.append(Option(f"part {other.id}", f"separar {other.folio}", was))
            else:
                later = max(row, other, key=lambda each: each.id)
                options.append(Option(f"join {other.id}", _about(other), f"sigue en {later.folio}", _why_not(row, other)))
        heading = f"Unir {row.folio} con otro de la persona, o separarlos"
        self.app.push_screen(ChoosingScreen(heading, options, self._merge))

    def _merge(self, chosen: str) -> None:
        from core.tickets.many import merging

        verb, _, number = chosen.partition(" ")
        row, other_id = self.sheet.row, int(number)
        if verb == "part":
            self._change(lambda me: merging.part(me, other_id), "Separados: cada uno quedó como antes.")
            return
        other = next(each for each in self.sheet.earlier if each.id == other_id)
        words = f"Unidos; {self.key_of('merge')} los separa otra vez."
        self._change(lambda me: merging.merge(me, (row.id, row.version), (other.id, other.version)), words)

    def _change(self, verb: Callable[[Staff], object], words: str) -> None:
        ticket_id = self.sheet.row.id

        def work(me: Staff) -> TicketSheet:
            verb(me)
            return feed.sheet(me, ticket_id)

        def done(sheet: TicketSheet) -> None:
            self.show(sheet, keep_place=True)
            if self.writing is not None:
                self.writing.version = sheet.row.version
            self.say(words)

        change(self, VERB, work, done)


def _about(row: TicketRow) -> str:
    return f"{row.folio}  {marks.state(row)}  {naming.subject(row)}"


def _why_not(row: TicketRow, other: TicketRow) -> str:
    """Why two tickets cannot be joined, as far as their rows tell."""
    if "fusionado" in (row.state, other.state):
        return "ya sigue en otro"
    return "el más antiguo todavía espera respuesta" if min(row, other, key=lambda each: each.id).is_open else ""
