"""What was sent a moment ago, and can be taken back."""

from __future__ import annotations

from analyst_tui.command_tables.command import QUEUE, TICKET, Command

_HELP = "La última respuesta enviada vuelve a ser tu borrador, mientras no haya salido."
COMMANDS: tuple[Command, ...] = (
    Command("undo", "u", "deshacer", _HELP, QUEUE, hint=2),
    Command("undo", "u", "deshacer", _HELP, TICKET, hint=2),
)
