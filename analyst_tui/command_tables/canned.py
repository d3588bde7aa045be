"""Canned answers: found while writing, and the book of them."""

from __future__ import annotations

from analyst_tui.command_tables.command import ANYWHERE, CANNED, WRITING, Command

_EDITS = "edit_canned"

COMMANDS: tuple[Command, ...] = (
    Command("canned", "ctrl+t", "respuesta tipo", "Busca una respuesta tipo y la pone donde está el cursor.", WRITING, hint=3),
    Command("letter", "ctrl+o", "ver carta", "La carta como le llegará a la persona.", WRITING, hint=4),
    Command("next_hole", "tab", "hueco siguiente", "Salta al próximo [[hueco]] por llenar.", WRITING),
    Command("canned_book", "f8", "respuestas tipo", "Las respuestas tipo: leerlas, escribirlas, su historia.", ANYWHERE),
    Command("new", "n", "nueva", "Escribe una respuesta tipo nueva.", CANNED, _EDITS, hint=2),
    Command(
        "change",
        "e",
        "cambiar",
        "Cambia la respuesta tipo del cursor; la versión anterior queda en su historia.",
        CANNED,
        _EDITS,
        3,
    ),
    Command("expire", "x", "caducar", "Desde ahora nadie la envía; pide confirmarlo.", CANNED, _EDITS, 5),
    Command("history", "y", "historia", "Todas sus versiones: quién y cuándo, y cómo volver a una.", CANNED, hint=4),
    Command("search", "slash", "buscar", "Por título, palabras, materia o categoría.", CANNED, hint=6),
    Command("language", "tab", "otro idioma", "El mismo texto en el idioma siguiente.", CANNED, hint=7),
    Command("down", "j,down", "bajar", "A la respuesta tipo siguiente.", CANNED),
    Command("up", "k,up", "subir", "A la respuesta tipo anterior.", CANNED),
    Command("page_down", "pagedown,space", "página abajo", "Una pantalla abajo en el texto.", CANNED),
    Command("page_up", "pageup", "página arriba", "Una pantalla arriba en el texto.", CANNED),
    Command("back", "escape", "volver", "Sale de la búsqueda, o vuelve a donde estabas.", CANNED, hint=1),
)
