"""What services tell about lists of tickets: all that the first screen of the desk shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

OPEN_STATES = ("ingresado", "asignado", "en_analisis", "en_espera")
STATES = (*OPEN_STATES, "respondido", "cerrado", "derivado", "desistido", "fusionado")


class SortKey(NamedTuple):
    """The place of a ticket in a list."""

    urgency: int
    due_on: int
    id: int
    answered_at: int = 0


class TicketRow(NamedTuple):
    """A ticket as one line of a list at the desk; a tuple, for a hundred are made with every key of a search."""

    id: int
    folio: str
    state: str
    tipo: str
    materia: str
    categoria: str
    route: str
    urgent: bool
    has_term: bool
    """A legal term of the person's own is running."""
    person_name: str
    person_age: int | None
    tramite: str
    assignee_id: int | None
    assignee_name: str
    opened_at: int
    legal_on: date
    due_on: date
    is_second: bool
    version: int
    sort_key: SortKey
    frozen: str = ""
    """`bloqueados` or `suprimidos` when the person's data may only be read; empty otherwise."""
    leaving: bool = False
    """Its answer was sent a moment ago and is on hold."""
    matched: str = ""
    """Which field a search found it by: trámite, folio, correo, nombre or palabras."""
    tags: tuple[str, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether it still waits for its answer."""
        return self.state in OPEN_STATES


@dataclass(frozen=True, slots=True)
class QueueCounts:
    """The figures beside the queue."""

    open: int
    unassigned: int
    mine: int
    due_soon: int
    overdue: int
    waiting: int
    seconds: int
    answered: int
    mentions: int
    """Tickets in whose notes one is mentioned, not looked at since."""
    surges: int
    """Answers to many that wait for one: for one's eyes, or to be sent or mended after a colleague's."""
