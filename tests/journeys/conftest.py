"""The site within this process, for walks that look at pages and not at processes."""

from __future__ import annotations

from pathlib import Path

import pytest

from core import settings
from core.mail import outbox
from intake_web.app import Application
from tests.intake_web.conftest import SETTINGS


@pytest.fixture
def site(sqlite_database: str, tmp_path: Path) -> Application:
    """The site on an empty database."""
    given = settings.load({**SETTINGS, "AYUDA_HOME": str(tmp_path)})
    outbox.configure(given.base_url, given.mail_from)
    return Application(given)
