"""The files of a ticket."""

from __future__ import annotations

from analyst_tui.command_tables.command import FILES, Command

COMMANDS: tuple[Command, ...] = (
    Command("open", "enter", "leer texto", "Muestra el texto del PDF del cursor.", FILES, hint=1),
    Command("save", "g", "guardar", "Guarda el archivo del cursor en una carpeta.", FILES, hint=2),
    Command("link", "l", "enlace para bajar", "Un enlace que baja el archivo del cursor: una vez, en 10 minutos.", FILES, hint=4),
    Command("down", "j,down", "bajar", "Al archivo siguiente.", FILES),
    Command("up", "k,up", "subir", "Al archivo anterior.", FILES),
    Command("page_down", "pagedown,space", "página abajo", "Una pantalla abajo en el texto.", FILES),
    Command("page_up", "pageup", "página arriba", "Una pantalla arriba en el texto.", FILES),
    Command("back", "escape", "volver", "Vuelve al ticket.", FILES, hint=3),
)
