"""The dossier of the ticket's trámite, and the warning before other people's tickets about it get another answer."""

from __future__ import annotations

from analyst_tui import dossiers, others
from analyst_tui.outgoing import ANSWER
from analyst_tui.screens.ticket_parts.composing import Composing


class Dossiers(Composing):
    """Opens a dossier; an answer is sent at the second asking while others wait for one about the same trámite."""

    warned_of: frozenset[tuple[int, int, str]] = frozenset()
    """What somebody was told of before sending: their own ticket, the other one, the other one's state."""

    def do_dossier(self) -> None:
        dossiers.show(self, self.sheet.row.tramite)

    def do_send(self) -> None:
        there = frozenset((self.sheet.row.id, row.id, row.state) for row in self.sheet.twins)
        if self.writing is None or self.writing.kind != ANSWER or there <= self.warned_of:
            super().do_send()
            return
        self.warned_of |= there
        see = f"{self.key_of('back')} y {self.key_of('dossier')} las comparan"
        self.say(f"{others.warning(self.sheet)}; {see}, {self.key_of('send')} otra vez envía igual.", alarm=True)
