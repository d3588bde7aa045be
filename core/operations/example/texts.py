"""What people of the example write and what analysts answer, put together from phrases."""

from __future__ import annotations

from random import Random

from core.operations.example.phrases import Bank, Phrase, phrase
from core.operations.example.plan import Subject

_OTHER_LANGUAGES = {"ht": 0.030, "en": 0.008, "pt": 0.006}
_DETAILS = ((0, 1, 2, 3, 6, 14), (28, 56, 76, 90, 98, 100))
_BLANK_ID = "$tramite"


class Texts:
    """Texts of a bank of phrases, chosen by one source of chance."""

    def __init__(self, bank: Bank, random: Random) -> None:
        self._bank = bank
        self._random = random

    def language(self) -> str:
        """The language in which somebody writes."""
        chance = self._random.random()
        for code, share in _OTHER_LANGUAGES.items():
            if chance < share:
                return code
            chance -= share
        return "es"

    def question(self, subject: Subject, language: str, tramite: str) -> list[Phrase]:
        """What a person writes about a subject, now short, now long."""
        if language != "es":
            return [self._any(language)]
        random, code = self._random, subject.categoria.id
        parts = [self._any("aperturas")] if random.random() < 0.7 else []
        if subject.tipo == "reclamo":
            parts.append(self._any("reclamos"))
        if subject.tipo not in ("sugerencia", "felicitacion"):
            parts.append(self._any(f"{code} hechos"))
        if tramite and random.random() < 0.55:
            parts.append(self._with_id(tramite))
        counts, weights = _DETAILS
        for _ in range(random.choices(counts, cum_weights=weights)[0]):
            parts.append(self._any("detalles" if random.random() < 0.8 else f"{code} hechos"))
        parts.append(self._any(f"{code} preguntas"))
        if random.random() < 0.6:
            parts.append(self._any("cierres"))
        return parts

    def addition(self) -> list[Phrase]:
        """What a person adds later."""
        return [self._any("detalles")]

    def answer(self, subject: Subject, language: str) -> list[Phrase]:
        """What an analyst answers."""
        if language == "ht" and self._random.random() < 0.6:
            return [self._any("answers ht")]
        middle = [self._any(f"answers {subject.answers}")]
        more = self._any(f"answers {subject.answers}")
        if self._random.random() < 0.35 and more.text[:20] != middle[0].text[:20]:
            middle.append(more)
        ends = [self._any("answers cierres")] if self._random.random() < 0.75 else []
        return [self._any("answers saludos"), *middle, *ends]

    def note(self) -> list[Phrase]:
        """What an analyst notes for colleagues."""
        return [self._any("notes notas")]

    def opinion(self) -> str:
        """What a person writes beside the grade of an answer; most write nothing."""
        return self._any("notes opiniones").text if self._random.random() < 0.2 else ""

    def request(self) -> list[Phrase]:
        """What an analyst asks the person for."""
        return [self._any("notes pedidos")]

    def _any(self, section: str) -> Phrase:
        phrases = self._bank.of(section)
        return phrases[int(self._random.random() * len(phrases))]

    def _with_id(self, tramite: str) -> Phrase:
        found = self._any("ids")
        if _BLANK_ID in found.text:
            return Phrase(found.text.replace(_BLANK_ID, tramite), f"{found.words} {tramite}")
        return phrase(f"ID {tramite}")
