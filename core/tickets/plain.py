"""A text in the form in which it is searched for identifiers, with the way back to the places of the original."""

from __future__ import annotations

import re
import unicodedata

from core.text import fold

_INVISIBLE = frozenset("\u00ad\u034f\u200b\u200c\u200d\u200e\u200f\u2060\ufeff")
_DASHES = frozenset("\u2212")
_BESIDE = re.compile(r"[\W_]")


class Plain:
    """A text without accents, case, invisible signs or odd digits, dashes and blanks."""

    def __init__(self, text: str) -> None:
        self._original = text
        if text.isascii():
            self.text, self._places = text.lower(), None
            return
        signs, places = [], []
        for place, sign in enumerate(text):
            plain = _plain(sign)
            signs.append(plain)
            places += [place] * len(plain)
        self.text, self._places = "".join(signs), [*places, len(text)]

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Where a piece of the plain text stands in the original."""
        if self._places is None or start == end:
            return start, end
        return self._places[start], self._places[end - 1] + 1

    def original(self, start: int, end: int) -> str:
        """A piece of the plain text as it was written."""
        first, last = self.place(start, end)
        return self._original[first:last]


def compact(text: str) -> str:
    """Only the letters and digits of a text, to ask whether an identifier is in it however it is spelled."""
    return _BESIDE.sub("", Plain(text).text)


def _plain(sign: str) -> str:
    if sign in _INVISIBLE:
        return ""
    if sign.isascii():
        return sign.lower()
    if sign in _DASHES or unicodedata.category(sign) == "Pd":
        return "-"
    if sign.isspace():
        return " "
    if sign.isdecimal():
        return str(int(sign))
    return fold(sign)
