"""What a command is, and the places in which one holds."""

from __future__ import annotations

from typing import NamedTuple

ANYWHERE = "siempre"
QUEUE = "lista"
TICKET = "ticket"
WRITING = "al escribir"
FIGURES = "cifras"
COMMENTS = "comentarios"
BANNERS = "avisos"
HOURS = "horas"
FILES = "archivos"
FORM = "formulario"
TERM = "plazo"
HISTORY = "historia"
TAGS = "etiquetas"
RELATED = "relacionados"
LINK = "enlace"
VERSIONS = "versiones"
ENCLOSED = "adjuntos"
DOSSIER = "expediente"
AUDIT = "auditoría"
CANNED = "respuestas tipo"
CHOICE = "al elegir"
PLAN = "tanda"
MANY = "al escribir a muchos"
LETTERS = "cartas"
DIGITS = "1,2,3,4,5,6,7,8,9"
PLACES = (
    *(QUEUE, TICKET, WRITING, FIGURES, COMMENTS, BANNERS, HOURS, FILES, FORM),
    *(TERM, HISTORY, TAGS, RELATED, LINK),
    *(CHOICE, PLAN, MANY, LETTERS),
    *(VERSIONS, ENCLOSED, CANNED, DOSSIER, AUDIT, ANYWHERE),
)


class Command(NamedTuple):
    """Something that a person at the desk can do: `do_<id>` of the screen does it."""

    id: str
    keys: str
    words: str
    help: str
    where: str
    permission: str = ""
    hint: int = 0  # place in the footer, 0 for none: low numbers stay longest on narrow terminals
