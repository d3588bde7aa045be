"""The site within this process, for walks that look at pages and not at processes."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from core import settings
from core.mail import outbox
from intake_web.app import Application
from tests.harness.databases import lent
from tests.intake_web.conftest import SETTINGS
from tests.journeys import states
from tests.journeys.states import Walk


@pytest.fixture(scope="session")
def walked(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Walk]:
    """Every page in every state in a language: walked once, looked at by many tests."""

    @cache
    def walk(speaks: str) -> Walk:
        home = tmp_path_factory.mktemp(speaks)
        given = settings.load({**SETTINGS, "AYUDA_HOME": str(home)})
        outbox.configure(given.base_url, given.mail_from)
        with lent(sqlite_template, home):
            return states.every(Application(given), speaks)

    return walk
