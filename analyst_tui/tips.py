"""Short advice for whoever is new at the desk: one at a time at the end of the status line, until it is sent away."""

from __future__ import annotations

from analyst_tui.command_tables.command import QUEUE, TICKET, WRITING

GONE = "sin_consejos"
"""The habit of whoever wants none."""
_TIPS = {
    QUEUE: (
        ("take", "toma el que más apura"),
        ("search", "busca trámite, folio, correo o palabras"),
        ("help", "muestra todas las teclas"),
        ("palette", "busca cualquier cosa por su nombre"),
        ("mark", "marca varios para hacerlos juntos"),
        ("filter", "busca dentro de esta vista"),
        ("sort", "ordena por cualquier columna"),
    ),
    TICKET: (
        ("answer", "empieza la respuesta"),
        ("term", "explica el plazo día por día"),
        ("ask", "pide lo que falta y detiene el plazo"),
        ("dossier", "junta todo lo del trámite"),
        ("note", "anota algo que la persona no ve"),
        ("history", "cuenta todo lo que pasó"),
    ),
    WRITING: (
        ("letter", "muestra la carta, que ya saluda y se despide"),
        ("canned", "busca una respuesta tipo"),
        ("versions", "recupera lo que decía antes"),
        ("attach", "adjunta archivos a la respuesta"),
    ),
}


def tips(place: str, turn: int) -> tuple[tuple[str, str], ...]:
    """The commands that there is advice about, each with what it does; another one comes first at each turn."""
    known = _TIPS.get(place, ())
    first = turn % max(len(known), 1)
    return (*known[first:], *known[:first])
