"""A desk with somebody at it, on both databases."""

from __future__ import annotations

import pytest

from core.mail import outbox
from core.people.views import Staff
from tests.analyst_tui import desk


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
