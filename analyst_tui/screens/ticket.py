"""An opened ticket: what can be done to it, and the answer under the conversation."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType

from analyst_tui.command_tables.command import TICKET, WRITING
from analyst_tui.commands import bindings
from analyst_tui.outgoing import KINDS
from analyst_tui.screens.ticket_parts.asides import Asides
from analyst_tui.screens.ticket_parts.dossiers import Dossiers
from analyst_tui.screens.ticket_parts.drafting import Drafting
from analyst_tui.screens.ticket_parts.ending import Ending
from analyst_tui.screens.ticket_parts.identifying import Identifying
from analyst_tui.screens.ticket_parts.looking import Looking
from analyst_tui.screens.ticket_parts.mentioning import Mentioning
from analyst_tui.screens.ticket_parts.taking import Taking
from analyst_tui.screens.undoing import Undoing

_VERBS = {
    "claim": "claim",
    "release": "release",
    "close": "close",
    "merge": "merge",
    **{kind.command: kind.verb for kind in KINDS.values()},
}


class TicketScreen(Dossiers, Mentioning, Drafting, Taking, Ending, Identifying, Looking, Asides, Undoing):
    """A ticket to work on."""

    PLACES = (TICKET, WRITING)
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(TICKET, WRITING)]

    def why_not(self, command_id: str) -> str:
        verb = _VERBS.get(command_id, "")
        if verb and (reason := self.sheet.can.get(verb, "")):
            return f"No se puede: {reason}."
        return super().why_not(command_id)
