"""The figures, and the comments behind them."""

from __future__ import annotations

from analyst_tui.command_tables.command import COMMENTS, FIGURES, Command

COMMANDS: tuple[Command, ...] = (
    Command("back", "escape", "volver", "Vuelve a la lista.", FIGURES, hint=1),
    Command("refresh", "f5", "al día", "Calcula las cifras otra vez.", FIGURES, hint=2),
    Command("comments", "c", "comentarios", "Lo que las personas escribieron con su nota.", FIGURES, "statistics", hint=3),
    Command("down", "j,down", "bajar", "Una línea abajo.", FIGURES),
    Command("up", "k,up", "subir", "Una línea arriba.", FIGURES),
    Command("older", "m", "más antiguos", "Trae los comentarios anteriores.", COMMENTS, hint=2),
    Command("back", "escape", "volver", "Vuelve a las cifras.", COMMENTS, hint=1),
    Command("down", "j,down", "bajar", "Una línea abajo.", COMMENTS),
    Command("up", "k,up", "subir", "Una línea arriba.", COMMENTS),
    Command("page_down", "pagedown,space", "página abajo", "Una pantalla abajo.", COMMENTS),
    Command("page_up", "pageup", "página arriba", "Una pantalla arriba.", COMMENTS),
)
