"""Example data: invented people and tickets of three years, the same ones for the same number."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from random import Random

from core.database import bulk, fulltext
from core.database.binding import unlocked, writes
from core.errors import Invalid
from core.operations.example.crowd import OPEN, Crowd
from core.operations.example.letters import Letters
from core.operations.example.phrases import Bank
from core.operations.example.plan import Filing, Plan, open_of
from core.operations.example.rows import COLUMNS, Rows
from core.operations.example.staff import NOBODY, Desk, employ
from core.operations.example.stories import First, Teller
from core.operations.example.texts import Texts
from core.people import passwords
from core.tickets.models import FolioCounter

MOST = 5_000_000
_BATCH = 20_000
_SECONDS = 0.08
_TRIES = 8
_SOON = 15 * 86_400
_LOOK_BACK = 24_000


@dataclass(frozen=True, slots=True)
class Seeded:
    """What was added."""

    tickets: int
    open_tickets: int
    persons: int
    staff: int


@unlocked
def seed(count: int, random_seed: int = 1, password: str = "") -> Seeded:
    """Add so many example tickets with their people, all or nothing; raises `Invalid`.

    Without a password nobody of the example can sign in.
    """
    if not 1 <= count <= MOST:
        raise Invalid({"tickets": f"El número de tickets debe estar entre 1 y {MOST}."})
    password_hash = passwords.hash_password(password) if password else NOBODY
    with bulk.large_cache():
        return _add(count, random_seed, password_hash)


@writes
def _add(count: int, random_seed: int, password_hash: str) -> Seeded:
    random = Random(random_seed)  # noqa: S311 (examples, not secrets)
    plan = Plan(count, random)
    staff = employ(password_hash)
    names = {person.id: person.name for person in staff}
    folios = Counter(dict(FolioCounter.select(FolioCounter.year, FolioCounter.last).tuples()))
    texts = Texts(Bank(random_seed, min(2000, 40 + count // 10)), random)
    desk = Desk(staff, random, open_of(count))
    teller = Teller(plan, texts, desk, random, folios, Letters(plan.now, names, random))
    crowd = Crowd(random, bulk.next_id("person"), bulk.next_id("account"), _persons_of(count))
    with bulk.loading((*COLUMNS, "ticket_search")):
        still_open = _Example(plan, crowd, teller, random).write(count)
    fulltext.tidy()
    _keep_folios(folios)
    return Seeded(count, still_open, len(crowd), len(staff))


def _persons_of(count: int) -> int:
    return max(count * 2 // 5, min(count * 7 // 10, 14_000))


def _keep_folios(folios: Counter[int]) -> None:
    for year, last in folios.items():
        FolioCounter.insert(year=year, last=last).on_conflict(
            conflict_target=[FolioCounter.year], update={FolioCounter.last: last}
        ).execute()


class _Example:
    """The tickets as they follow one another."""

    def __init__(self, plan: Plan, crowd: Crowd, teller: Teller, random: Random) -> None:
        self._plan, self._crowd, self._teller, self._random = plan, crowd, teller, random
        self._rows = Rows()
        self._told: list[tuple[int, int, str, int | None]] = []
        """Of each ticket: its answer's instant, its person's place, its categoría, who answered."""

    def write(self, count: int) -> int:
        """Write them all; how many are open."""
        first, message_id, still_open = bulk.next_id("ticket"), bulk.next_id("message"), 0
        for filing in self._plan.filings():
            second_of, place = self._choose(filing, count - filing.number)
            known = None if second_of is None else First(first + second_of, self._told[second_of][-1])
            member = self._crowd.member(place)
            story = self._teller.tell(first + filing.number, message_id, filing, member, known, self._rows)
            message_id += len(story.said)
            still_open += story.resolved_at is None
            self._crowd.busy_until(place, story.resolved_at or OPEN)
            self._told.append((story.answered_at or OPEN, place, filing.subject.categoria.id, story.assignee))
            if filing.number % _BATCH == _BATCH - 1:
                self._rows.store()
        self._rows.store()
        return still_open

    def _choose(self, filing: Filing, left: int) -> tuple[int | None, int]:
        """Which earlier ticket it follows, if any, and the place of its person."""
        tries = _TRIES if self._told and self._random.random() < _SECONDS else 0
        for _ in range(tries):
            number = len(self._told) - 1 - self._random.randrange(min(len(self._told), _LOOK_BACK))
            answered_at, place, categoria, _analyst = self._told[number]
            soon = answered_at < filing.at < answered_at + _SOON
            if soon and categoria == filing.subject.categoria.id and self._crowd.is_free(place, filing.at):
                return number, place
        return None, self._crowd.pick(filing.at, left, self._rows, self._plan.days.numbers[filing.place])
