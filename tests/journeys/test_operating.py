"""What docs/operate gives operators is accepted by the programs that it is for."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from core import settings
from tests.harness.processes import ROOT
from tests.journeys.installation import OPERATE, documented, install, tool

PROGRAM = "/opt/ayuda/venv/bin/ayuda"
UNITS = ("ayuda-web.service", "ayuda-mail.service", "ayuda-backup.service")
MOST_EXPOSED = 15  # tenths: systemd calls up to 2.0 "OK", a service without any protection has 9.6


@pytest.fixture
def units(tmp_path: Path) -> Path:
    """A folder with the units, for a program that is there."""
    for name in UNITS:
        install(name, tmp_path / name, {PROGRAM: sys.executable})
    install("gunicorn.conf", tmp_path / "ayuda-web.service.d" / "gunicorn.conf", {"/opt/ayuda/venv/bin/gunicorn": sys.executable})
    install("ayuda-backup.timer", tmp_path / "ayuda-backup.timer", {})
    install("ayuda-.service.d/common.conf", tmp_path / "ayuda-.service.d" / "common.conf", {})
    return tmp_path


def analyze(units: Path, *words: str) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "SYSTEMD_UNIT_PATH": f"{units}:", "LANG": "C.UTF-8"}
    return subprocess.run([tool("systemd-analyze"), *words], capture_output=True, text=True, env=env, check=False)


def test_systemd_understands_every_unit(units: Path) -> None:
    done = analyze(units, "verify", "--man=no", *(str(units / name) for name in (*UNITS, "ayuda-backup.timer")))
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("unit", UNITS)
def test_a_service_can_do_little_to_the_machine(units: Path, unit: str) -> None:
    done = analyze(units, "security", "--offline=true", "--no-pager", f"--threshold={MOST_EXPOSED}", str(units / unit))
    assert done.returncode == 0, done.stdout + done.stderr


def test_sudo_understands_what_analysts_may_run() -> None:
    done = subprocess.run([tool("visudo"), "-c", "-f", OPERATE / "sudoers"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_analysts_may_run_the_terminal_as_the_service_and_nothing_else() -> None:
    said = subprocess.run([tool("cvtsudoers"), "-f", "json", OPERATE / "sudoers"], capture_output=True, check=True).stdout
    (rule,) = json.loads(said)["User_Specs"]
    (may,) = rule["Cmnd_Specs"]
    assert rule["User_List"] == [{"usergroup": "ayuda-desk"}]
    assert may["runasusers"] == [{"username": "ayuda"}]
    assert may["Commands"] == [{"command": f"{PROGRAM} tui"}]
    assert {"noexec": True} in may["Options"]


def test_the_terminal_learns_that_it_is_before_another_machine_and_what_colours_that_has() -> None:
    said = subprocess.run([tool("cvtsudoers"), "-f", "json", OPERATE / "sudoers"], capture_output=True, check=True).stdout
    kept = [option["env_keep"] for each in json.loads(said)["Defaults"] for option in each["Options"] if "env_keep" in option]
    assert kept == [["SSH_CONNECTION", "NO_COLOR", "COLORTERM"]]


def test_sshd_runs_what_sudo_allows() -> None:
    assert f"/usr/bin/sudo -n -u ayuda -- {PROGRAM} tui\n" in documented("sshd-ayuda.conf", {})


def test_the_settings_of_the_example_are_complete(tmp_path: Path) -> None:
    keys = tmp_path / "keys"
    keys.write_text("una-clave-larga-de-treinta-y-dos-letras-o-mas\n")
    lines = shlex.split(documented("ayuda.env", {"/etc/ayuda/keys": str(keys)}), comments=True)
    chosen = settings.load(dict(line.split("=", 1) for line in lines))
    assert chosen.env == "production"
    assert chosen.mail_from == "Ayuda Migraciones <no-responder@ayuda.ejemplo.cl>"
    assert chosen.trusted_proxies == ("127.0.0.1",)


def test_only_settings_that_exist_are_documented() -> None:
    known = (ROOT / "core" / "settings.py").read_text(encoding="utf-8")
    texts = [ROOT / "docs" / "operate.md", *(path for path in OPERATE.rglob("*") if path.is_file())]
    named = {name for path in texts for name in re.findall(r"AYUDA_[A-Z_]+[A-Z]", path.read_text(encoding="utf-8"))}
    assert {name for name in named if name not in known} == set()
