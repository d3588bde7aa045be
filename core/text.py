"""What people write: cleaned on the way in, cleaned again when shown, folded to be searched.

Nothing visible is ever dropped: only controls, surrogates, private and unassigned characters, line and
paragraph separators, and the marks that reorder text go. Joiners stay: names and emoji need them.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_DROPPED_CATEGORIES = frozenset({"Cc", "Cs", "Co", "Cn", "Zl", "Zp"})
_KEPT_IN_BLOCKS = "\n\t"
_PLAIN = re.compile(r"[\x20-\x7e\xa1-\xac\xae-\u02ff]*\Z")
_PLAIN_BLOCK = re.compile(r"[\n\t\x20-\x7e\xa1-\xac\xae-\u02ff]*\Z")
_NEWLINE = re.compile(r"\r\n?")
_INVISIBLE = re.compile("[\u00ad\u034f\u180e\u200b-\u200f\u2060-\u2064\ufe00-\ufe0f\ufeff\U000e0020-\U000e007f]")
_LONGEST_WORD = 64


def clean_line(text: str) -> str:
    """One line as it is stored: NFC, no controls, no reordering marks, outer blanks cut."""
    if _PLAIN.match(text):
        return text.strip()
    return unicodedata.normalize("NFC", _without_dangers(text, "")).strip()


def clean_block(text: str) -> str:
    """Several lines as they are stored: like `clean_line`, but newline and tab stay."""
    if _PLAIN_BLOCK.match(text):
        return text.strip()
    return unicodedata.normalize("NFC", _without_dangers(_NEWLINE.sub("\n", text), _KEPT_IN_BLOCKS)).strip()


def visible(text: str) -> str:
    """Any string made safe for a terminal, a log line or a header, whatever its source."""
    if _PLAIN_BLOCK.match(text):
        return text
    return _without_dangers(_NEWLINE.sub("\n", text), _KEPT_IN_BLOCKS)


def _without_dangers(text: str, kept: str) -> str:
    return "".join(c for c in text if c in kept or not _dangerous(c))


def _dangerous(character: str) -> bool:
    if "\U0001f000" <= character <= "\U0001faff":  # kept for emoji, also those newer than our Unicode tables
        return False
    return character in BIDI or unicodedata.category(character) in _DROPPED_CATEGORIES


def is_blank(text: str) -> bool:
    """True when nothing in it can be seen."""
    return not _INVISIBLE.sub("", text).strip(" \t\n\u00a0\u2800\u3164\uffa0")


def fold(text: str) -> str:
    """The form in which text is compared: no accents, no case, compatible forms made one."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", _INVISIBLE.sub("", text).casefold())
    bare = "".join(c for c in decomposed if not unicodedata.combining(c))
    return unicodedata.normalize("NFKC", bare).casefold()


def words(text: str) -> list[str]:
    """The folded words of a text, in order, as both full-text indexes store them.

    Scripts that write without blanks are taken character by character.
    """
    return [word[:_LONGEST_WORD] for word in _word().findall(fold(text))]


@cache
def _word() -> re.Pattern[str]:
    """A word, or a character of a script without blanks; put together late, for these sets take longer than all the others."""
    return re.compile(r"[\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff]|[^\W_\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff]+")
