"""Looks into the file on standard input and says on standard error what it is, as one line of JSON.

A picture is written anew to standard output. The process ties its own hands first: memory, time, what it may write;
and before it reads the first byte of the file it can open no other.
"""

from __future__ import annotations

import json
import os
import resource
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import BinaryIO

MEMORY = 900_000_000
SECONDS = 25
LARGEST_OUTPUT = 64 * 1024 * 1024
Look = Callable[[BinaryIO, BinaryIO], dict[str, str]]


class Unfit(Exception):
    """A file that must not be kept; the code says why."""


def main(kind: str) -> None:
    """Look into a file of this kind."""
    _tie_hands()
    look = _look(kind)
    _limit(resource.RLIMIT_NOFILE, 3)
    try:
        report = look(sys.stdin.buffer, sys.stdout.buffer)
        sys.stdout.buffer.flush()
    except Unfit as reason:
        report = {"why": str(reason)}
    except Exception as reason:  # noqa: BLE001 (whatever a library says of a broken file, it is a broken file)
        report = {"why": "damaged", "because": type(reason).__name__}
    sys.stderr.write(json.dumps(report) + "\n")
    sys.stderr.flush()
    os._exit(0)


def _tie_hands() -> None:
    """Before anything of the file is read."""
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_AS, MEMORY)
    _limit(resource.RLIMIT_CPU, SECONDS)
    _limit(resource.RLIMIT_FSIZE, LARGEST_OUTPUT)
    with suppress(OSError):
        os.nice(5)  # whoever asks for a page comes first


def _limit(what: int, most: int) -> None:
    with suppress(ValueError, OSError):  # a system that knows no such limit
        resource.setrlimit(what, (most, most))


def _look(kind: str) -> Look:
    """What looks into files of this kind, with all that it will ever import."""
    if kind == "pdf":
        from core.files.child import pdfs

        return pdfs.check
    from core.files.child import pictures

    return pictures.rewriter(kind)
