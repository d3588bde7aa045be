"""The dossier of the ticket's trámite, and the way to it from what the gate found about other people's tickets."""

from __future__ import annotations

from analyst_tui import dossiers
from analyst_tui.screens.ticket_parts.helping import Helping
from core.tickets.views import Finding


class Dossiers(Helping):
    """Opens a dossier."""

    def do_dossier(self) -> None:
        dossiers.show(self, self.sheet.row.tramite)

    def _mend(self, findings: tuple[Finding, ...]) -> None:
        super()._mend(findings)
        if any(each.code == "mismo_tramite" for each in findings):
            self.say(f"{self.key_of('back')} y {self.key_of('dossier')} ponen las respuestas lado a lado.")
