"""The loop at the desk: from sending an answer to the next ticket, which is taken by itself."""

from __future__ import annotations

import re
from pathlib import Path

from tests.bench.figures import Table, median, percentile
from tests.bench.terminal_figures import Desk, shows_rows
from tests.harness.terminal import Terminal

_SENT, _WARM = 20, 2
_TOP = re.compile(r"\A *(AM-\d{4}-\d{6,}-\w)")
_WARNED = "otra vez envía igual"
_ANSWER = "Puedes ir a la oficina con tu documento."


def measure(table: Table, file: Path) -> None:
    """Answers are written and sent one after the other; the folio in the top line says which ticket is there."""
    if not table.wants("tui_send_to_next_ms", "tui_send_to_next_p99_ms"):
        return
    desk = Desk(file)
    desk.prepare()
    times = []
    with desk.open() as terminal:
        terminal.wait(shows_rows)
        terminal.settle()
        terminal.press("t", lambda text: _TOP.match(text) is not None)
        for _ in range(_WARM + _SENT):
            terminal.settle()
            terminal.press("r", "Respuesta a la persona")
            terminal.settle()
            terminal.press(_ANSWER, _ANSWER)
            terminal.settle()
            times.append(1000 * _send(terminal))
    table.add("tui_send_to_next_ms", median(times[_WARM:]))
    table.add("tui_send_to_next_p99_ms", percentile(times[_WARM:], 0.99))


def _send(terminal: Terminal) -> float:
    """Seconds from the key that really sends to the next ticket: a warning before it is sent past by the same key."""
    folio = _top(terminal.text)

    def is_next(text: str) -> bool:
        return _top(text) not in ("", folio)

    seconds = terminal.press("ctrl+s", lambda text: is_next(text) or _WARNED in text)
    if is_next(terminal.text):
        return seconds
    terminal.settle()
    return terminal.press("ctrl+s", is_next)


def _top(text: str) -> str:
    found = _TOP.match(text)
    return found[1] if found else ""
