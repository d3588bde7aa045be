"""The site within this process, on both databases, and people who use it."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path

import pytest

from core import settings
from core.mail import outbox
from core.people import accounts, applications, sessions
from core.settings import Settings
from intake_web.app import Application
from tests.harness.page import Visitor, within
from tests.intake_web.people import BORN, NAMES, PASSWORD, Citizen


@pytest.fixture
def site_settings(tmp_path: Path) -> Settings:
    """The settings of the site within this process."""
    return settings.load({"AYUDA_HOME": str(tmp_path), "AYUDA_ENV": "test", "AYUDA_BASE_URL": "http://127.0.0.1:8000"})


@pytest.fixture
def site(database: str, site_settings: Settings) -> Application:
    """The site on an empty database of each engine in turn."""
    outbox.configure(site_settings.base_url, site_settings.mail_from)
    return Application(site_settings)


@pytest.fixture
def visitor(site: Application) -> Visitor:
    """Somebody whom the site does not know."""
    return Visitor(within(site))


@pytest.fixture(scope="session")
def password_hash() -> str:
    """The hash of everybody's password in these tests, made once: hashing is slow on purpose."""
    from core.people import passwords

    return passwords.hash_password(PASSWORD)


@pytest.fixture
def citizen(site: Application, password_hash: str) -> Callable[..., Citizen]:
    """Makes people with a validated account, signed in."""

    def make(email: str = "maria@correo.example", **fields: str) -> Citizen:
        typed = {"para_quien": "yo", **NAMES, **BORN, "correo": email, "correo2": email, **fields}
        wrong = applications.complaints(typed, tuple(name for name in typed if name in applications._CHECKS))
        assert not wrong, wrong
        accounts.sign_up(_applicant(typed, password_hash))
        (letter,) = outbox.letters_of(_account_id(email), 1)
        token = letter.body.split("/cuenta/validar/")[1].split()[0]
        account = accounts.validate(token).account
        visitor = Visitor(within(site))
        visitor.cookies["sesion"] = sessions.begin(account.id, remember=False).token
        return Citizen(visitor, email)

    return make


def _applicant(typed: dict[str, str], password_hash: str) -> accounts.Applicant:
    import unittest.mock

    with unittest.mock.patch("core.people.passwords.hash_password", return_value=password_hash):
        made = applications.applicant(typed, PASSWORD, PASSWORD)
    return dataclasses.replace(made, password_hash=password_hash)


def _account_id(email: str) -> int:
    from core.database.binding import db
    from core.people.models import Account

    with db.connection_context():
        return int(Account.select(Account.id).where(Account.email == email).scalar())
