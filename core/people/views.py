"""What services tell about the staff."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Staff:
    """Somebody of the service; with a session it is the `actor` of the desk's verbs."""

    id: int
    name: str
    email: str
    role: str
    rights: frozenset[str]
    cap: int
    disabled: bool
    session_id: int | None = None
    habits: frozenset[str] = frozenset()
    """What they prefer at the terminal, of `staff.HABITS`."""

    @property
    def supervises(self) -> bool:
        """Whether figures and supervision are theirs."""
        return self.role in ("supervisor", "admin")
