"""What belongs to a draft: the files that go with an answer, and what the text said before."""

from __future__ import annotations

from dataclasses import replace

from analyst_tui import feed_drafts
from analyst_tui.background import ask
from analyst_tui.outgoing import ANSWER
from analyst_tui.screens.ticket_parts.working import WorkingScreen
from analyst_tui.widgets.writing import Writing
from core.files.views import Attachment
from core.tickets.views import TicketSheet, Version


class Drafting(WorkingScreen):
    """Shows versions and files of what is being written."""

    def why_not(self, command_id: str) -> str:
        if command_id in ("versions", "attach") and (self.writing is None or self.writing.sending):
            return "No estás escribiendo nada." if self.writing is None else "Ya se está enviando."
        if command_id == "attach" and self.writing is not None:
            return self._why_not_attach(self.writing)
        return super().why_not(command_id)

    def _why_not_attach(self, writing: Writing) -> str:
        from core.files import choosing

        if writing.kind != ANSWER:
            return "Los archivos van con una respuesta: ábrela primero."
        reason = self.sheet.can.get(writing.about.verb, "") or choosing.why_not()
        return f"No se puede adjuntar: {reason}." if reason else ""

    def do_versions(self) -> None:
        if self.writing is not None:
            ticket_id, kind = self.sheet.row.id, self.writing.kind
            self.writing.settle()
            ask(self, "versions", lambda me: feed_drafts.versions(me, ticket_id, kind), self._show_versions, leads=True)

    def _show_versions(self, versions: tuple[Version, ...]) -> None:
        from analyst_tui.screens.versions import VersionsScreen

        writing = self.writing
        if writing is not None:
            now = writing.keeper.words.body
            others = [each for each in versions if each.body != now]
            self.app.push_screen(VersionsScreen(others, lambda text: self._bring_back(writing, text)))

    def _bring_back(self, writing: Writing, text: str) -> None:
        writing.replace(text)
        writing.take_focus()
        self.desk.say("Recuperado; lo que había queda entre las versiones.")

    def do_attach(self) -> None:
        from analyst_tui.screens.enclosed import EnclosedScreen

        if self.writing is not None:
            self.writing.settle()
            self.app.push_screen(EnclosedScreen(self.sheet, self._enclosed, {}))

    def _enclosed(self, files: tuple[Attachment, ...]) -> None:
        self.sheet = replace(self.sheet, enclosed=files)
        self._count_files()

    def _count_files(self) -> None:
        if self.writing is not None:
            self.writing.count_files(len(self.sheet.enclosed))

    def show(self, sheet: TicketSheet, keep_place: bool = False) -> None:
        super().show(sheet, keep_place)
        self._count_files()
