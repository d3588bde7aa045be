"""Fixtures that all tests share."""

from __future__ import annotations

pytest_plugins = [
    "tests.harness.browser",
    "tests.harness.databases",
    "tests.harness.server",
    "tests.harness.smtp",
]
