"""What the composition root says about offices; light, for every program says it at its start."""

from __future__ import annotations

from pathlib import Path

FILE = "oficinas.json"
"""In AYUDA_HOME: records like those of data/offices.json, each with its id and what is to be different."""

file: Path | None = None
"""The operator's file, whether it is there or not."""
examples = False
"""Whether example hours stand in for those that nobody knows."""


def configure(home: Path | None, with_examples: bool) -> None:
    """Where the operator's file is, and whether there are example hours; the composition root calls it once."""
    global file, examples
    file, examples = (home / FILE if home else None), with_examples
