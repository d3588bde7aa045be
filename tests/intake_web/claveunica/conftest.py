"""The site with ClaveÚnica, on both databases."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from core import settings
from core.mail import outbox
from core.people import claveunica as service
from intake_web.app import Application
from tests.harness.claveunica import ClaveUnica
from tests.intake_web.conftest import SETTINGS


@pytest.fixture(autouse=True)
def nothing_known() -> None:
    """What an earlier test found out about a server is forgotten."""
    service._health.clear()


@pytest.fixture
def build(database: str, tmp_path: Path) -> Callable[..., Application]:
    """Makes the site on an empty database of each engine in turn, with these settings."""

    def made(**more: str) -> Application:
        chosen = settings.load({**SETTINGS, "AYUDA_HOME": str(tmp_path), **more})
        outbox.configure(chosen.base_url, chosen.mail_from)
        return Application(chosen)

    return made


@pytest.fixture
def site(build: Callable[..., Application], claveunica: ClaveUnica) -> Application:
    """The site with ClaveÚnica."""
    return build(**claveunica.settings)
