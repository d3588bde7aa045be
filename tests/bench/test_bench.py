"""The performance table is measured from the real program: here on a few tickets, to see that it can be."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.bench import lighthouse
from tests.bench.figures import TARGETS, Table
from tests.harness.processes import ROOT

NAMED = {
    "lighthouse_performance_portal",
    "find_by_tramite_ms",
    "queue_page_ms",
    "stats_ms",
    "tui_first_paint_ratio",
    "tui_key_to_paint_ms",
    "tui_open_ticket_ms",
    "tui_send_to_next_ms",
    "tui_idle_cpu_percent",
    "desk50_key_to_paint_p99_ms",
}


def bench(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "tests.bench", *words],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, "AYUDA_BENCH_TICKETS": "500"},
        timeout=200,
        check=False,
    )


@pytest.mark.parametrize("prefix", ["page_", "queue_", "tui_key"])
def test_figures_are_printed_a_line_each_and_written_as_json(prefix: str, tmp_path: Path) -> None:
    done = bench("--only", prefix, "--json", str(tmp_path / "figures.json"))
    assert done.returncode == 0, done.stderr
    wanted = [name for name in TARGETS if name.startswith(prefix)]
    lines = [line.split() for line in done.stdout.splitlines()]
    assert [line[0] for line in lines] == wanted
    assert all(float(value) > 0 and unit == TARGETS[name].unit for name, value, unit, *_ in lines)
    assert set(json.loads((tmp_path / "figures.json").read_text())) == set(wanted)


def test_without_node_lighthouse_is_left_out_in_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    lighthouse.measure(Table("lighthouse_"), tmp_path / "ayuda.db")
    assert capsys.readouterr().err == "node, npm or Chromium is missing on this machine: Lighthouse's figures are left out\n"


def test_every_figure_that_is_promised_has_a_target() -> None:
    assert set(TARGETS) >= NAMED
