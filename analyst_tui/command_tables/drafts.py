"""What belongs to a draft: its versions, and the files that go with an answer."""

from __future__ import annotations

from analyst_tui.command_tables.command import ENCLOSED, VERSIONS, WRITING, Command

COMMANDS: tuple[Command, ...] = (
    Command("attach", "ctrl+g", "adjuntar", "Los archivos que van con la respuesta: adjuntar, quitar.", WRITING, hint=5),
    Command("versions", "ctrl+r", "versiones", "Lo que decía antes tu borrador, para recuperarlo.", WRITING, hint=6),
    Command("open", "enter", "recuperar", "Vuelve a poner ese texto; el de ahora queda como versión.", VERSIONS, hint=1),
    Command("down", "j,down", "bajar", "A la versión anterior.", VERSIONS),
    Command("up", "k,up", "subir", "A la versión más nueva.", VERSIONS),
    Command("page_down", "pagedown,space", "página abajo", "Una pantalla abajo en el texto.", VERSIONS),
    Command("page_up", "pageup", "página arriba", "Una pantalla arriba en el texto.", VERSIONS),
    Command("back", "escape", "volver", "Vuelve a lo que escribías.", VERSIONS, hint=2),
    Command("add", "a", "adjuntar", "Elige un archivo por su ruta; se revisa como los de las personas.", ENCLOSED, hint=1),
    Command("remove", "x", "quitar", "Quita el archivo del cursor: no va con la respuesta.", ENCLOSED, hint=2),
    Command("down", "j,down", "bajar", "Al archivo siguiente.", ENCLOSED),
    Command("up", "k,up", "subir", "Al archivo anterior.", ENCLOSED),
    Command("back", "escape", "volver", "Vuelve a lo que escribías.", ENCLOSED, hint=3),
)
