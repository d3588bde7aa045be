"""What is kept beside a ticket: its term, its history, its tags, related tickets, and links by which something is taken out."""

from __future__ import annotations

from analyst_tui.command_tables.command import HISTORY, LINK, RELATED, TAGS, TERM, Command

COMMANDS: tuple[Command, ...] = (
    Command(
        "paper", "i", "imprimir plazo", "Saca el plazo como texto: a una carpeta, o con un enlace si estás por SSH.", TERM, hint=1
    ),
    Command("down", "j,down", "bajar", "Una línea abajo.", TERM),
    Command("up", "k,up", "subir", "Una línea arriba.", TERM),
    Command("page_down", "pagedown,space", "página abajo", "Una pantalla abajo.", TERM),
    Command("page_up", "pageup", "página arriba", "Una pantalla arriba.", TERM),
    Command("back", "escape,p,enter", "volver", "Vuelve al ticket.", TERM, hint=2),
    Command(
        "paper",
        "i",
        "sacar texto",
        "Saca la historia como texto: a una carpeta, o con un enlace si estás por SSH.",
        HISTORY,
        hint=1,
    ),
    Command("data", "x", "sacar JSON", "Lo mismo para programas, con la huella de cada documento.", HISTORY, hint=2),
    Command("down", "j,down", "bajar", "Una línea abajo.", HISTORY),
    Command("up", "k,up", "subir", "Una línea arriba.", HISTORY),
    Command("page_down", "pagedown,space", "página abajo", "Una pantalla abajo.", HISTORY),
    Command("page_up", "pageup", "página arriba", "Una pantalla arriba.", HISTORY),
    Command("first", "home", "al principio", "A lo primero que pasó.", HISTORY),
    Command("last", "end", "al final", "A lo último que pasó.", HISTORY),
    Command("back", "escape,y", "volver", "Vuelve al ticket.", HISTORY, hint=3),
    Command("put", "enter", "poner o quitar", "Pone la etiqueta escrita; si el ticket ya la lleva, la quita.", TAGS, hint=1),
    Command("complete", "tab", "completar", "Completa con una etiqueta en uso; otra vez, con la siguiente.", TAGS, hint=2),
    Command("back", "escape", "volver", "Vuelve al ticket.", TAGS, hint=3),
    Command("open", "enter", "abrir", "Abre el ticket del cursor.", RELATED, hint=1),
    Command("relate", "o", "relacionar", "Relaciona con este ticket el que propone el cursor.", RELATED, hint=2),
    Command("new", "n", "otro folio", "Relaciona por su folio un ticket que no está en la lista.", RELATED, hint=3),
    Command("separate", "x", "separar", "Quita la relación del cursor.", RELATED, hint=4),
    Command("down", "j,down", "bajar", "Al ticket siguiente.", RELATED),
    Command("up", "k,up", "subir", "Al ticket anterior.", RELATED),
    Command("back", "escape", "volver", "Vuelve al ticket.", RELATED, hint=5),
    Command("back", "escape,enter", "volver", "Vuelve a donde estabas.", LINK, hint=1),
)
