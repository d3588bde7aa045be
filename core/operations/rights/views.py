"""What the services of data rights tell."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from core import clock

KINDS = ("acceso", "rectificacion", "supresion", "oposicion", "portabilidad", "bloqueo")
OUTCOMES = ("acogida", "parcial", "rechazada")
"""How a request can be answered; `hecha` is what the person did alone, `sin_objeto` what an erasure left without sense."""


@dataclass(frozen=True, slots=True)
class DataRequest:
    """A request about one's own data, with its clock and the proof of the reply."""

    id: int
    email: str
    kind: str
    body: str
    asked_at: int
    due_on: date
    extended_at: int | None
    answered_at: int | None
    outcome: str
    answer: str

    @property
    def is_waiting(self) -> bool:
        """Whether it still has to be answered."""
        return self.answered_at is None

    @property
    def days_left(self) -> int:
        """Calendar days until it is due; negative when it is late."""
        return (self.due_on - clock.today()).days
