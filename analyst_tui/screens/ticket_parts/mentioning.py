"""Colleagues in a note: completed while they are typed after an «@», and asked about when it is unclear who is meant."""

from __future__ import annotations

import re

from analyst_tui import theme
from analyst_tui.background import ask
from analyst_tui.outgoing import KINDS, NOTE, Outgoing
from analyst_tui.screens.ticket_parts.composing import Composing
from analyst_tui.shown import one_line
from analyst_tui.widgets.line import Part
from core.errors import Invalid, Problem
from core.people.views import Staff
from core.tickets.asides import mentions
from core.tickets.asides.mentions import Colleague

_BEGUN = re.compile(r"(?<![\w.@])@([\w.'-]*)\Z")
_SHOWN = 4


class Mentioning(Composing):
    """Offers names in the status line; tab takes the first of them, once more the next."""

    _colleagues: tuple[Colleague, ...] = ()
    _known_for = 0
    _offered: tuple[Colleague, ...] = ()
    _doubted = ""

    def open_editor(self, kind: str, focus: bool) -> None:
        super().open_editor(kind, focus)
        if self.writing is not None and kind == NOTE:
            self.writing.editor.completes = self._complete

    def on_text_area_changed(self) -> None:
        self._offer()

    def _begun(self) -> str | None:
        """What of a name stands before the cursor of a note; None when no name is begun."""
        if self.writing is None or self.writing.kind != NOTE:
            return None
        row, column = self.writing.editor.cursor_location
        found = _BEGUN.search(self.writing.editor.document.get_line(row)[:column])
        return None if found is None else found[1]

    def _offer(self) -> None:
        begun, ticket_id = self._begun(), self.sheet.row.id
        if begun is not None and self._known_for != ticket_id:
            ask(self, "team", lambda me: mentions.colleagues(me, ticket_id), lambda team: self._know(ticket_id, team), quiet=True)
        offered = () if begun is None else self._beginning(begun)
        if offered != self._offered:
            self._offered = offered
            self._paint_status()

    def _beginning(self, begun: str) -> tuple[Colleague, ...]:
        folded = mentions.handle(begun)
        return tuple(each for each in self._colleagues if each.handle.startswith(folded) and each.handle != folded)

    def _know(self, ticket_id: int, team: tuple[Colleague, ...]) -> None:
        self._known_for, self._colleagues = ticket_id, team
        self._offer()

    def _paint_status(self) -> None:
        if not self._offered:
            super()._paint_status()
            return
        words = "  ".join(f"@{each.handle}" for each in self._offered[:_SHOWN])
        more = f"  y {len(self._offered) - _SHOWN} más" if len(self._offered) > _SHOWN else ""
        self.show_status((Part(" tab ", theme.key), Part(one_line(words), theme.ink), Part(more, theme.quiet)))

    def _complete(self) -> bool:
        """Put the first name that is offered in the place of what was typed of it; whether there was one."""
        begun = self._begun()
        if begun is None or not self._offered or self.writing is None:
            return False
        editor = self.writing.editor
        row, column = editor.cursor_location
        editor.replace(f"{self._offered[0].handle} ", (row, column - len(begun)), (row, column))
        return True

    def do_send(self) -> None:
        writing = self.writing
        if writing is not None and writing.kind == NOTE:
            again = writing.editor.text == self._doubted
            writing.about = KINDS[NOTE]._replace(send=_leave_anyway) if again else KINDS[NOTE]
        super().do_send()

    def _not_sent(self, problem: Problem) -> None:
        if self.writing is None or not isinstance(problem, Invalid) or mentions.FIELD not in problem.fields:
            super()._not_sent(problem)
            return
        self._doubted = self.writing.editor.text
        again = f"{self.key_of('send')} otra vez guarda la nota sin esa mención."
        self.desk.say(f"{problem.message} {again}", alarm=True)


def _leave_anyway(me: Staff, out: Outgoing) -> None:
    from core.tickets import desk

    desk.note(me, out.ticket_id, out.text, out.key, anyway=True)
