"""A search line in its pieces: `-tipo:reclamo nombre:"rosa ñamandú" "multa pagada" pasapor`. Any string is legal."""

from __future__ import annotations

import re
from collections.abc import Container
from typing import NamedTuple

from core.database.fulltext import Term
from core.text import clean_line, fold, words

LONGEST_LINE = 200
MOST_WORDS = 8
SHORTEST_PREFIX = 2
_KEY = r"-?[^\W\d_]+:"
_PIECE = re.compile(
    rf'(?P<deny>-)?(?P<key>[^\W\d_]+):(?:\s*(?!{_KEY}))(?:"(?P<quoted>[^"]*)"?|(?P<value>[^\s"]\S*)?)|"(?P<words>[^"]*)"?|\S+'
)


class Asked(NamedTuple):
    """A key with its value, as typed; `denied` when a minus stands before it."""

    key: str
    value: str
    denied: bool = False


class Line(NamedTuple):
    """What was typed: keys with values, and the rest, which are words."""

    typed: str
    keys: tuple[Asked, ...]
    rest: str
    unfinished: bool
    """Whether the last word may go on."""
    phrases: tuple[str, ...] = ()
    """What stood between quotes: folded words that follow each other, between blanks but where the last one may go on."""

    @property
    def words(self) -> list[str]:
        """The folded words that are looked for."""
        return words(self.rest)[:MOST_WORDS]

    @property
    def terms(self) -> list[Term]:
        """The words as the full text takes them; one lonely letter finds nothing."""
        found = self.words
        if not found or (len(found) == 1 and len(found[0]) < SHORTEST_PREFIX and found[0].isascii()):
            return []
        begun = self.unfinished and len(found[-1]) >= SHORTEST_PREFIX
        return [*map(Term, found[:-1]), Term(found[-1], begun)]


def read(line: str, known: Container[str]) -> Line:
    """The pieces of a line; what stands before a colon is a key when it is known, and words otherwise."""
    cut = line[:LONGEST_LINE]
    typed = clean_line(cut)
    keys: list[Asked] = []
    rest: list[str] = []
    phrases: list[str] = []
    last_is_word = False
    for piece in _PIECE.finditer(typed):
        key = fold(piece["key"] or "")
        last_is_word = False
        if key in known:
            value = piece["quoted"] if piece["quoted"] is not None else piece["value"] or ""
            keys.append(Asked(key, value.strip(), piece["deny"] is not None))
        elif piece["words"] is not None:
            rest.append(piece["words"])
            last_is_word = not _is_closed(piece[0])
            phrases += _phrase(piece["words"], last_is_word and not cut.endswith(" "))
        else:
            rest.append(piece[0])
            last_is_word = True
    unfinished = last_is_word and not cut.endswith((" ", "."))
    return Line(typed, tuple(keys), " ".join(rest), unfinished, tuple(phrases))


def _is_closed(quoted: str) -> bool:
    return len(quoted) > 1 and quoted.endswith('"')


def _phrase(quoted: str, unfinished: bool) -> list[str]:
    """What has to stand in a text whose words are joined with blanks; nothing for a lonely word."""
    found = words(quoted)
    return [f" {' '.join(found)}{'' if unfinished else ' '}"] if len(found) > 1 else []


def last_piece(line: str) -> str:
    """What is being typed at the end of a line: a piece that no blank has ended."""
    found = ""
    for piece in _PIECE.finditer(line):
        found = piece[0] if piece.end() == len(line) else ""
    return found
