"""The list of tickets."""

from __future__ import annotations

from analyst_tui.command_tables.command import DIGITS, QUEUE, Command

COMMANDS: tuple[Command, ...] = (
    Command("take", "t", "tomar siguiente", "Te asigna el ticket que más apura y lo abre.", QUEUE, hint=1),
    Command("open", "enter", "abrir", "Abre el ticket del cursor.", QUEUE, hint=2),
    Command("search", "slash", "buscar", "Trámite, folio, correo, nombre, palabras o claves; la lista sigue.", QUEUE, hint=3),
    Command("filter", "f", "filtrar", "Busca dentro de esta vista: la línea empieza con ella.", QUEUE, hint=9),
    Command("sort", "o", "ordenar", "Ordena la lista por cualquier columna, en los dos sentidos.", QUEUE, hint=10),
    Command("with_closed", "c,f6", "con cerrados", "Al buscar: también en los tickets cerrados, o ya no.", QUEUE, hint=6),
    Command("keep_view", "z", "guardar vista", "Guarda lo buscado, con su orden, como vista tuya; una tuya la cambia.", QUEUE),
    Command("claim", "a", "asignarme", "Te asigna el ticket del cursor.", QUEUE, hint=5),
    Command("answer", "r", "responder", "Abre el ticket del cursor y empieza la respuesta.", QUEUE, hint=8),
    Command("note", "n", "anotar", "Abre el ticket del cursor y empieza una nota interna.", QUEUE),
    Command("preview", "space", "vista previa", "Muestra u oculta el ticket del cursor junto a la lista.", QUEUE),
    Command("mentions", "i", "menciones", "Los tickets donde te mencionaron en una nota que no has visto.", QUEUE),
    Command("arrivals", "g", "ver nuevos", "Lleva el cursor al primer ticket recién llegado.", QUEUE),
    Command("down", "j,down", "bajar", "Una línea abajo.", QUEUE),
    Command("up", "k,up", "subir", "Una línea arriba.", QUEUE),
    Command("page_down", "pagedown", "página abajo", "Una pantalla abajo.", QUEUE),
    Command("page_up", "pageup", "página arriba", "Una pantalla arriba.", QUEUE),
    Command("first", "home", "al principio", "Al primer ticket de la lista.", QUEUE),
    Command("last", "end", "al final", "Al último ticket de la lista.", QUEUE),
    Command("view", DIGITS, "elegir vista", "Muestra la vista de ese número.", QUEUE),
    Command("next_view", "tab", "otra vista", "Pasa a la vista siguiente.", QUEUE),
    Command("back", "escape", "volver", "Sale de la búsqueda.", QUEUE, hint=4),
)
