"""Who sends the example's tickets: newcomers, and people whose last ticket was answered."""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from random import Random

from core.operations.example.people import Someone, someone
from core.operations.example.rows import Rows

OPEN = 1 << 62
"""Until when somebody with an open ticket is busy."""

_TRIES = 6
_KNOWN = 0.6
_KINDS = ("Residencia temporal", "Residencia definitiva", "Prórroga de permanencia transitoria", "Carta de nacionalización")
_STAGES = ("Recepcionada", "En análisis", "Documentos adicionales", "Análisis complementario", "Resuelta")
_FIRST_ID, _IDS, _STEP = 10_000_019, 79_999_987, 48_271_003


@dataclass(frozen=True, slots=True)
class Member:
    """A person of the crowd, with what tickets need to know about them."""

    person_id: int
    account_id: int
    email: str
    words: str
    tramite: str
    is_child: bool


class Crowd:
    """People who write: those that exist, and room for so many more."""

    def __init__(self, random: Random, first_person: int, first_account: int, size: int) -> None:
        self._random = random
        self._first = (first_person, first_account)
        self._left = size
        self._members: list[Member] = []
        self._free_from = array("q")

    def __len__(self) -> int:
        return len(self._members)

    def pick(self, at: int, tickets_left: int, rows: Rows, now_on: int) -> int:
        """The place of somebody without an open ticket at that moment; a newcomer as often as fits."""
        if self._members and self._random.random() * tickets_left > self._left:
            for _ in range(_TRIES):
                place = self._random.randrange(len(self._members))
                if self._free_from[place] < at:
                    return place
        return self._welcome(at, rows, now_on)

    def member(self, place: int) -> Member:
        """The person at a place."""
        return self._members[place]

    def is_free(self, place: int, at: int) -> bool:
        """Whether somebody has no open ticket at that moment."""
        return self._free_from[place] < at

    def busy_until(self, place: int, at: int) -> None:
        """Somebody has a ticket until that moment."""
        self._free_from[place] = at

    def _welcome(self, at: int, rows: Rows, now_on: int) -> int:
        place = len(self._members)
        person_id, account_id = (first + place for first in self._first)
        who = someone(self._random, person_id, now_on // 10_000)
        joined = at - self._random.randrange(600, 40 * 86_400)
        rows.add("account", account_id, who.email, None, joined + 300, "es", joined)
        rows.add(
            "person", person_id, account_id, who.given_names, who.first_surname, who.second_surname,
            int(not who.second_surname and not who.first_surname), who.birth_on, who.country, int(not who.is_child),
            who.relation, who.guardian, joined,
        )  # fmt: skip
        tramite = self._apply(who, person_id, joined, rows, now_on)
        self._members.append(Member(person_id, account_id, who.email, who.words, tramite, who.is_child))
        self._free_from.append(0)
        self._left -= 1
        return place

    def _apply(self, who: Someone, person_id: int, joined: int, rows: Rows, now_on: int) -> str:
        """The trámite that somebody writes about; of most the service knows."""
        number = str(_FIRST_ID + person_id * _STEP % _IDS)
        if self._random.random() < _KNOWN:
            kind, stage = self._random.choice(_KINDS), self._random.choice(_STAGES)
            year = now_on // 10_000 - self._random.randrange(1, 4)
            created_on = year * 10_000 + self._random.randrange(1, 13) * 100 + self._random.randrange(1, 29)
            rows.add("tramite", number, kind, stage, who.email, created_on, joined)
        return number
