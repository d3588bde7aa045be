"""A desk with somebody at it, on both databases."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from core.mail import outbox
from core.people.views import Staff
from tests.analyst_tui import desk
from tests.harness.databases import KEYS, MONDAY
from tests.harness.processes import AYUDA, ROOT
from tests.harness.terminal import Terminal

Open = Callable[..., Terminal]


@pytest.fixture
def marta(database: str) -> tuple[str, Staff]:
    """An analyst's session: its token, and who it belongs to."""
    outbox.configure("http://127.0.0.1:8000", "Ayuda <no-responder@servicio.example>")
    return desk.session("Marta", rights=("nna",))


@pytest.fixture
def pedro(marta: tuple[str, Staff]) -> Staff:
    """A second analyst, who works elsewhere."""
    return desk.session("Pedro")[1]


@pytest.fixture
def chief(database: str) -> tuple[str, Staff]:
    """A supervisor's session."""
    outbox.configure("http://127.0.0.1:8000", "Ayuda <no-responder@servicio.example>")
    return desk.session("Supervisión", role="supervisor", rights=("nna", "reservada"), cap=50)


@pytest.fixture
def surroundings(database: str, tmp_path: Path) -> dict[str, str]:
    """What the program finds in its environment: the test's database and clock."""
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith("AYUDA_")},
        "AYUDA_HOME": str(tmp_path),
        "AYUDA_DATABASE_URL": database,
        "AYUDA_SECRET_KEY": "\n".join(KEYS),
        "AYUDA_BASE_URL": "http://127.0.0.1:8000",
        "AYUDA_ENV": "test",
        "AYUDA_NOW": str(MONDAY),
    }


@pytest.fixture
def start(surroundings: dict[str, str], tmp_path: Path) -> Open:
    """Starts the program, signed in by a token when there is one."""

    def open_terminal(token: str | None, columns: int = 120, rows: int = 40, *options: str, **changed: str) -> Terminal:
        session = tmp_path / "session"
        session.write_text(token or "")
        signed_in = ["--session-file", str(session)] if token else []
        return Terminal((*AYUDA, "tui", *signed_in, *options), columns, rows, env={**surroundings, **changed}, cwd=ROOT)

    return open_terminal
