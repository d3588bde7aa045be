"""Figures: their names, units and targets, and how they are printed."""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

ON_BOTH = ("", "_postgresql")


@dataclass(frozen=True, slots=True)
class Target:
    """What a figure should be: at most, or at least, a value."""

    unit: str
    value: float | None = None
    least: bool = False

    def words(self, figure: float) -> str:
        """The target beside a figure, and whether it is met."""
        if self.value is None:
            return ""
        met = figure >= self.value if self.least else figure <= self.value
        return f"  # {'at least' if self.least else 'at most'} {self.value:g}{'' if met else ', MISSED'}"


TARGETS = {
    "seed_s": Target("s"),
    "seed_s_postgresql": Target("s"),
    "find_by_tramite_ms": Target("ms", 1),
    "find_by_tramite_ms_postgresql": Target("ms", 1),
    "search_words_ms_common_together": Target("ms", 10),
    "search_words_ms_common_rare": Target("ms", 10),
    "search_words_ms_never_together": Target("ms", 80),
    "search_words_ms_common_together_postgresql": Target("ms", 30),
    "search_words_ms_common_rare_postgresql": Target("ms", 30),
    "search_words_ms_never_together_postgresql": Target("ms", 150),
    "search_keys_ms": Target("ms", 20),
    "sorted_view_ms": Target("ms", 40),
    "own_view_count_ms": Target("ms", 5),
    "queue_page_ms": Target("ms", 2),
    "stats_ms": Target("ms", 5),
    "slot_search_ms": Target("ms", 10),
    "tui_first_paint_ratio": Target("ratio", 1.5),
    "tui_first_paint_ms": Target("ms"),
    "tui_key_to_paint_ms": Target("ms", 15),
    "tui_key_to_paint_p99_ms": Target("ms", 60),
    "tui_search_key_ms": Target("ms", 40),
    "tui_search_key_p99_ms": Target("ms", 120),
    "tui_open_ticket_ms": Target("ms", 50),
    "tui_open_ticket_first_ms": Target("ms", 150),
    "tui_send_to_next_ms": Target("ms", 80),
    "tui_send_to_next_p99_ms": Target("ms"),
    "tui_rss_mb": Target("MB", 90),
    "tui_idle_cpu_percent": Target("%", 1),
    "desk50_key_to_paint_p99_ms": Target("ms"),
    "desk50_key_to_paint_ratio": Target("ratio", 3),
    "web_cold_start_ms": Target("ms", 700),
    "web_journey_ms": Target("ms", 60),
    "web_journeys_per_s": Target("1/s"),
    "web_step_p99_ms": Target("ms", 120),
    "web_submit_ratio": Target("ratio", 0.15, least=True),
    "web_landing_ratio": Target("ratio", 0.5, least=True),
    "web_rss_mb": Target("MB", 80),
    "page_weight_bytes_landing": Target("B", 14_000),
    "page_requests_landing": Target("requests", 2),
    "page_weight_bytes_sign_up": Target("B", 14_000),
    "page_requests_sign_up": Target("requests", 2),
    "page_weight_bytes_ticket": Target("B", 14_000),
    "page_requests_ticket": Target("requests", 2),
    "ticket_step_ms": Target("ms", 8),
    "ticket_step_p99_ms": Target("ms", 40),
    "upload_2mb_ms": Target("ms", 600),
    **{
        f"lighthouse_{category}_{page}": Target("points", least, least=True)
        for page in ("landing", "sign_up", "sign_in", "portal", "ticket")
        for category, least in (("accessibility", 100), ("best_practices", 100), ("performance", 99))
    },
}
"""Every figure, in the order in which they are printed."""


class Table:
    """The figures as they come in: a line each, and a file at the end."""

    def __init__(self, only: str) -> None:
        self._only = only
        self._found: dict[str, dict[str, float | str]] = {}

    def wants(self, *names: str) -> bool:
        """Whether any of these figures is to be measured."""
        return any(name.startswith(self._only) for name in names)

    def add(self, name: str, value: float) -> None:
        """Print a figure, if it is wanted."""
        if not self.wants(name):
            return
        target = TARGETS[name]
        shown = f"{value:.3f}" if target.unit == "ratio" else f"{value:.0f}" if value >= 100 else f"{value:.2f}"
        print(f"{name} {shown} {target.unit}{target.words(value)}", flush=True)
        self._found[name] = {"value": round(value, 4), "unit": target.unit}

    def write(self, file: Path) -> None:
        """Keep everything that was measured as JSON."""
        file.write_text(json.dumps(self._found, indent=1) + "\n", encoding="utf-8")


def say(words: str) -> None:
    """Tell whoever waits what is going on, beside the table."""
    print(words, file=sys.stderr, flush=True)


def milliseconds(work: Callable[[], object]) -> float:
    """How long something takes."""
    begin = time.perf_counter()
    work()
    return (time.perf_counter() - begin) * 1000


def each(work: Iterable[Callable[[], object]]) -> list[float]:
    """How long each of several takes, in milliseconds."""
    return [milliseconds(piece) for piece in work]


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which a share of the values lies (nearest rank)."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def ratio(pairs: Iterator[tuple[float, float]]) -> float:
    """The median of ours over theirs, of pairs measured one after the other."""
    return statistics.median(ours / theirs for ours, theirs in pairs)


def median(values: Sequence[float]) -> float:
    """The middle value."""
    return statistics.median(values)
