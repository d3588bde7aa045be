"""What a terminal costs while nothing happens, and what fifty at once do to one of them."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

from tests.bench import desks
from tests.bench.core_figures import bound, signed_in
from tests.bench.figures import Table, percentile
from tests.bench.terminal_figures import Desk, rows_of, shows_rows
from tests.harness.processes import ROOT
from tests.harness.terminal import Terminal

_IDLE_SECONDS = 60
_COLLEAGUES = 49
_KEYS = 300
_PRESSED_EVERY = 0.1
"""Seconds between the keys that are measured: somebody who moves quickly."""

_IDLE = "tui_idle_cpu_percent"
_CROWD = ("desk50_key_to_paint_p99_ms", "desk50_key_to_paint_ratio")


def measure(table: Table, file: Path) -> None:
    """The figures that are wanted."""
    if not table.wants(_IDLE, *_CROWD):
        return
    desk = Desk(file)
    desk.prepare()
    if table.wants(_IDLE):
        with _opened(desk) as terminal:
            table.add(_IDLE, _idle(terminal))
    if table.wants(*_CROWD):
        _measure_crowd(table, desk, file)


@contextmanager
def _opened(desk: Desk) -> Iterator[Terminal]:
    """A terminal whose start is long over."""
    with desk.open() as terminal:
        terminal.wait(shows_rows)
        terminal.settle(quiet=1.5, seconds=5)
        yield terminal


def _idle(terminal: Terminal) -> float:
    """The share of one processor, in percent, that the program takes while the queue stays as it is."""
    program = psutil.Process(terminal.pid)
    begin, before = time.perf_counter(), program.cpu_times()
    terminal.settle(quiet=_IDLE_SECONDS, seconds=_IDLE_SECONDS)
    after = program.cpu_times()
    return 100 * (after.user + after.system - before.user - before.system) / (time.perf_counter() - begin)


def _measure_crowd(table: Table, desk: Desk, file: Path) -> None:
    """The same keys in the same terminal, alone and among its colleagues."""
    with _opened(desk) as terminal:
        alone = percentile(_moves(terminal), 0.99)
        with _colleagues(desk, file):
            among = percentile(_moves(terminal), 0.99)
    table.add("desk50_key_to_paint_p99_ms", among)
    table.add("desk50_key_to_paint_ratio", among / alone)


def _moves(terminal: Terminal) -> list[float]:
    """Milliseconds from a key to what it paints, the cursor going down and up again."""
    last = min(_KEYS // 2, rows_of(terminal.text) - 1)
    times = []
    for key, places in (("down", range(2, last + 2)), ("up", range(last, 0, -1))):
        for place in places:
            times.append(1000 * terminal.press(key, f" {place} de "))
            terminal.settle(quiet=_PRESSED_EVERY, seconds=_PRESSED_EVERY)
    return times


@contextmanager
def _colleagues(desk: Desk, file: Path) -> Iterator[None]:
    """Forty-nine others at work, each signed in."""
    sessions = [file.with_name(f"session-{number}") for number in range(_COLLEAGUES)]
    with bound(desk.url):
        for session in sessions:
            session.write_text(signed_in()[0], encoding="utf-8")
    command = [sys.executable, "-m", "tests.bench.desks", *map(str, sessions)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen(command, cwd=ROOT, env=dict(desk.environment), text=True, **pipes) as others:  # type: ignore[call-overload]
        if others.stdout.readline().strip() != desks.READY:
            raise AssertionError("the other terminals did not start")
        time.sleep(2)  # the last of them has loaded what it loads after its first picture
        yield
        others.stdin.close()
