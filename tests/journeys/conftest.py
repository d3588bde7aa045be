"""The site within this process, for walks that look at pages and not at processes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

from core import settings, tokens
from core.database import binding
from core.mail import outbox
from intake_web.app import Application
from tests.harness.databases import KEYS, lent
from tests.harness.server import Service
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


@pytest.fixture
def bound(service: Service) -> Iterator[Service]:
    """An installation whose database this process looks into as well, as a terminal does."""
    tokens.use_keys(KEYS)
    outbox.configure(service.address, "no-responder@ayuda.example")
    binding.bind(service.settings["AYUDA_DATABASE_URL"])
    yield service
    binding.unbind()
