"""The one way in which a text that somebody wrote reaches the terminal: cleaned again, and never markup."""

from __future__ import annotations

from functools import lru_cache

from rich.cells import cell_len, set_cell_size
from rich.text import Text

from core.text import visible

_TAB = 4
_ELLIPSIS = "…"
_BREAKS = str.maketrans("\n\t", "  ")
_FITTED_KEPT = 2_000
"""Of the cells of a list: with every key of a search most of them are painted again."""


def shown(text: str, tone: str = "") -> Text:
    """A block of text, literally, as the panes show it."""
    return Text(visible(text).expandtabs(_TAB), style=tone, end="")


def one_line(text: str) -> str:
    """The same for a place that is one line high: line breaks and tabs become blanks."""
    return visible(text).translate(_BREAKS)


@lru_cache(_FITTED_KEPT)
def fitted(text: str, width: int, right: bool = False) -> str:
    """One line in exactly `width` cells, cut with an ellipsis where it is longer."""
    line = one_line(text)
    cells = cell_len(line)
    if cells > width:
        return set_cell_size(set_cell_size(line, max(width - 1, 0)).rstrip() + _ELLIPSIS, width)
    blanks = " " * (width - cells)
    return blanks + line if right else line + blanks


def wrapped(text: str, width: int) -> list[str]:
    """A sentence in lines of at most `width` cells."""
    lines = [""]
    for word in one_line(text).split():
        longer = f"{lines[-1]} {word}".strip()
        if cell_len(longer) <= width or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines
