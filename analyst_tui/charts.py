"""Numbers as pictures made of characters: large figures, bars and lines of small columns."""

from __future__ import annotations

from collections.abc import Sequence

_COLUMNS = "▁▂▃▄▅▆▇█"
_EIGHTHS = " ▏▎▍▌▋▊▉"
_GLYPHS = {
    "0": ("█▀█", "█ █", "▀▀▀"),
    "1": ("▀█ ", " █ ", "▀▀▀"),
    "2": ("▀▀█", "█▀▀", "▀▀▀"),
    "3": ("▀▀█", " ▀█", "▀▀▀"),
    "4": ("█ █", "▀▀█", "  ▀"),
    "5": ("█▀▀", "▀▀█", "▀▀▀"),
    "6": ("█▀▀", "█▀█", "▀▀▀"),
    "7": ("▀▀█", "  █", "  ▀"),
    "8": ("█▀█", "█▀█", "▀▀▀"),
    "9": ("█▀█", "▀▀█", "▀▀▀"),
    ".": (" ", " ", "▄"),
    ",": (" ", " ", "▟"),
    "%": ("▀ ▄▀", " ▄▀ ", "▀  ▀"),
    "–": ("   ", "▀▀▀", "   "),
    " ": (" ", " ", " "),
}
HEIGHT = 3


def large(text: str) -> tuple[str, str, str]:
    """A number three lines high; what has no large form stays small on the lowest line."""
    glyphs = [_GLYPHS.get(character, (" ", " ", character)) for character in text]
    first, second, third = (" ".join(glyph[line] for glyph in glyphs) for line in range(HEIGHT))
    return first, second, third


def columns(values: Sequence[int]) -> str:
    """One small column a value, the highest full; nothing at all stays a blank line at the bottom."""
    most = max(values, default=0) or 1
    return "".join(_COLUMNS[min(value * len(_COLUMNS) // most, len(_COLUMNS) - 1)] for value in values)


def bar(value: int, most: int, width: int) -> str:
    """A bar as long as the value's share of the greatest; whatever is not zero can be seen."""
    eighths = value * width * 8 // most if most else 0
    if value and not eighths:
        eighths = 1
    whole, rest = divmod(eighths, 8)
    return "█" * whole + (_EIGHTHS[rest] if rest else "")
