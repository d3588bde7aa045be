"""A ticket to work on: which one it is, the editor under it, and how one leaves it."""

from __future__ import annotations

from collections.abc import Callable

from analyst_tui.background import ask
from analyst_tui.command_tables.command import TICKET, WRITING
from analyst_tui.outgoing import KINDS, NOTE
from analyst_tui.screens.reading import ReadingScreen
from analyst_tui.widgets.keeper import Keeper, Words
from analyst_tui.widgets.writing import Writing
from core.tickets import presence
from core.tickets.views import TicketSheet


class WorkingScreen(ReadingScreen):
    """Holds what is being written; what can be done comes in families of commands."""

    def __init__(self, sheet: TicketSheet, then: str = "") -> None:
        super().__init__(sheet)
        self.writing: Writing | None = None
        self._then = then
        self.fresh = True
        self.warned = False

    def load(self, sheet: TicketSheet, then: str = "") -> None:
        """Bring another ticket onto this screen; `then` names what is to be written at once."""
        self._then, self.fresh = then, True
        self.facts_asked = False
        self.show(sheet)

    def on_screen_resume(self) -> None:
        if self.fresh:
            self.begin()

    def begin(self) -> None:
        """What happens once another ticket is before somebody."""
        self.fresh = self.warned = False
        self.desk.turn += 1
        self.call_after_refresh(self.to_last_words)
        self.call_after_refresh(self.look)  # the database is not asked while the picture is worked out
        kind = next((kind for kind in KINDS if self.draft(kind)), "")
        if self._then:
            self.action_perform(KINDS[self._then].command)
        elif kind:
            self.open_editor(kind, focus=False)
            reason = self.sheet.can.get(KINDS[kind].verb, "")
            onward = f"no se puede enviar, {reason}" if reason else f"{self.key_of(KINDS[kind].command)} para seguir"
            self.say(f"Hay un borrador tuyo sin enviar: {onward}.")

    @property
    def writes(self) -> bool:
        return self.writing is not None and self.writing.is_in_use

    @property
    def answers(self) -> bool:
        return self.writing is not None and self.writing.kind != NOTE and (self.writes or not self.writing.blank)

    @property
    def place(self) -> str:
        return WRITING if self.writes else TICKET

    def draft(self, kind: str) -> str:
        """What one has written here so far, also what has not reached the database yet."""
        return self._keeper(kind).words.body

    def _keeper(self, kind: str) -> Keeper:
        """Who keeps one's draft of this kind: the one that still has to save it, or a new one with what the database has."""
        kept = Words(self.sheet.drafts.get(kind, ""), self.sheet.asides.get(kind, ""))
        row = self.sheet.row
        return self.desk.unsaved.get((row.id, kind)) or Keeper(self.desk, (row.id, kind), row.folio, kept)

    def open_editor(self, kind: str, focus: bool) -> None:
        if self.writing is not None and self.writing.kind != kind:
            self.close_editor()
        if self.writing is None:
            self.writing = Writing(self.sheet.row, self._keeper(kind), focus, len(self.sheet.enclosed))
            self.talk.mount(self.writing)
            self.facts_asked = False
            self.paint()
            self.past_facts()
        elif focus:
            self.writing.take_focus()

    def close_editor(self) -> None:
        """Put the editor away; its draft is kept first."""
        if self.writing is not None:
            writing, self.writing = self.writing, None
            writing.settle(self._refresh_drafts)
            writing.remove()
            self.set_focus(None)

    def _refresh_drafts(self) -> None:
        if self.is_running:
            self.reload("sheet", self._reloaded)

    def _came_back(self, _: None) -> None:
        """From a screen that may have changed the ticket."""
        self.reload("sheet", self._reloaded)

    def on_descendant_focus(self) -> None:
        self.look()

    def on_descendant_blur(self) -> None:
        self.look()

    def on_text_area_changed(self) -> None:
        self.desk.typed()

    @property
    def acting(self) -> bool:
        return super().acting or (self.writing is not None and self.writing.sending)

    def leave_ticket(self) -> None:
        """Keep the draft and tell the others that one has left."""
        ticket_id = self.sheet.row.id
        if self.writing is not None:
            self.writing.settle()
            self.writing.remove()
            self.writing = None
        ask(self.app, f"left {ticket_id}", lambda me: presence.stop_looking(me, ticket_id), lambda _: None, quiet=True)

    def collect(self) -> None:
        if self.writing is not None:
            self.writing.collect()

    def save_all(self, then: Callable[[], object]) -> None:
        if self.writing is not None and not self.writing.sending:
            self.writing.save(then)
        else:
            then()

    def forget(self) -> None:
        if self.writing is not None:
            self.writing.discard()
            self.writing.remove()
            self.writing = None

    def safe_to_leave(self) -> bool:
        return self.writing is None or not self.writing.unsaved

    def stop_writing(self, writing: Writing) -> None:
        if writing.blank and not writing.sending:
            self.close_editor()
        else:
            writing.settle()
            self.set_focus(None)
