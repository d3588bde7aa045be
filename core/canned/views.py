"""What services tell about canned answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from core import clock
from core.language import LANGUAGES

SPANISH = next(iter(LANGUAGES))


@dataclass(frozen=True, slots=True)
class Page:
    """What a version of a canned answer says."""

    title: str
    subjects: tuple[str, ...]
    """Codes of the materias and categorías that it fits; none fits every ticket."""
    owner: str
    law: str
    expires_on: date
    """The last day on which it may be sent."""
    texts: Mapping[str, str]
    """Language → text with variables and holes; empty where there is none."""
    unreviewed: frozenset[str]
    """Languages whose translation nobody has reviewed."""

    @property
    def is_expired(self) -> bool:
        """Whether it may be sent no more."""
        return clock.today() > self.expires_on

    def in_language(self, language: str) -> tuple[str, str]:
        """The text in a language and that language; the Spanish one where there is none."""
        own = self.texts.get(language, "")
        return (own, language) if own else (self.texts[SPANISH], SPANISH)

    def fits(self, materia: str, categoria: str) -> int:
        """How well it fits a ticket: 2 its categoría, 1 its materia or any ticket, 0 not at all."""
        if categoria in self.subjects:
            return 2
        return int(not self.subjects or materia in self.subjects)


@dataclass(frozen=True, slots=True)
class Version:
    """One entry of a canned answer's history."""

    number: int
    at: int
    author: str
    """Who wrote it; empty when it came with the program."""
    deed: str
    """`cargada`, `escrita`, `cambiada`, `caducada` or `restaurada`."""
    page: Page


@dataclass(frozen=True, slots=True)
class Canned:
    """A canned answer as it holds now."""

    id: int
    code: str
    version: Version
    answered: int
    """Answers that said it."""
    seconds: int
    """Of those, the ones after which the person wrote a second ticket."""

    @property
    def page(self) -> Page:
        """What it says."""
        return self.version.page

    @property
    def second_share(self) -> float | None:
        """The share of its answers that were not enough; None while there is none."""
        return self.seconds / self.answered if self.answered else None


@dataclass(frozen=True, slots=True)
class Recognised:
    """A canned answer that a text says."""

    canned_id: int
    number: int
    title: str
    expired_on: date | None
    """The day on which it ended, when it may be sent no more."""
