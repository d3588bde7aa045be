"""Fixtures that all tests share."""

from __future__ import annotations

import gc

import hypothesis
import pytest

from tests.harness.wants import WHOLE

hypothesis.settings.register_profile("sample", max_examples=60, deadline=None, derandomize=True, database=None)
hypothesis.settings.register_profile("whole", max_examples=3_000, deadline=None)
hypothesis.settings.load_profile("whole" if WHOLE else "sample")

pytest_plugins = [
    "tests.harness.browser",
    "tests.harness.cheap_passwords",
    "tests.harness.claveunica",
    "tests.harness.databases",
    "tests.harness.server",
    "tests.harness.smtp",
]


def pytest_collection_finish(session: pytest.Session) -> None:
    """What was loaded stays until the end: a tenth of the tests' time went into looking through it for rubbish."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
