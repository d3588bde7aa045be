"""What the end of a line can become: keys that begin so, and values that a key has."""

from __future__ import annotations

from core.text import fold
from core.tickets.searching.keys import KEYS, Who
from core.tickets.searching.line import last_piece
from core.tickets.searching.views import Completion

MOST = 8


def completions(line: str, who: Who) -> tuple[Completion, ...]:
    """How a line can go on, the likeliest first; nothing after a blank, where anything may follow."""
    piece = last_piece(line)
    head, minus = line[: len(line) - len(piece)], "-" if piece.startswith("-") else ""
    key, colon, value = piece.removeprefix("-").partition(":")
    if not colon:
        found = [(f"{code}:", f"{code}:") for code in KEYS if key and code.startswith(fold(key))]
    elif fold(key) in KEYS:
        found = [(f"{key}:{typed} ", shown) for typed, shown in _values(fold(key), value.strip().strip('"'), who)]
    else:
        found = []
    return tuple(Completion(f"{head}{minus}{typed}", shown) for typed, shown in found[:MOST])


def _values(code: str, begun: str, who: Who) -> list[tuple[str, str]]:
    values = KEYS[code].values(who)
    wanted = [each for each in values if not begun or each.is_meant_by(begun)]
    first = [each for each in wanted if fold(each.typed.strip('"')).startswith(fold(begun))]
    return [(each.typed, each.name) for each in dict.fromkeys([*first, *wanted])]
