"""The queue: the lists of tickets, with search, views and a preview."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType

from analyst_tui.command_tables.command import QUEUE
from analyst_tui.commands import bindings
from analyst_tui.screens.queue_parts.acting import Acting
from analyst_tui.screens.queue_parts.dossiers import Dossiers
from analyst_tui.screens.queue_parts.keeping import Keeping
from analyst_tui.screens.queue_parts.marking import Marking
from analyst_tui.screens.queue_parts.mentioned import Mentioned
from analyst_tui.screens.queue_parts.moving import Moving
from analyst_tui.screens.undoing import Undoing


class QueueScreen(Moving, Marking, Keeping, Acting, Mentioned, Dossiers, Undoing):
    """The analysts' first screen, and the one to which they return."""

    PLACES = (QUEUE,)
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(QUEUE)]
