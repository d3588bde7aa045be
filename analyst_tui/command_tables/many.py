"""What concerns several tickets at once: marking, doing one thing to many, one answer to many, joining two."""

from __future__ import annotations

from analyst_tui.command_tables.command import CHOICE, LETTERS, MANY, PLAN, QUEUE, TICKET, Command

COMMANDS: tuple[Command, ...] = (
    Command("mark", "x", "marcar", "Marca o desmarca el ticket del cursor y baja; lo marcado se hace junto.", QUEUE),
    Command("mark_all", "X", "marcar todos", "Marca los tickets de esta lista, 200 a lo más; esc los desmarca.", QUEUE),
    Command("batch", "m", "acciones", "Qué hacer con lo marcado, y las respuestas a muchos que esperan.", QUEUE),
    Command("close", "c", "cerrar", "Cierra lo respondido diciendo por qué, o una felicitación dando las gracias.", TICKET),
    Command("merge", "z", "fusionar", "Une este ticket con otro de la misma persona, o los separa.", TICKET),
    Command("open", "enter", "elegir", "Elige lo del cursor.", CHOICE, hint=1),
    Command("down", "j,down", "bajar", "Una línea abajo.", CHOICE),
    Command("up", "k,up", "subir", "Una línea arriba.", CHOICE),
    Command("back", "escape", "volver", "Vuelve sin hacer nada.", CHOICE, hint=2),
    Command("send", "ctrl+s", "hacerlo", "Hace lo que dice arriba, ticket por ticket.", PLAN, hint=1),
    Command("take_out", "x", "quitar", "Deja fuera el ticket del cursor, o lo pone otra vez.", PLAN, hint=2),
    Command("undo", "u", "deshacer", "Deshace las respuestas que acaban de salir, mientras se pueda.", PLAN, hint=4),
    Command("down", "j,down", "bajar", "Al ticket siguiente.", PLAN),
    Command("up", "k,up", "subir", "Al ticket anterior.", PLAN),
    Command("page_down", "pagedown,space", "página abajo", "Una pantalla abajo.", PLAN),
    Command("page_up", "pageup", "página arriba", "Una pantalla arriba.", PLAN),
    Command("back", "escape", "volver", "Vuelve a la lista; mientras se hace, se detiene tras el ticket en curso.", PLAN, hint=3),
    Command("send", "ctrl+s", "revisar cartas", "Muestra cada carta como va a llegar.", MANY, hint=1),
    Command("back", "escape", "dejar en borrador", "Deja de escribir; el texto queda guardado.", MANY, hint=2),
    Command("send", "ctrl+s", "enviar", "Envía cada carta en su ticket, o pide a otra persona que las revise.", LETTERS, hint=1),
    Command("approve", "a", "aprobar", "Aprueba el texto y sus cartas: quien lo escribió las envía.", LETTERS, hint=2),
    Command("reject", "d", "devolver", "Devuelve el texto con lo que hay que cambiar.", LETTERS, hint=3),
    Command("edit", "e", "escribir", "Cambia el texto; si ya estaba pedido o aprobado, deja de estarlo.", LETTERS, hint=4),
    Command("take_out", "x", "quitar", "Deja fuera el ticket de esta carta.", LETTERS, hint=5),
    Command("down", "j,down", "siguiente", "La carta siguiente.", LETTERS, hint=6),
    Command("up", "k,up", "anterior", "La carta anterior.", LETTERS, hint=7),
    Command("page_down", "pagedown,space", "página abajo", "Una pantalla abajo en la carta.", LETTERS),
    Command("page_up", "pageup", "página arriba", "Una pantalla arriba en la carta.", LETTERS),
    Command("drop", "delete", "borrar todo", "Borra el texto y deja de responder a muchos; pide confirmarlo.", LETTERS),
    Command("back", "escape", "volver", "Vuelve a la lista; el texto queda guardado.", LETTERS, hint=8),
)
