"""The example's staff: added once, and who of them takes which ticket."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from core import clock
from core.operations.example.phrases import FOLDER
from core.people import policy
from core.people.models import Staff as StaffRow
from core.people.staff import staff_view
from core.people.views import Staff

NOBODY = "!"
"""A hash that no password fits."""


@dataclass(frozen=True, slots=True)
class Post:
    """A line of data/seed/staff.txt."""

    name: str
    role: str
    rights: str
    cap: int


def posts() -> list[Post]:
    """The example's staff, the supervisor first."""
    lines = (FOLDER / "staff.txt").read_text(encoding="utf-8").splitlines()
    parts = ([part.strip() for part in line.split(";")] for line in lines if line and not line.startswith("#"))
    return [Post(name, role, rights, int(cap)) for name, role, rights, cap in parts]


def employ(password_hash: str) -> list[Staff]:
    """Everybody of the example, added when they are not there yet."""
    employed = []
    for number, post in enumerate(posts(), start=1):
        row = StaffRow.get_or_none(StaffRow.name == post.name)
        if row is None:
            row = StaffRow.create(
                name=post.name, email=f"personal{number}@ayuda.example", password_hash=password_hash, role=post.role,
                rights=post.rights, cap=post.cap, created_at=clock.now(),
            )  # fmt: skip
        employed.append(staff_view(row))
    return employed


class Desk:
    """Who takes tickets: analysts with the right for the route, now and then the supervisor."""

    def __init__(self, staff: list[Staff], random: Random, open_tickets: int) -> None:
        self._random = random
        self._by_route = {route: [person.id for person in staff if _works_on(person, route)] for route in sorted(policy.ROUTES)}
        share = open_tickets // (3 * len(staff)) + 1
        self._room = {person.id: min(person.cap * 2 // 3, share) for person in staff}
        self._room |= {person.id: min(4, share) for person in staff if person.supervises}

    def who_answers(self, route: str, but: int | None = None) -> int:
        """Somebody who may answer tickets of a route, another one than who answered the first ticket if there is anybody."""
        able = self._by_route[route]
        return self._random.choice(able if but is None else [each for each in able if each != but] or able)

    def who_has_room(self, route: str, but: int | None = None) -> int | None:
        """Somebody else who takes one more open ticket of a route; nobody does when all have enough."""
        able = [staff_id for staff_id in self._by_route[route] if self._room[staff_id] > 0 and staff_id != but]
        if not able or self._random.random() < 0.4:
            return None
        chosen = self._random.choice(able)
        self._room[chosen] -= 1
        return chosen


def _works_on(person: Staff, route: str) -> bool:
    if person.role == "admin":
        return False
    return route in policy.visible_routes(person)
