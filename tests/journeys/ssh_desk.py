"""A desk behind the documented sshd, as analysts reach it."""

from __future__ import annotations

import getpass
import grp
import os
import pwd
import shlex
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest

from tests.harness.cast import STAFF_PASSWORD
from tests.harness.processes import ROOT, Process, answers, free_port, wait_until
from tests.harness.server import Service
from tests.harness.terminal import Terminal
from tests.harness.wants import lacking
from tests.journeys.installation import documented, service, tool

ANALYST = "Carla Soto"
SUDO = "/usr/bin/sudo -n -u ayuda -- /opt/ayuda/venv/bin/ayuda tui"
LENIENT = "AllowTcpForwarding yes\nAllowAgentForwarding yes\nX11Forwarding yes\nPermitTunnel yes\nSubsystem sftp internal-sftp\n"


@dataclass(frozen=True, slots=True)
class Desk:
    """A running sshd, and how an analyst reaches it."""

    service: Service
    home: Path
    port: int

    @property
    def address(self) -> str:
        """Whom the analyst connects as, and where."""
        return f"{getpass.getuser()}@127.0.0.1"

    @property
    def options(self) -> list[str]:
        """What ssh, sftp and scp have to know."""
        known = ("-F", "/dev/null", "-o", "StrictHostKeyChecking=no", "-o", f"UserKnownHostsFile={self.home}/known")
        key = ("-i", str(self.home / "key"), "-o", "IdentitiesOnly=yes", "-o", "BatchMode=yes", "-o", "LogLevel=ERROR")
        return [*known, *key, "-o", f"Port={self.port}"]

    def ssh(self, *words: str) -> list[str]:
        """The analyst's command; `words` are more options, the address comes last."""
        return [tool("ssh"), *self.options, *words, self.address]

    def ask(self, *words: str, after: tuple[str, ...] = ()) -> subprocess.CompletedProcess[str]:
        """Connect without a terminal: what was said, and the exit code."""
        command = [*self.ssh(*words), *after]
        return subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60, check=False)

    def rules(self) -> str:
        """What sshd makes of its configuration for this user."""
        who = f"user={getpass.getuser()},host=localhost,addr=127.0.0.1"
        return subprocess.run(
            [tool("sshd"), "-T", "-C", who, "-f", self.home / "sshd_config"], capture_output=True, text=True, check=True
        ).stdout

    def terminals(self) -> list[psutil.Process]:
        """The terminals that run on this desk's settings."""
        return [process for process in psutil.process_iter() if is_terminal_of(process, str(self.service.home))]


def is_terminal_of(process: psutil.Process, home: str) -> bool:
    try:
        return process.cmdline()[-3:] == ["-m", "ayuda", "tui"] and process.environ().get("AYUDA_HOME") == home
    except (psutil.Error, IndexError):
        return False


def configuration(home: Path, port: int, ours: Service) -> str:
    """A lenient sshd that includes the documented rules, for whoever runs the tests; `env -i` stands for sudo."""
    given = " ".join(shlex.quote(f"{name}={value}") for name, value in {**ours.settings, "PYTHONPATH": str(ROOT)}.items())
    kept = 'TERM="$TERM" SSH_CONNECTION="$SSH_CONNECTION" NO_COLOR="$NO_COLOR" COLORTERM="$COLORTERM" LANG=C.UTF-8'
    terminal = f"/usr/bin/env -i {kept} {given} {shlex.quote(sys.executable)} -m ayuda tui"
    places = {
        "Match Group ayuda-desk": f"Match User {getpass.getuser()}",
        "/etc/ssh/ayuda-desk/%u": f"{home}/key.pub",
        SUDO: terminal,
    }
    general = (
        f"ListenAddress 127.0.0.1:{port}\nHostKey {home}/host\nPidFile none\nUsePAM no\nStrictModes no\nPermitRootLogin yes\n"
    )
    (home / "ayuda.conf").write_text(documented("sshd-ayuda.conf", places), encoding="utf-8")
    return f"Include {home}/ayuda.conf\n{general}{LENIENT}"


def require_sign_in() -> None:
    """sshd gives a terminal to whoever runs the tests: root, or a user on a machine whose terminals belong to `tty`."""
    if pwd.getpwuid(os.getuid()).pw_shell.endswith(("nologin", "false")):
        lacking("a user with a shell")
    ends = os.openpty()
    group = os.fstat(ends[1]).st_gid
    for end in ends:
        os.close(end)
    if os.getuid() != 0 and group != grp.getgrnam("tty").gr_gid:
        lacking("/dev/pts whose terminals belong to the group tty")


@contextmanager
def opened(template: Path, folders: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk with one analyst, and a real sshd with the documented rules in front of it."""
    require_sign_in()
    home, port, ours = folders.mktemp("ssh"), free_port(), service(template, folders)
    for key in ("key", "host"):
        subprocess.run([tool("ssh-keygen"), "-q", "-t", "ed25519", "-N", "", "-f", home / key], check=True)
    (home / "sshd_config").write_text(configuration(home, port, ours), encoding="utf-8")
    if os.getuid() == 0:
        Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)  # where root's sshd locks up its unprivileged half
    process = Process([tool("sshd"), "-D", "-e", "-f", str(home / "sshd_config")], home / "log")
    wait_until(lambda: answers(port) or not process.running, "sshd to answer")
    assert process.running, process.said()
    who = ("--role", "analyst", "--email", "carla@servicio.example", "--password-stdin")
    assert ours.run("staff", "add", ANALYST, *who, given=STAFF_PASSWORD).returncode == 0
    yield Desk(ours, home, port)
    process.stop()


def sign_in(terminal: Terminal, name: str = ANALYST) -> None:
    terminal.wait("Contraseña")
    terminal.send(name)
    terminal.press("enter", name)
    terminal.settle()
    terminal.send(STAFF_PASSWORD)
    terminal.press("enter", "•••")
    terminal.wait(lambda text: name in text and "Contraseña" not in text)
