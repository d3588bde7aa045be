"""`ayuda` as operators use it: exit codes, one clear line for what goes wrong, and never a traceback."""

from __future__ import annotations

import json
import shlex
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from core.calendar import business
from tests.harness import postgres
from tests.harness.cast import STAFF_PASSWORD
from tests.harness.processes import AYUDA, ROOT, free_port
from tests.harness.server import Service
from tests.harness.wants import sweep

STAFF = ("staff", "add", "Ana Rojas", "--role", "supervisor", "--email", "ana@servicio.example")
COMMANDS = ("web", "tui", "mail", "init")
WRONG = (
    ("AYUDA_ENV", "x"),
    ("AYUDA_DATABASE_URL", "mysql://localhost/x"),
    ("AYUDA_BASE_URL", "x"),
    ("AYUDA_SECRET_KEY", "corta"),
    ("AYUDA_SMTP_URL", "x"),
    ("AYUDA_NOW", "x"),
)


def line_of(done: subprocess.CompletedProcess[str]) -> str:
    """The one line with which a command was refused."""
    assert done.returncode == 1, (done.stdout, done.stderr)
    assert "Traceback" not in done.stderr
    (line,) = done.stderr.splitlines()
    return line


def out_of(done: subprocess.CompletedProcess[str]) -> str:
    """What a command that did its work has said."""
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    return done.stdout


@pytest.fixture
def new(tmp_path: Path) -> Service:
    """An installation of which nothing exists yet."""
    return Service(tmp_path, f"sqlite:///{tmp_path / 'ayuda.db'}")


def test_init_makes_the_database_and_may_be_run_again(new: Service) -> None:
    assert "Base de datos lista" in out_of(new.run("init"))
    assert "ya estaba al día" in out_of(new.run("init"))
    assert out_of(new.run("verify")) == "Todo en orden.\n"


@pytest.mark.parametrize("words", [("web",), ("mail", "--once"), ("stats",), ("staff", "list"), ("verify",), ("tui",)])
def test_without_a_database_every_command_names_init(new: Service, words: tuple[str, ...]) -> None:
    assert "ayuda init" in line_of(new.run(*words))


@pytest.mark.parametrize(
    "words",
    [(), ("nada",), ("web", "--port", "x"), ("staff",), ("staff", "add"), ("export", "personas"), ("stats", "--from", "ayer")],
)
def test_wrong_usage_is_two(new: Service, words: tuple[str, ...]) -> None:
    done = new.run(*words)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_help_names_every_command(new: Service) -> None:
    said = out_of(new.run("--help"))
    commands = ("demo", "init", "web", "tui", "mail", "staff", "seed", "tramites", "stats", "export", "backup", "restore")
    assert all(command in said for command in (*commands, "verify", "doctor"))


@pytest.mark.parametrize(("command", "name", "value"), sweep([(each, *wrong) for each in COMMANDS for wrong in WRONG], 10))
def test_a_wrong_setting_is_one_line_that_names_it(new: Service, command: str, name: str, value: str) -> None:
    new.settings[name] = value
    assert name in line_of(new.run(command))


def test_a_database_server_that_is_away_is_one_line(new: Service) -> None:
    new.settings["AYUDA_DATABASE_URL"] = f"postgresql://ayuda@127.0.0.1:{free_port()}/ayuda"
    for words in (("init",), ("web",), ("stats",), ("mail", "--once"), ("tui",)):
        assert "no responde" in line_of(new.run(*words))


def test_a_database_that_the_server_does_not_have_is_one_line(new: Service, postgresql_server: postgres.Server) -> None:
    new.settings["AYUDA_DATABASE_URL"] = postgresql_server.url("olvidada")
    for words in (("init",), ("stats",)):
        assert line_of(new.run(*words)) == "La base de datos «olvidada» no existe en ese servidor: hay que crearla."


def test_a_file_that_is_no_database_is_one_line(new: Service) -> None:
    (new.home / "ayuda.db").write_bytes(b"esto no es una base de datos, aunque se llame igual" * 100)
    for words in (("init",), ("web",), ("stats",)):
        assert "no es una base de datos" in line_of(new.run(*words))


def test_staff_is_added_listed_and_disabled(service: Service) -> None:
    out_of(service.run(*STAFF, "--rights", "nna,datos", "--cap", "7", "--password-stdin", given=STAFF_PASSWORD + "\n"))
    assert "Ana Rojas\tsupervisor\tana@servicio.example\tdatos,nna\ttope 7" in out_of(service.run("staff", "list"))
    out_of(service.run("staff", "disable", "Ana Rojas"))
    assert "desactivada" in out_of(service.run("staff", "list"))


@pytest.mark.parametrize(
    ("words", "password", "why"),
    [
        (STAFF, "corta", "15 caracteres"),
        ((*STAFF, "--rights", "todo"), STAFF_PASSWORD, "derechos"),
        ((*STAFF, "--cap", "0"), STAFF_PASSWORD, "tope"),
        ((*STAFF[:-1], "nadie"), STAFF_PASSWORD, "correo"),
    ],
)
def test_whom_it_cannot_add_is_one_line(sqlite_service: Service, words: tuple[str, ...], password: str, why: str) -> None:
    assert why in line_of(sqlite_service.run(*words, "--password-stdin", given=password + "\n"))


def test_a_name_is_given_once_and_a_stranger_cannot_be_disabled(sqlite_service: Service) -> None:
    out_of(sqlite_service.run(*STAFF, "--password-stdin", given=STAFF_PASSWORD + "\n"))
    assert "Ana Rojas" in line_of(sqlite_service.run(*STAFF, "--password-stdin", given=STAFF_PASSWORD + "\n"))
    assert "Nadie" in line_of(sqlite_service.run("staff", "disable", "Nadie"))


def test_tramites_come_in_from_a_file_and_a_wrong_line_is_named(service: Service) -> None:
    file = service.home / "tramites.csv"
    file.write_text("id,tipo,estado,correo,creado\n12.345.678,Residencia,En análisis,ana@correo.example,2026-03-01\n", "utf-8")
    assert "1 trámites" in out_of(service.run("tramites", "import", str(file)))
    file.write_text("id,tipo,estado,correo,creado\n1,Residencia,En análisis,nadie,2026-03-01\n", "utf-8")
    assert "Línea 2" in line_of(service.run("tramites", "import", str(file)))
    file.write_bytes(b"id,tipo,estado,correo,creado\n1,\xff\xfe,x,ana@correo.example,2026-03-01\n")
    assert "UTF-8" in line_of(service.run("tramites", "import", str(file)))
    assert "nada.csv" in line_of(service.run("tramites", "import", "nada.csv"))


def test_examples_fill_every_command_with_something(service: Service) -> None:
    out_of(service.run("seed", "--tickets", "60", "--random-seed", "7"))
    figures = json.loads(out_of(service.run("stats", "--json")))
    assert figures["open"] > 0
    assert f"Abiertos {figures['open']}" in out_of(service.run("stats"))
    assert len(out_of(service.run("export", "tickets", "--format", "jsonl")).splitlines()) == 60
    assert len(out_of(service.run("export", "tickets")).splitlines()) > 60
    assert out_of(service.run("verify")) == "Todo en orden.\n"


def test_a_copy_comes_back(service: Service) -> None:
    out_of(service.run("seed", "--tickets", "20"))
    copy = str(service.home / "copia")
    out_of(service.run("backup", copy))
    assert "ya existe" in line_of(service.run("backup", copy))
    out_of(service.run("seed", "--tickets", "20"))
    out_of(service.run("restore", copy))
    assert len(out_of(service.run("export", "tickets", "--format", "jsonl")).splitlines()) == 20
    assert out_of(service.run("verify")) == "Todo en orden.\n"


def test_a_reader_that_has_enough_ends_an_export_quietly(sqlite_service: Service) -> None:
    out_of(sqlite_service.run("seed", "--tickets", "500"))
    pipe = f"{shlex.join([*AYUDA, 'export', 'tickets', '--format', 'jsonl'])} | head -1"
    done = subprocess.run(
        ["sh", "-c", pipe], capture_output=True, text=True, env=sqlite_service.environment, check=False, cwd=ROOT
    )
    assert json.loads(done.stdout)["folio"]
    assert done.stderr == ""


def test_doctor_has_a_line_for_each_part_and_fails_with_one(service: Service) -> None:
    said = service.run("doctor")
    assert said.returncode == 0, said.stdout
    service.settings["AYUDA_SMTP_URL"] = "smtp://127.0.0.1:1"
    said = service.run("doctor")
    assert said.returncode == 1
    assert [line.startswith("MAL") for line in said.stdout.splitlines() if "correo:" in line] == [True]


def test_a_late_decree_is_a_line_in_a_file_and_a_slip_in_it_is_named(sqlite_service: Service) -> None:
    out_of(sqlite_service.run("seed", "--tickets", "300"))
    file = sqlite_service.home / "feriados.json"
    file.write_text('[{"fecha": "mañana", "nombre": "Feriado", "publicado": "2026-11-20"}]', encoding="utf-8")
    assert "feriados.json, feriado 1" in line_of(sqlite_service.run("init"))
    today = datetime.now(UTC).date()
    soon = business.add_business_days(today, 2)
    file.write_text(json.dumps([{"fecha": str(soon), "nombre": "Feriado", "publicado": str(today)}]), encoding="utf-8")
    assert "vence otro día" in sqlite_service.run("verify").stdout
    assert "Los feriados nuevos cambian el vencimiento" in out_of(sqlite_service.run("init"))
    assert "1 de decretos" in out_of(sqlite_service.run("doctor"))
    assert out_of(sqlite_service.run("verify")) == "Todo en orden.\n"
