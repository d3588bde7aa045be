"""A trámite's dossier, and the audit trail."""

from __future__ import annotations

from analyst_tui.command_tables.command import ANYWHERE, AUDIT, DOSSIER, QUEUE, TICKET, Command

_DOSSIER = "Todo lo del trámite: cada ticket, persona, respuesta, carta y hora, de todas las cuentas."

COMMANDS: tuple[Command, ...] = (
    Command("dossier", "w", "expediente", _DOSSIER, QUEUE, permission="dossier"),
    Command("dossier", "w", "expediente", _DOSSIER, TICKET, permission="dossier", hint=10),
    Command("open", "enter", "abrir ticket", "Abre el ticket del cursor.", DOSSIER, hint=1),
    Command("search", "slash", "buscar", "Deja solo lo que tiene todas las palabras.", DOSSIER, hint=2),
    Command("other", "o", "otro trámite", "Pide el ID de otro trámite.", DOSSIER, hint=3),
    Command("refresh", "f5", "al día", "Lee el expediente otra vez.", DOSSIER, hint=5),
    Command("down", "j,down", "bajar", "A lo anterior en el tiempo.", DOSSIER),
    Command("up", "k,up", "subir", "A lo más nuevo.", DOSSIER),
    Command("page_down", "pagedown,space", "página abajo", "Una pantalla abajo.", DOSSIER),
    Command("page_up", "pageup", "página arriba", "Una pantalla arriba.", DOSSIER),
    Command("first", "home", "al principio", "A lo más nuevo de todo.", DOSSIER),
    Command("last", "end", "al final", "A lo más antiguo.", DOSSIER),
    Command("back", "escape", "volver", "Vuelve a donde estabas.", DOSSIER, hint=4),
    Command("search", "slash", "filtrar", "Folio, trámite, correo, fecha o nombre de analista; enter busca.", AUDIT, hint=1),
    Command("older", "m", "más antiguas", "Trae las miradas anteriores.", AUDIT, hint=2),
    Command("refresh", "f5", "al día", "Lee las miradas otra vez.", AUDIT, hint=4),
    Command("down", "j,down", "bajar", "Una línea abajo.", AUDIT),
    Command("up", "k,up", "subir", "Una línea arriba.", AUDIT),
    Command("page_down", "pagedown,space", "página abajo", "Una pantalla abajo.", AUDIT),
    Command("page_up", "pageup", "página arriba", "Una pantalla arriba.", AUDIT),
    Command("back", "escape", "volver", "Vuelve a donde estabas.", AUDIT, hint=3),
    Command("audit", "f9", "auditoría", "Quién miró qué, cuándo y para qué; leerla también queda.", ANYWHERE, permission="audit"),
)
