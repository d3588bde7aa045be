"""Prints every figure; see the package's docstring."""

from __future__ import annotations

import argparse
from pathlib import Path

from tests.bench import (
    core_figures,
    dataset,
    desk_figures,
    lighthouse,
    loop_figures,
    terminal_figures,
    ticket_figures,
    web_figures,
)
from tests.bench.figures import TARGETS, Table


def main() -> None:
    """Measure what is wanted, in the order of the table."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the same figures to a file")
    parser.add_argument("--only", default="", metavar="PREFIX", help="only the figures whose names begin so")
    options = parser.parse_args()
    table = Table(options.only)
    if table.wants(*(name for name in TARGETS if not name.endswith("_postgresql"))):
        file, seconds = dataset.sqlite()
        table.add("seed_s", seconds)
        core_figures.measure(table, f"sqlite:///{file}", "")
        terminal_figures.measure(table, file)
        loop_figures.measure(table, file)
        desk_figures.measure(table, file)
        web_figures.measure(table, file)
        ticket_figures.measure(table, file)
        lighthouse.measure(table, file)
    if table.wants(*(name for name in TARGETS if name.endswith("_postgresql"))):
        with dataset.postgresql() as found:
            if found is not None:
                url, seconds = found
                table.add("seed_s_postgresql", seconds)
                core_figures.measure(table, url, "_postgresql")
    if options.json:
        table.write(options.json)


if __name__ == "__main__":
    main()
