"""What a run of the tests asks of the machine, and how much of the long sweeps it wants."""

from __future__ import annotations

import os
import random
from collections.abc import Sequence
from typing import NoReturn, TypeVar

import pytest

Case = TypeVar("Case")

WHOLE = os.environ.get("AYUDA_SWEEP") == "whole"
_SEED = 20_210_325


def lacking(what: str) -> NoReturn:
    """Skip a test, naming what this machine lacks; with CI=true nothing may be skipped."""
    if os.environ.get("CI"):
        pytest.fail(f"{what} is missing, and with CI set nothing may be skipped", pytrace=False)
    pytest.skip(f"{what} is missing on this machine")


def sweep(cases: Sequence[Case], sample: int) -> list[Case]:
    """The cases of a long sweep: all of them in `make torture`, else a sample that is always the same."""
    if WHOLE or len(cases) <= sample:
        return list(cases)
    return random.Random(_SEED).sample(list(cases), sample)


def rounds(sample: int, whole: int) -> int:
    """How often a slow scenario is repeated: a few times here, often in `make torture`."""
    return whole if WHOLE else sample
