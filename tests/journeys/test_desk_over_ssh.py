"""The documented sshd: analysts get their terminal, and nothing but that."""

from __future__ import annotations

import getpass
import grp
import os
import pwd
import shlex
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest

from core import tokens
from core.database import binding
from core.mail import outbox
from tests.harness import cast
from tests.harness.cast import STAFF_PASSWORD
from tests.harness.page import Visitor, over_http
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
    kept = 'TERM="$TERM" SSH_CONNECTION="$SSH_CONNECTION" LANG=C.UTF-8'
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


@pytest.fixture(scope="module")
def desk(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk with one analyst, and a real sshd with the documented rules in front of it."""
    require_sign_in()
    home, port, ours = tmp_path_factory.mktemp("ssh"), free_port(), service(sqlite_template, tmp_path_factory)
    for key in ("key", "host"):
        subprocess.run([tool("ssh-keygen"), "-q", "-t", "ed25519", "-N", "", "-f", home / key], check=True)
    (home / "sshd_config").write_text(configuration(home, port, ours), encoding="utf-8")
    if os.getuid() == 0:
        Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)  # where root's sshd locks up its unprivileged half
    process = Process([tool("sshd"), "-D", "-e", "-f", str(home / "sshd_config")], home / "log")
    wait_until(lambda: answers(port) or not process.running, "sshd to answer")
    assert process.running, process.said()
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


def test_an_analyst_who_connects_signs_in_and_sees_the_queue(desk: Desk) -> None:
    who = ("--role", "analyst", "--email", "carla@servicio.example", "--password-stdin")
    assert desk.service.run("staff", "add", ANALYST, *who, given=STAFF_PASSWORD).returncode == 0
    with Terminal(desk.ssh("-tt")) as terminal:
        sign_in(terminal)
        terminal.send("q")
        assert terminal.exit_code() == 0


def test_a_paper_leaves_the_server_by_a_link_that_works_once(desk: Desk) -> None:
    binding.bind(desk.service.settings["AYUDA_DATABASE_URL"])
    tokens.use_keys((desk.service.settings["AYUDA_SECRET_KEY"],))
    outbox.configure(desk.service.address, "Ayuda <ayuda@correo.example>")
    folio, reader = cast.ticket(), cast.analyst("Luz Paz")
    binding.unbind()
    site = desk.service.web()
    with Terminal(desk.ssh("-tt"), columns=80, rows=24) as terminal:
        sign_in(terminal, reader.name)
        terminal.send("enter")
        terminal.wait(f"{folio}   ingresado")
        terminal.send("p")
        terminal.wait("ingreso legal")
        terminal.send("i")
        terminal.wait("sirve una sola vez")
        address = next(line.strip() for line in terminal.text.splitlines() if line.startswith(desk.service.address))
    visitor = Visitor(over_http(desk.service.address), {"Connection": "close"})
    page = visitor.get(address.removeprefix(desk.service.address))
    paper = page.send()
    assert f"ticket {folio}" in paper.body.decode()
    assert visitor.get(page.path).status == 410
    site.stop()


@pytest.mark.parametrize("wanted", ["/bin/sh", "id; exec sh"])
def test_whatever_is_asked_for_in_a_terminal_it_is_the_sign_in_that_comes(desk: Desk, wanted: str) -> None:
    with Terminal([*desk.ssh("-tt"), wanted]) as terminal:
        terminal.wait("Contraseña")
        assert "uid=" not in terminal.text
        terminal.send("escape")
        assert terminal.exit_code() == 0


@pytest.mark.parametrize("wanted", [(), ("id",), ("cat /etc/passwd",)], ids=["a shell", "a command", "a file"])
def test_without_a_terminal_there_is_one_sentence_and_nothing_else(desk: Desk, wanted: tuple[str, ...]) -> None:
    done = desk.ask("-T", after=wanted)
    assert (done.returncode, done.stdout) == (1, "")
    assert "necesita una pantalla" in done.stderr


@pytest.mark.parametrize("way", [("sftp",), ("scp",), ("scp", "-O")], ids=" ".join)
def test_no_file_is_copied(desk: Desk, way: tuple[str, ...]) -> None:
    target = desk.home / "copied"
    command = [tool(way[0]), *way[1:], *desk.options, f"{desk.address}:/etc/passwd", str(target)]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, timeout=60, check=False)
    assert done.returncode != 0
    assert not target.exists()


def greeting(port: int) -> bytes:
    """What whoever listens on a port says first; an sshd would."""
    with socket.create_connection(("127.0.0.1", port), timeout=20) as line, suppress(ConnectionResetError):
        return line.recv(20)
    return b""


def test_no_port_of_the_server_is_reached_through_it(desk: Desk) -> None:
    here = free_port()
    with Terminal(desk.ssh("-tt", "-L", f"127.0.0.1:{here}:127.0.0.1:{desk.port}")) as terminal:
        terminal.wait("Contraseña")
        assert greeting(desk.port).startswith(b"SSH")
        assert greeting(here) == b""


def test_no_port_is_opened_on_the_server(desk: Desk) -> None:
    there = free_port()
    done = desk.ask("-N", "-o", "ExitOnForwardFailure=yes", "-R", f"127.0.0.1:{there}:127.0.0.1:{desk.port}")
    assert done.returncode != 0
    assert "forwarding failed" in done.stderr


def test_every_other_way_out_is_shut_in_a_server_that_leaves_them_open(desk: Desk) -> None:
    rules = set(desk.rules().splitlines())
    shut = (
        "allowagentforwarding",
        "allowstreamlocalforwarding",
        "allowtcpforwarding",
        "permittunnel",
        "permituserrc",
        "x11forwarding",
    )
    assert {f"{way} no" for way in shut} <= rules
    assert {"disableforwarding yes", "maxsessions 1", "authenticationmethods publickey"} <= rules


def test_a_terminal_whose_connection_breaks_ends(desk: Desk) -> None:
    wait_until(lambda: not desk.terminals(), "earlier terminals to end")
    with Terminal(desk.ssh("-tt")) as terminal:
        terminal.wait("Contraseña")
        assert len(desk.terminals()) == 1
    wait_until(lambda: not desk.terminals(), "the terminal to end")
