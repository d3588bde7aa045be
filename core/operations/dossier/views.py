"""What the dossier of a trámite tells."""

from __future__ import annotations

from dataclasses import dataclass

from core.tickets.lists.views import TicketRow
from core.tramites.views import Tramite


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that happened in one of the tickets: it was opened, something was said, a letter, an hour at an office."""

    at: int
    kind: str
    """`ticket`, `carta`, `hora`, or the kind of what was said (`persona`, `respuesta`, `nota`, `pedido`…)."""
    ticket_id: int
    folio: str
    person_name: str
    author: str = ""
    words: str = ""
    fate: str = ""
    """What became of a letter or an hour."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What somebody was told, or is about to be told, in one of the tickets."""

    ticket_id: int
    folio: str
    person_name: str
    author: str
    at: int
    words: str
    is_draft: bool


@dataclass(frozen=True, slots=True)
class Dossier:
    """A trámite with everything about it that this reader may see, newest first."""

    tramite_id: str
    tramite: Tramite | None
    """What the service knows of it, if anything."""
    tickets: tuple[TicketRow, ...]
    entries: tuple[Entry, ...]
    answers: tuple[Answer, ...]
    """The answers of late and those being written, to be compared."""
    persons: int
    hidden: int
    """How many tickets this reader may not see."""
    more: bool
    """Whether there are older tickets than these."""
