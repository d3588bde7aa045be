"""Long lists a page at a time."""

from __future__ import annotations

from dataclasses import dataclass

from intake_web.visit import Visit

SIZE = 20


@dataclass(frozen=True, slots=True)
class Leaf:
    """One page of a list."""

    number: int
    last: int
    path: str

    @property
    def start(self) -> int:
        """How many entries come before this page."""
        return (self.number - 1) * SIZE

    @property
    def end(self) -> int:
        """The first entry that comes after this page."""
        return self.number * SIZE


def leaf(visit: Visit, total: int) -> Leaf:
    """The page of a list that the address asks for, or the nearest that there is."""
    asked = visit.query["pagina"]
    last = max(1, -(-total // SIZE))
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 1
    return Leaf(min(max(1, number), last), last, visit.path)
