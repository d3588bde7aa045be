"""Opening the dossier of a trámite from any screen; where none is named, its ID is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyst_tui.motive import reach
from analyst_tui.screens.base import DeskScreen

if TYPE_CHECKING:
    from core.operations.dossier.views import Dossier


def show(screen: DeskScreen, tramite: str) -> None:
    """Read the dossier and put it before whoever sits here; what for is asked where it is not all their own work."""
    from analyst_tui.screens.dossier import DossierScreen
    from core.operations.dossier import reading

    def push(dossier: Dossier | None) -> None:
        screen.app.push_screen(DossierScreen(dossier))

    if tramite:
        reach(screen, "dossier", lambda me, reason: reading.of_tramite(me, tramite, reason), push)
    else:
        push(None)
