"""What supervisors read."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

AGES = ("0-5", "6-10", "11-20", ">20")


@dataclass(frozen=True, slots=True)
class Day:
    """What came in and what was answered on one day, and the doubts that were solved before a ticket was written."""

    day: date
    received: int
    answered: int
    solved_before: int = 0


@dataclass(frozen=True, slots=True)
class Grades:
    """What people thought of answers, on the scale from 1 to 7 that public bodies are measured by."""

    answers: int = 0
    share_6_7: float | None = None
    """Share (0-1) of the grades 6 and 7; None when there are no grades."""


@dataclass(frozen=True, slots=True)
class Figures:
    """The state of the service now, and what happened between two days (both included)."""

    first_day: date
    last_day: date
    open: int
    overdue: int
    unassigned: int
    by_state: dict[str, int]
    by_tipo: dict[str, int]
    by_materia: dict[str, int]
    by_age: dict[str, int]
    """Business days since filing (see `AGES`) → open tickets."""
    days: tuple[Day, ...]
    received: int
    answered: int
    first_answer_median_days: float | None
    """Days, with hours as fractions, from filing to the first answer; None when nothing was answered."""
    first_answer_p90_days: float | None
    answered_on_time: float | None
    """Share (0-1) of the answers that went out by their due date."""
    failed_letters: int
    solved_before: int = 0
    """Doubts that the answer before the text box solved, so that nobody had to write."""
    solved_by_categoria: dict[str, int] = field(default_factory=dict)
    grades: Grades = Grades()

    def as_json(self) -> dict[str, Any]:
        """The same figures with dates as ISO 8601 text."""
        plain = asdict(self)
        plain["first_day"], plain["last_day"] = self.first_day.isoformat(), self.last_day.isoformat()
        plain["days"] = [
            {
                "day": each.day.isoformat(),
                "received": each.received,
                "answered": each.answered,
                "solved_before": each.solved_before,
            }
            for each in self.days
        ]
        return plain
