"""A desk with somebody at it, on both databases."""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, cast

import pytest

from analyst_tui import tips
from analyst_tui.desk import DeskApp
from core import clock
from core.database import binding
from core.errors import TryLater
from core.mail import outbox
from core.people import staff
from core.people.views import Staff
from tests.analyst_tui import desk
from tests.analyst_tui.desk import Desk, settled
from tests.harness import cast as people
from tests.harness.databases import KEYS, MONDAY
from tests.harness.idle import at_rest
from tests.harness.processes import AYUDA, ROOT
from tests.harness.terminal import Terminal

Open = Callable[..., Terminal]

Compare = Callable[..., bool]
Session = tuple[str, Staff]
DAY = 24 * 3600
TEXT = (
    "Buenos días. El 12 de noviembre me llegó una resolución que no entiendo: dice que mi solicitud no fue acogida "
    "porque faltaba un documento, pero yo lo había enviado.\n\nMi ID es 12345678. ¿Qué puedo hacer?"
)


@pytest.fixture(autouse=True)
def _quick_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("textual.app", "textual.pilot"):
        monkeypatch.setattr(f"{module}.wait_for_idle", at_rest)


class Outage:
    """A database that is away for everybody in this process, as long as it lasts."""

    SAID = "La base de datos no responde."

    def __init__(self, guarded: Callable[[Callable[[], Any]], Any]) -> None:
        self.lasts = False
        self._guarded = guarded

    def __call__(self, work: Callable[[], Any]) -> Any:
        if self.lasts:
            raise TryLater(self.SAID, retry_after=1)
        return self._guarded(work)


@pytest.fixture
def outage(monkeypatch: pytest.MonkeyPatch) -> Outage:
    """A way to take the database away and to bring it back."""
    between = Outage(binding._guarded)
    monkeypatch.setattr(binding, "_guarded", between)
    return between


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


@pytest.fixture
def day_at_work(chief: Session, pedro: Staff) -> str:
    """A queue as it is on a Monday: late, hurried and ordinary tickets; the supervisor's new session."""
    clock.advance(-17 * DAY)
    someone = (
        ("Jean Pierre", "Louis", ""),
        ("Rosa", "Ñamandú", ""),
        ("王", "秀英", ""),
        ("Ana Lucía", "Fernández de Córdova", "Iturriaga"),
    )
    kinds = (
        {"materia": "rt", "categoria": "rt-rechazo", "fecha_notificacion": "05-11-2026", "texto": TEXT},
        {"materia": "ee", "categoria": "ee-descarga"},
        {"tipo": "reclamo", "materia": "rd", "categoria": "rd-estado"},
        {"tipo": "sugerencia", "materia": "at", "categoria": "at-hora"},
    )
    for number in range(12):
        given, first, second = someone[number % 4]
        owner = people.account(nombres=given, primer_apellido=first, segundo_apellido=second, correo=f"p{number}@correo.example")
        people.ticket(owner, **{"tramite_id": str(12_345_678 + number), **kinds[number // 3]})
        clock.advance(31 * 3600)
    people.ticket(people.child(correo="madre@correo.example"))
    clock.freeze(clock.start_of(clock.today()) + 10 * 3600)
    staff.keep_habits(chief[1], {tips.GONE})
    return staff.begin(chief[1].id)[0]


@pytest.fixture
def pictured(snap_compare: Compare, day_at_work: str) -> Callable[..., None]:
    """Compares a picture of the terminal, at a size and after some steps, with the one that is kept."""

    def compare(size: tuple[int, int], steps: Callable[[Desk], Awaitable[None]] | None = None) -> None:
        async def before(pilot: Any) -> None:
            await settled(cast("Desk", pilot))
            if steps is not None:
                await steps(pilot)
            await settled(pilot)

        assert snap_compare(DeskApp(day_at_work), terminal_size=size, run_before=before)

    return compare
