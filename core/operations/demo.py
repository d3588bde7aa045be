"""The demo: a service of its own on this machine, filled anew at each start."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from core.canned import loading
from core.database import schema
from core.database.binding import unlocked
from core.errors import NotFound, TryLater
from core.mail import outbox
from core.operations import demo_hours, seed
from core.operations.example import asides, canned, files
from core.people import accounts, applications, staff

PASSWORD = "demostración sin secretos"  # noqa: S105 (of invented people)
"""The password of everybody in the example."""
_PERSON = {
    "para_quien": "yo",
    "nombres": "Rosa María",
    "primer_apellido": "Ñamandú",
    "segundo_apellido": "Quispe",
    "nacimiento_dia": "14",
    "nacimiento_mes": "3",
    "nacimiento_anio": "1991",
    "pais": "pe",
    "correo": "rosa@correo.example",
    "correo2": "rosa@correo.example",
}
_PATIENCE = 30


@unlocked
def clear(home: Path) -> None:
    """Remove what an earlier demo left; only ever the demo's own folder."""
    if home.name == "demo" and home.exists():
        shutil.rmtree(home)


@unlocked
def fill(tickets: int) -> None:
    """A new database with a queue that looks alive."""
    schema.upgrade()
    loading.load()
    seed.seed(tickets, random_seed=1, password=PASSWORD)
    demo_hours.fill()
    files.enclose()
    asides.lay()
    canned.use()
    _sign_up_somebody()


def _sign_up_somebody() -> None:
    """The example's person, who goes the way that everybody goes."""
    accounts.sign_up(applications.applicant(_PERSON, PASSWORD, PASSWORD))
    waiting = accounts.waiting_for(_PERSON["correo"])
    validation = next(letter for letter in outbox.letters_of(waiting) if letter.kind == "validation")
    accounts.validate(validation.body.partition("/cuenta/validar/")[2].split()[0])


@unlocked
def supervisor_session() -> str:
    """The token of a session of the example's supervisor."""
    who = next((each for each in staff.list_staff() if each.role == "supervisor"), None)
    if who is None:
        raise NotFound("El ejemplo no tiene supervisión.")
    token, _ = staff.begin(who.id)
    return token


@contextmanager
def services(home: Path, variables: Mapping[str, str], port: int) -> Iterator[None]:
    """The web and the mail worker, each in its own process, until the block ends; they write to demo/*.log."""
    running: list[subprocess.Popen[bytes]] = []
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))  # so that the block ends, and with it all
    try:
        for name, arguments in (("web", ["--port", str(port)]), ("mail", [])):
            with (home / f"{name}.log").open("wb") as log:
                command = [sys.executable, "-m", "ayuda", name, *arguments]
                running.append(subprocess.Popen(command, env=dict(variables), stdout=log, stderr=log))  # noqa: S603
        _until_it_answers(f"http://127.0.0.1:{port}/salud", running[0], home / "web.log")
        yield
    finally:
        for process in running:
            process.terminate()
        for process in running:
            process.wait(timeout=15)


def wait(base_url: str) -> None:
    """Say where everything is, and stay until interrupted."""
    print(f"Sitio:     {base_url}")  # noqa: T201
    print(f"Correo:    {base_url}/demo/correo")  # noqa: T201
    print(f"Persona:   {_PERSON['correo']}   clave: {PASSWORD}")  # noqa: T201
    for who in staff.list_staff():
        print(f"Terminal:  {who.name} ({who.role})   clave: {PASSWORD}")  # noqa: T201
    print("Ctrl+C para terminar.", flush=True)  # noqa: T201
    while True:
        time.sleep(3600)


def _until_it_answers(address: str, web: subprocess.Popen[bytes], log: Path) -> None:
    started = time.monotonic()
    while time.monotonic() - started < _PATIENCE:
        if web.poll() is not None:
            break
        try:
            with urllib.request.urlopen(address, timeout=2):  # noqa: S310 (our own address)
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.05)
    last = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()[-1:] or ["sin motivo"]
    raise TryLater(f"El sitio de la demo no partió: {last[0]}")
