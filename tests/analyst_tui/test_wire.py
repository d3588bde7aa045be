"""The terminal gets little, and shows the same."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

import pyte
import pytest
from textual.geometry import Size

from analyst_tui.wire import Wire

WIDTH, HEIGHT = 40, 16
STYLES = ("38;2;9;9;9;48;2;1;1;1", "38;2;7;7;7;48;2;1;1;1", "1;38;2;0;0;0;48;2;200;200;200", "3")
WORDS = ("Residencia", "ñandú", "日本", "", "plazo ▲", "x")


class Glass:
    """An emulated terminal, and all that is on it."""

    def __init__(self) -> None:
        self._screen = pyte.Screen(WIDTH, HEIGHT)
        self._stream = pyte.Stream(self._screen)

    def show(self, data: str) -> list[list[pyte.screens.Char]]:
        self._stream.feed(data)
        return [[self._screen.buffer[y][x] for x in range(WIDTH)] for y in range(HEIGHT)]


def piece(chance: Random, width: int) -> str:
    """Text in several styles, so many cells wide."""
    runs, left = "", width
    while left:
        cells = min(left, chance.randint(1, 15))
        word = chance.choice([word for word in WORDS if sum(1 + (c > "⺀") for c in word) <= cells])
        blanks = " " * (cells - sum(1 + (c > "⺀") for c in word))
        runs += f"\x1b[{chance.choice(STYLES)}m{word}{blanks}\x1b[0m"
        left -= cells
    return runs


def picture(rows: dict[int, list[tuple[int, str]]]) -> str:
    """What Textual writes to paint pieces of rows."""
    painted = "\n".join("".join(f"\x1b[{y};{x}H{text}" for x, text in row) for y, row in rows.items())
    return f"{painted}\x1b[1;1H"


def pictures(chance: Random) -> Iterator[str]:
    """A list that scrolls by a few rows, between panes or alone, and what is painted over it."""
    rows = [piece(chance, WIDTH - 1) for _ in range(60)]
    bar = "\x1b[48;2;1;1;1m \x1b[0m"
    top = 0
    for _ in range(40):
        top = max(min(top + chance.choice((-9, -2, -1, 1, 1, 1, 3)), len(rows) - HEIGHT), 0)
        rows[chance.randrange(len(rows))] = piece(chance, WIDTH - 1)
        first, last = chance.choice(((1, HEIGHT), (3, HEIGHT - 1), (2, 12)))
        yield picture({y: [(1, rows[top + y]), (WIDTH, bar)] for y in range(first, last)})
        at = chance.randint(2, 20)
        beside = range(1, chance.randint(2, HEIGHT))
        yield picture({y: [(at, piece(chance, WIDTH - at))] for y in beside})


@pytest.mark.parametrize("seed", range(3))
def test_the_terminal_shows_what_textual_painted(seed: int) -> None:
    wire, lean, whole = Wire(), Glass(), Glass()
    for painted in pictures(Random(seed)):
        assert lean.show(wire.lean(painted, Size(WIDTH, HEIGHT))) == whole.show(painted)


def test_rows_that_only_moved_are_moved_by_the_terminal() -> None:
    chance, wire, size = Random(1), Wire(), Size(WIDTH, HEIGHT)
    rows = [piece(chance, WIDTH) for _ in range(HEIGHT)]
    lower, higher = ({y: [(1, rows[y - step])] for y in range(2, HEIGHT)} for step in (1, 2))
    first = wire.lean(picture(higher), size)
    assert len(wire.lean(picture(lower), size)) < len(first) / 4
    assert wire.lean(picture(lower), size) == ""


def test_after_another_size_nothing_is_taken_for_shown() -> None:
    wire = Wire()
    painted = picture({1: [(1, piece(Random(1), 10))]})
    first = wire.lean(painted, Size(WIDTH, HEIGHT))
    assert wire.lean(painted, Size(WIDTH, HEIGHT + 1)) == first
    wire.forget()
    assert wire.lean(painted, Size(WIDTH, HEIGHT + 1)) == first


def test_what_is_no_picture_passes() -> None:
    assert Wire().lean("\x1b[?2026h", Size(WIDTH, HEIGHT)) == "\x1b[?2026h"
