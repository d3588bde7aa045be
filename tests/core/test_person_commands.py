"""`ayuda person …` as operators type it."""

from __future__ import annotations

import io
import os
import subprocess
import zipfile
from collections.abc import Callable

import pytest

from core.operations.rights import requests
from core.people import accounts
from core.people.account_views import Account
from tests.harness import cast, life
from tests.harness.databases import MONDAY
from tests.harness.processes import AYUDA, ROOT
from tests.harness.server import Service

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def ayuda(database: str, service: Service) -> Run:
    """The command line on the database that this test is bound to, on the same day."""
    service.settings["AYUDA_NOW"] = str(MONDAY)
    return service.run


@pytest.fixture
def owner(ayuda: Run) -> Account:
    return cast.account(nombres="Zorzalina")


def test_export_gives_a_zip_on_standard_output(ayuda: Run, service: Service, owner: Account) -> None:
    command = [*AYUDA, "person", "export", owner.email]
    done = subprocess.run(command, capture_output=True, env=service.environment, cwd=ROOT, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert "datos.json" in zipfile.ZipFile(io.BytesIO(done.stdout)).namelist()


def test_export_to_a_file_never_overwrites_and_is_nobody_elses_to_read(ayuda: Run, service: Service, owner: Account) -> None:
    path = service.home / "datos.zip"
    done = ayuda("person", "export", owner.email, "--file", str(path))
    assert (done.returncode, done.stderr) == (0, "")
    assert str(path) in done.stdout
    assert path.stat().st_mode & 0o777 == 0o600
    assert zipfile.is_zipfile(path)
    again = ayuda("person", "export", owner.email, "--file", str(path))
    assert (again.returncode, again.stderr) == (1, f"{path} ya existe: elige otro nombre.\n")
    nowhere = ayuda("person", "export", owner.email, "--file", str(service.home / "no" / "x.zip"))
    assert nowhere.returncode == 1
    assert nowhere.stderr.startswith("No se pudo escribir")


def test_a_zip_is_not_poured_into_a_terminal(ayuda: Run, service: Service, owner: Account) -> None:
    leader, follower = os.openpty()
    command = [*AYUDA, "person", "export", owner.email]
    done = subprocess.run(
        command, stdout=follower, stderr=subprocess.PIPE, env=service.environment, cwd=ROOT, timeout=60, check=False
    )
    os.close(follower)
    os.close(leader)
    assert done.returncode == 1
    assert b"--file" in done.stderr


def test_block_and_unblock_say_what_they_found(ayuda: Run, owner: Account) -> None:
    said = [ayuda("person", verb, owner.email).stdout for verb in ("block", "block", "unblock", "unblock")]
    words = ("quedan bloqueados", "ya estaban bloqueados", "ya no están bloqueados", "no estaban bloqueados")
    assert said == [f"Los datos de {owner.email} {each}.\n" for each in words]
    ayuda("person", "block", owner.email.upper())
    assert accounts.named(owner.email).blocked_at is not None


def test_erase_asks_first(ayuda: Run, owner: Account) -> None:
    for answer in ("", "no\n", "x\n"):
        refused = ayuda("person", "erase", owner.email, given=answer)
        assert refused.returncode == 1
        assert "--yes" in refused.stderr
    assert life.places_of("Zorzalina")
    done = ayuda("person", "erase", owner.email, given="sí\n")
    assert (done.returncode, done.stderr) == (0, "")
    assert life.places_of("Zorzalina") == set()


def test_erase_can_be_told_not_to_ask_and_happens_once(ayuda: Run, owner: Account) -> None:
    assert ayuda("person", "erase", "--yes", owner.email).returncode == 0
    again = ayuda("person", "erase", "--yes", owner.email)
    assert (again.returncode, again.stdout) == (1, "")
    assert again.stderr == f"No hay ninguna cuenta con el correo {owner.email}.\n"
    assert life.places_of(owner.email) == set()
    assert ayuda("verify").stdout == "Todo en orden.\n"


@pytest.mark.parametrize("verb", ["export", "block", "unblock", "erase"])
def test_whoever_is_not_known_is_one_clear_line(ayuda: Run, verb: str) -> None:
    for email in ("nadie@correo.example", "no es un correo", "\x1b[2J@x"):
        done = ayuda("person", verb, email)
        assert (done.returncode, done.stdout) == (1, "")
        assert len(done.stderr.splitlines()) == 1
        assert "\x1b" not in done.stderr


def test_requests_lists_what_waits_with_its_last_day_and_words(ayuda: Run, owner: Account) -> None:
    assert ayuda("person", "requests").stdout == "Ninguna solicitud espera respuesta.\n"
    slow = requests.ask(owner, "acceso", "")
    urgent = requests.ask(owner, "bloqueo", "Mientras se corrige.\nGracias \x1b[31m\u202e.")
    said = ayuda("person", "requests").stdout
    assert said == (
        f"{urgent}\tbloqueo\t{owner.email}\tpedida 23-11-2026\tvence 25-11-2026\tquedan 2 d\n"
        "    Mientras se corrige.\n"
        "    Gracias [31m.\n"
        f"{slow}\tacceso\t{owner.email}\tpedida 23-11-2026\tvence 23-12-2026\tquedan 30 d\n"
    )


def test_answer_takes_the_words_from_standard_input(ayuda: Run, owner: Account) -> None:
    number = requests.ask(owner, "oposicion", "No quiero encuestas.")
    empty = ayuda("person", "answer", str(number), "--outcome", "acogida")
    assert empty.returncode == 1
    assert "entrada estándar" in empty.stderr
    done = ayuda("person", "answer", str(number), "--outcome", "acogida", given="Ya no te las enviaremos.\n")
    assert (done.returncode, done.stderr) == (0, "")
    (answered,) = requests.requests_of(owner)
    assert (answered.outcome, answered.answer) == ("acogida", "Ya no te las enviaremos.")
    again = ayuda("person", "answer", str(number), "--outcome", "rechazada", given="No.")
    assert again.returncode == 1


def test_extend_says_the_new_day(ayuda: Run, owner: Account) -> None:
    number = requests.ask(owner, "acceso", "")
    done = ayuda("person", "extend", str(number), given="Buscamos en archivos antiguos.")
    assert done.returncode == 0
    assert "22-01-2027" in done.stdout


@pytest.mark.parametrize(
    "words",
    [(), ("x",), ("erase",), ("answer", "1"), ("answer", "x", "--outcome", "acogida"), ("answer", "1", "--outcome", "sí")],
)
def test_what_is_written_wrong_is_wrong_usage(ayuda: Run, words: tuple[str, ...]) -> None:
    done = ayuda("person", *words)
    assert done.returncode == 2
    assert done.stderr.startswith("usage:")
    assert "Traceback" not in done.stderr
