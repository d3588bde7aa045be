"""The example's words: lines of data/seed with alternatives and blanks, rendered into phrases that can be joined."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

from core.text import words

FOLDER = Path(__file__).parents[3] / "data" / "seed"

_CHOICE = re.compile(r"\{([^{}]*)\}")
_BLANK = re.compile(r"\$([a-z]+)")
_SLIPS = 0.2
_MONTHS = [
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
]


@dataclass(frozen=True, slots=True)
class Phrase:
    """A text and its folded words, separated by blanks."""

    text: str
    words: str


def phrase(text: str) -> Phrase:
    """A text as a phrase; a blank that is still open has no words."""
    return Phrase(text, " ".join(words(_BLANK.sub("", text))))


@cache
def sections(path: Path) -> dict[str, tuple[str, ...]]:
    """The sections of a file: name → its lines."""
    found: dict[str, list[str]] = {}
    name = ""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("[") and line.endswith("]"):
            name = line[1:-1]
        elif line and not line.startswith("#"):
            found.setdefault(name, []).append(line)
    return {name: tuple(lines) for name, lines in found.items()}


class Bank:
    """Phrases by section; each section is rendered when it is first asked for, always in the same way."""

    def __init__(self, seed: int, variants: int) -> None:
        self._seed = seed
        self._variants = variants
        self._lines = dict(_all_sections())
        self._fillings = _fillings()
        self._rendered: dict[str, list[Phrase]] = {}

    def of(self, section: str) -> list[Phrase]:
        """The phrases of a section."""
        known = self._rendered.get(section)
        if known is None:
            known = self._rendered[section] = list(self._render(section))
        return known

    def has(self, section: str) -> bool:
        """Whether a section exists."""
        return section in self._lines

    def _render(self, section: str) -> Iterator[Phrase]:
        random = Random(f"{self._seed} {section}")  # noqa: S311 (examples, not secrets)
        for _ in range(self._variants):
            text = self._fill(random, random.choice(self._lines[section]))
            yield phrase(_slip(random, text) if random.random() < _SLIPS else text)

    def _fill(self, random: Random, line: str) -> str:
        chosen = _CHOICE.sub(lambda match: random.choice(match[1].split("|")), line)
        return _BLANK.sub(lambda match: random.choice(self._fillings.get(match[1], [match[0]])), chosen)


def _all_sections() -> Iterator[tuple[str, tuple[str, ...]]]:
    for path in sorted(FOLDER.glob("tickets/*.txt")):
        yield from sections(path).items()
    for name in ("answers", "notes"):
        yield from ((f"{name} {section}", lines) for section, lines in sections(FOLDER / f"{name}.txt").items())


def _fillings() -> dict[str, list[str]]:
    found = {name: lines[0].split(", ") for name, lines in sections(FOLDER / "words.txt").items()}
    return found | {"dia": [f"{day} de {month}" for month in _MONTHS for day in range(1, 29)]}


def _slip(random: Random, text: str) -> str:
    """The text with one slip of the fingers: two letters exchanged, one lost or one doubled."""
    places = [at for at in range(len(text) - 1) if text[at].isalpha() and text[at + 1].isalpha()]
    if not places:
        return text
    at = random.choice(places)
    first, second = text[at], text[at + 1]
    return text[:at] + random.choice((second + first, second, first + first + second)) + text[at + 2 :]
