"""An opened ticket, and what is written under it."""

from __future__ import annotations

from analyst_tui.command_tables.command import DIGITS, TICKET, WRITING, Command

COMMANDS: tuple[Command, ...] = (
    Command("answer", "r", "responder", "Escribe la respuesta bajo la conversación.", TICKET, hint=1),
    Command("note", "n", "anotar", "Escribe una nota interna: la persona nunca la ve.", TICKET, hint=2),
    Command("claim", "a", "asignarme", "Te asigna este ticket.", TICKET, hint=3),
    Command("ask", "e", "pedir antecedentes", "Pide lo que falta: el plazo se detiene, 5 días hábiles a lo más.", TICKET, hint=8),
    Command("extend", "m", "ampliar plazo", "Más días para responder: una vez, antes de que venza y diciendo por qué.", TICKET),
    Command("refer", "d", "derivar", "Pasa el ticket al organismo que debe responderlo, con una carta.", TICKET),
    Command("identify", "i", "quién es", "Registra cómo demostró quién es; después, cambia o recupera su cuenta.", TICKET),
    Command("term", "p", "plazo", "El plazo día por día, como lo lee la persona, y qué fue de cada carta.", TICKET, hint=9),
    Command("files", "v", "archivos", "Los archivos del ticket: leer el texto de un PDF, guardar uno en una carpeta.", TICKET),
    Command("tags", "l", "etiquetas", "Pone y quita etiquetas: se completan al escribir.", TICKET),
    Command("related", "o", "relacionados", "Relaciona este ticket con otros, y los abre.", TICKET),
    Command("history", "y", "historia", "Todo lo que pasó con el ticket: quién, qué y cuándo.", TICKET),
    Command("take", "t", "tomar siguiente", "Te asigna el ticket que más apura y lo abre.", TICKET, hint=4),
    Command("release", "x", "soltar", "Devuelve este ticket a los sin asignar.", TICKET, hint=6),
    Command(
        "facts", "f", "ficha", "Cambia entre conversación y ficha cuando no caben juntas; si no, pasa la ficha.", TICKET, hint=7
    ),
    Command("down", "j,down", "bajar", "Una línea abajo en la conversación.", TICKET),
    Command("up", "k,up", "subir", "Una línea arriba en la conversación.", TICKET),
    Command("page_down", "pagedown,space", "página abajo", "Una pantalla abajo en la conversación.", TICKET),
    Command("page_up", "pageup", "página arriba", "Una pantalla arriba en la conversación.", TICKET),
    Command("first", "home", "al principio", "Al principio de la conversación.", TICKET),
    Command("last", "end", "al final", "Al final de la conversación.", TICKET),
    Command("earlier", DIGITS, "ticket anterior", "Abre el ticket de ese número de la ficha: anterior o relacionado.", TICKET),
    Command("back", "escape", "volver", "Vuelve a la lista, al mismo ticket.", TICKET, hint=5),
    Command("send", "ctrl+s", "enviar", "Envía la respuesta, o guarda la nota.", WRITING, hint=1),
    Command("back", "escape", "dejar en borrador", "Deja de escribir; el borrador queda guardado.", WRITING, hint=2),
)
