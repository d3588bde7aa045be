"""The dossier of the trámite under the cursor."""

from __future__ import annotations

from analyst_tui import dossiers
from analyst_tui.screens.queue_parts.listing import ListingScreen


class Dossiers(ListingScreen):
    """Opens a dossier; where the cursor has no trámite, its ID is asked for."""

    def do_dossier(self) -> None:
        row = self.tickets.current
        dossiers.show(self, row.tramite if row is not None else "")
