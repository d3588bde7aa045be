"""Looking into a file without trusting it: in a process of its own that can do little, one file at a time."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import BinaryIO

from core.files import kinds, store
from core.files.views import Refused

log = logging.getLogger("ayuda.files")
_PATIENCE = 30
_QUEUE_PATIENCE = 90
_LONGEST_REPORT = 500_000
_START = "import sys; kind = sys.argv.pop(); sys.path[:] = sys.argv[1:]; from core.files.child.main import main; main(kind)"


@dataclass(frozen=True, slots=True)
class Seen:
    """What a file turned out to be: what is to be kept of it, and the words in it."""

    kind: str
    content: BinaryIO
    words: str


@contextmanager
def looked_into(source: BinaryIO) -> Iterator[Seen]:
    """What is to be kept of a file; raises `Refused`. The content is gone when the block ends."""
    kind = kinds.kind_of(source)
    try:
        result, report = store.scratch(), store.scratch()
    except OSError as reason:
        raise Refused("room") from reason
    with result, report:
        with store.turn(_QUEUE_PATIENCE):
            _run(kind, source, result, report)
        said = _said(report)
        yield Seen(said["kind"], source if kind == "pdf" else result, said.get("words", ""))


def _run(kind: str, source: BinaryIO, result: BinaryIO, report: BinaryIO) -> None:
    """A process with nothing of ours: no environment, no open file but these three, no path but its libraries'."""
    source.seek(0)
    command = [sys.executable, "-I", "-S", "-B", "-c", _START, *filter(None, sys.path), kind]
    try:
        child = subprocess.Popen(command, stdin=source, stdout=result, stderr=report, env={}, cwd="/")  # noqa: S603 (our own words)
    except OSError as reason:  # no process more, or a terminal that may start none
        log.error("files: %s", reason)
        raise Refused("unchecked") from reason
    try:
        child.wait(_PATIENCE)
    except subprocess.TimeoutExpired as reason:
        raise Refused("slow") from reason
    finally:
        child.kill()
        child.wait()


def _said(report: BinaryIO) -> dict[str, str]:
    """The last line of the report; a process that ended without one met a file that is broken or made to break it."""
    report.seek(0)
    try:
        said: dict[str, str] = json.loads(report.read(_LONGEST_REPORT).splitlines()[-1])
    except (ValueError, IndexError) as reason:
        raise Refused("damaged") from reason
    if "kind" not in said:
        raise Refused(str(said.get("why", "damaged")))
    return said
