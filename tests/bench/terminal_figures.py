"""What analysts wait for: the real program behind a real terminal of 120 by 40."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from tests.bench import dataset
from tests.bench.core_figures import bound, signed_in
from tests.bench.figures import Table, median, percentile
from tests.harness.processes import AYUDA, ROOT
from tests.harness.terminal import Terminal

_ROW = re.compile(r"AM-\d{4}-\d{6,}-\w")
_PLACE = re.compile(r" 1 de ([\d.]+)")
_LABEL = (sys.executable, "-m", "tests.bench.label")
_STARTS = 9
_KEYS = 200
_OPENED = 30
_SEARCHED = ("residencia", "definitiva", "quispe", "estampado", "salmonera", "pasaporte", "multa", "certificado")
_FIRST_SEARCHED = 3
"""Letters from which on the list follows."""

_STARTING = ("tui_first_paint_ratio", "tui_first_paint_ms")
_OPEN = ("tui_open_ticket_ms", "tui_open_ticket_first_ms")
_MOVING = ("tui_key_to_paint_ms", "tui_key_to_paint_p99_ms")
_SEARCHING = ("tui_search_key_ms", "tui_search_key_p99_ms")
_RUNNING = (*_MOVING, *_SEARCHING, *_OPEN, "tui_rss_mb")


class Desk:
    """`ayuda tui` on a data set, signed in by a session of the example's supervisor."""

    def __init__(self, file: Path) -> None:
        self.url = f"sqlite:///{file}"
        self._session = file.with_name("session")
        self.command: Sequence[str] = (*AYUDA, "tui", "--session-file", str(self._session))
        self.environment: Mapping[str, str] = dataset.settings(file.parent, self.url)

    def prepare(self) -> None:
        """Leave a session's token where the program finds it."""
        with bound(self.url):
            token, _ = signed_in()
        self._session.write_text(token, encoding="utf-8")

    def open(self) -> Terminal:
        """The program, starting."""
        return Terminal(self.command, env=self.environment, cwd=ROOT)


def measure(table: Table, file: Path) -> None:
    """Every figure of the terminal that is wanted."""
    if not table.wants(*_STARTING, *_RUNNING):
        return
    desk = Desk(file)
    desk.prepare()
    if table.wants(*_STARTING):
        _measure_starts(table, desk)
    if table.wants(*_RUNNING):
        with desk.open() as terminal:
            terminal.wait(shows_rows)
            terminal.settle()
            _measure_keys(table, terminal)
            _measure_search(table, terminal)
            _measure_tickets(table, terminal)
            table.add("tui_rss_mb", terminal.resident_mb())


def shows_rows(text: str) -> bool:
    """Whether the list is there."""
    return _ROW.search(text) is not None


def rows_of(text: str) -> int:
    """How many rows the list has, as the line below says."""
    found = _PLACE.search(text)
    if found is None:
        raise AssertionError(f"the line below the list does not say how many rows there are:\n{text}")
    return int(found[1].replace(".", ""))


def _measure_starts(table: Table, desk: Desk) -> None:
    """The queue's first paint and the label's, one after the other; the first pair only warms up."""
    pairs = []
    for _ in range(_STARTS + 1):
        with desk.open() as terminal:
            ours = terminal.wait(shows_rows)
        with Terminal(_LABEL, cwd=ROOT) as terminal:
            pairs.append((ours, terminal.wait("LISTO")))
    warm = pairs[1:]
    table.add("tui_first_paint_ratio", median([ours / theirs for ours, theirs in warm]))
    table.add("tui_first_paint_ms", 1000 * median([ours for ours, _ in warm]))


def _measure_keys(table: Table, terminal: Terminal) -> None:
    """The cursor goes down row by row; the line below says where it is."""
    if not table.wants(*_MOVING):
        return
    last = min(_KEYS + 1, rows_of(terminal.text))
    times = [1000 * terminal.press("down", f" {place} de ") for place in range(2, last + 1)]
    table.add("tui_key_to_paint_ms", median(times))
    table.add("tui_key_to_paint_p99_ms", percentile(times, 0.99))


def _measure_search(table: Table, terminal: Terminal) -> None:
    """Words are typed letter by letter; the line below says which letters the list belongs to."""
    if table.wants(*_SEARCHING):
        times = [time for word in _SEARCHED for time in _typed(terminal, word)]
        table.add("tui_search_key_ms", median(times))
        table.add("tui_search_key_p99_ms", percentile(times, 0.99))


def _typed(terminal: Terminal, word: str) -> Iterator[float]:
    terminal.send("/")
    terminal.settle()
    terminal.send(*word[: _FIRST_SEARCHED - 1])
    terminal.settle()
    for length in range(_FIRST_SEARCHED, len(word) + 1):
        typed = word[:length]
        yield 1000 * terminal.press(word[length - 1], re.compile(rf"\b{typed} →|«{typed}»").search)
        terminal.settle(quiet=0.05)
    terminal.send("escape")
    terminal.wait(" de ", since=0)
    terminal.settle()


def _measure_tickets(table: Table, terminal: Terminal) -> None:
    """Tickets one below the other are opened; the program is told apart from the list by the person's facts."""
    if not table.wants(*_OPEN):
        return
    times = []
    for _ in range(_OPENED + 1):
        times.append(1000 * terminal.press("enter", lambda text: "Idioma" in text and "Correo" in text))
        terminal.settle()
        terminal.press("escape", lambda text: "Idioma" not in text and " de " in text)
        terminal.send("down")
        terminal.settle()
    table.add("tui_open_ticket_ms", median(times[1:]))
    table.add("tui_open_ticket_first_ms", times[0])
