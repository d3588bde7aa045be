"""The site within this process, on both databases, and people who use it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from core import settings
from core.mail import outbox
from core.people import sessions
from core.settings import Settings
from intake_web import evenly
from intake_web.app import Application
from tests.harness import cast
from tests.harness.page import Visitor, within
from tests.intake_web.people import Citizen

SETTINGS = {"AYUDA_ENV": "test", "AYUDA_BASE_URL": "http://127.0.0.1:8000"}


@pytest.fixture(autouse=True)
def in_a_hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests do not wait for answers that are made to take their time."""
    monkeypatch.setattr(evenly, "LEAST", 0)


@pytest.fixture
def site_settings(tmp_path: Path) -> Settings:
    """The settings of the site within this process."""
    return settings.load({**SETTINGS, "AYUDA_HOME": str(tmp_path)})


@pytest.fixture
def site(database: str, site_settings: Settings) -> Application:
    """The site on an empty database of each engine in turn."""
    outbox.configure(site_settings.base_url, site_settings.mail_from)
    return Application(site_settings)


@pytest.fixture
def visitor(site: Application) -> Visitor:
    """Somebody whom the site does not know."""
    return Visitor(within(site))


@pytest.fixture
def make_citizen(site: Application) -> Callable[..., Citizen]:
    """Makes people with a validated account, signed in; what is changed is the applicant's."""

    def make(**changed: object) -> Citizen:
        account = cast.account(**changed)
        browser = Visitor(within(site))
        browser.cookies["sesion"] = sessions.begin(account.id, remember=False).token
        return Citizen(browser, account)

    return make


@pytest.fixture
def citizen(make_citizen: Callable[..., Citizen]) -> Citizen:
    """Somebody with a validated account, signed in."""
    return make_citizen()
