"""Words that were looked for, marked where they stand in a text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from rich.text import Text

from analyst_tui import theme
from analyst_tui.widgets.pane import Block
from core.text import fold

_WORD = re.compile(r"[^\W_]+")


def spans(text: str, words: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Where words of a text begin with one of the folded words, from and to."""
    if not words:
        return
    begins = tuple(words)
    for found in _WORD.finditer(text):
        if fold(found[0]).startswith(begins):
            yield found.span()


def marked(blocks: Iterable[Block], words: Sequence[str]) -> Iterator[Block]:
    """Blocks of text in which the words are marked."""
    for block in blocks:
        yield block._replace(text=_marked(block.text, words)) if words else block


def _marked(text: Text, words: Sequence[str]) -> Text:
    found = text.copy()
    for start, end in spans(text.plain, words):
        found.stylize(theme.hit, start, end)
    return found


def pieces(text: str, words: Sequence[str], tone: str) -> list[tuple[str, str]]:
    """A text in pieces of the tone and, where a word was found, of the tone for hits."""
    parts, at = [], 0
    for start, end in spans(text, words):
        parts += [(text[at:start], tone), (text[start:end], theme.hit)]
        at = end
    return [part for part in [*parts, (text[at:], tone)] if part[0]]
