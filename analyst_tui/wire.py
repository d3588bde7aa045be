"""What goes to the terminal: only what it does not show yet, for each byte takes its time on a slow line.

Textual repaints whole widgets. Rows that only moved are moved by the terminal itself, pieces that are there already
are left out, and a colour is said where it changes: a list that scrolls by a row is one kilobyte instead of fifteen.
"""

from __future__ import annotations

import os
import re
import signal
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import lru_cache
from typing import Any, TextIO, cast

from rich.cells import cell_len
from textual import events
from textual.app import App
from textual.drivers.linux_driver import LinuxDriver
from textual.geometry import Size
from textual.message import Message

from analyst_tui.hearing import hear

Row = dict[int, str]
"""Pieces of a row of the screen by the column where they begin."""
_PLACE = re.compile(r"\x1b\[(\d+);(\d+)H")
_STYLED = re.compile(r"\x1b\[([\d;]+)m([^\x1b]*)\x1b\[0m")
_COLOUR = re.compile(r"[34]8;(?:2;\d+;\d+;\d+|5;\d+)")
_FEWEST = 8
"""Rows from which it is worth finding out whether they only moved."""


class Wire:
    """Knows what the terminal shows, row by row."""

    def __init__(self) -> None:
        self._size = Size(0, 0)
        self._rows: dict[int, Row] = {}
        self._cursor = ""

    def forget(self) -> None:
        """Nothing is known any more of what the terminal shows."""
        self._rows, self._cursor = {}, ""

    def lean(self, data: str, size: Size) -> str:
        """The least that makes a terminal of this size show a picture; other data as they are."""
        head, *parts = _PLACE.split(data)
        if head or not parts:
            return data
        if size != self._size:
            self._size = size
            self.forget()
        wanted: dict[int, Row] = {}
        for y, x, piece in zip(parts[::3], parts[1::3], parts[2::3], strict=True):
            if piece := piece.removesuffix("\n"):
                wanted.setdefault(int(y), {})[int(x)] = piece
        sent = [self._move(wanted), *(self._send(y, row) for y, row in wanted.items())]
        cursor, self._cursor = self._cursor, f"\x1b[{parts[-3]};{parts[-2]}H"
        return "".join(sent) + (self._cursor if any(sent) or cursor != self._cursor else "")

    def _send(self, y: int, wanted: Row) -> str:
        """A row from the first piece on that is not there: an odd character may have spilled over what follows."""
        shown = self._rows.setdefault(y, {})
        missing = [x for x, piece in wanted.items() if shown.get(x) != piece]
        if not missing:
            return ""
        pieces = {x: piece for x, piece in sorted(wanted.items()) if x >= min(missing)}
        for x, piece in pieces.items():
            end = x + _cells(piece)
            for other in [o for o, old in shown.items() if o < end and o + _cells(old) > x]:
                del shown[other]
            shown[x] = piece
        return "".join(f"\x1b[{y};{x}H{_lean(piece)}" for x, piece in pieces.items())

    def _move(self, wanted: dict[int, Row]) -> str:
        """Let the terminal move rows that are wanted a little higher or lower than they are."""
        if len(wanted) < _FEWEST:
            return ""
        places = {row[1]: y for y, row in self._rows.items() if 1 in row}
        steps = {y: places[row[1]] - y for y, row in wanted.items() if row.get(1) in places}
        step, moved = Counter(steps.values()).most_common(1)[0] if steps else (0, 0)
        if not step or moved < len(wanted) // 2:
            return ""
        there = [y for y in steps if steps[y] == step]
        top, bottom = min(min(there), min(there) + step), max(max(there), max(there) + step)
        if not self._painted(wanted, range(top, bottom + 1)):
            return ""
        kept = {y: self._rows.get(y + step, {}) if top <= y + step <= bottom else {} for y in range(top, bottom + 1)}
        self._rows |= kept
        at_edge = f"\x1b[{bottom};1H" + "\x1bD" * step if step > 0 else f"\x1b[{top};1H" + "\x1bM" * -step
        return f"\x1b[{top};{bottom}r{at_edge}\x1b[r"

    def _painted(self, wanted: dict[int, Row], lines: Iterable[int]) -> bool:
        """Whether all of these lines are wanted from edge to edge, so that nothing beside them is moved."""
        return all(sum(map(_cells, wanted.get(y, {}).values())) >= self._size.width for y in lines)


class Output:
    """The terminal as a file; once it is gone, what is written to it goes nowhere, so that drafts can still be saved."""

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self._gone = False

    def write(self, text: str) -> None:
        """Show a text."""
        self._try(lambda: self._file.write(text))

    def flush(self) -> None:
        """Show what was held back."""
        self._try(self._file.flush)

    def fileno(self) -> int:
        """The number of the terminal's file."""
        return self._file.fileno()

    def isatty(self) -> bool:
        """Whether it is a terminal."""
        return self._file.isatty()

    def _try(self, work: Callable[[], object]) -> None:
        if self._gone:
            return
        try:
            work()
        except OSError:
            self._gone = True
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, self._file.fileno())  # what is still held back must not fail again when the program ends
            os.close(nowhere)
            os.kill(os.getpid(), signal.SIGHUP)


class LeanDriver(LinuxDriver):
    """Textual's own driver, which says only what changes."""

    def __init__(self, app: App[Any], *, debug: bool = False, mouse: bool = True, size: tuple[int, int] | None = None) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        self._file = Output(cast("TextIO", self._file))  # type: ignore[assignment]
        self._wire = Wire()
        self._shows_cursor = False

    def show_cursor(self, shows: bool) -> None:
        """Let the terminal show its own cursor, or hide it as Textual does."""
        self._shows_cursor = shows
        super().write("\x1b[?25h" if shows else "\x1b[?25l")
        self.flush()

    def write(self, data: str) -> None:
        if lean := self._wire.lean(data, self._app.size):
            super().write(lean)

    def _run_input_thread(self) -> None:
        with suppress(OSError):  # the terminal is gone
            hear(self.fileno, self.exit_event, self._debug, self.process_message)
            return
        os.kill(os.getpid(), signal.SIGHUP)

    def start_application_mode(self) -> None:
        self._wire.forget()
        super().start_application_mode()  # type: ignore[no-untyped-call]
        if self._shows_cursor:
            self.show_cursor(True)

    def send_message(self, message: Message) -> None:
        if isinstance(message, events.Resize):
            self._wire.forget()
        super().send_message(message)


@lru_cache(2048)
def _cells(piece: str) -> int:
    """The width of a piece."""
    return cell_len(_STYLED.sub(r"\2", piece))


@lru_cache(2048)
def _lean(piece: str) -> str:
    """A piece in which each colour is said where it begins, instead of all of them for each run of text."""
    runs = _STYLED.findall(piece)
    if sum(len(style) + len(text) + 7 for style, text in runs) != len(piece):
        return piece  # something else is in it, such as a link
    before, said = "", []
    for style, text in runs:
        said.append(_change(before, style) + text)
        before = style
    return "".join(said) + "\x1b[0m"


@lru_cache(1024)
def _change(before: str, style: str) -> str:
    """What turns one style into another."""
    if style == before:
        return ""
    old, new = _COLOUR.findall(before), _COLOUR.findall(style)
    if before and len(old) == len(new) and _COLOUR.sub("", before) == _COLOUR.sub("", style):
        return f"\x1b[{';'.join(colour for colour in new if colour not in old)}m"
    return f"\x1b[0;{style}m" if before else f"\x1b[{style}m"
