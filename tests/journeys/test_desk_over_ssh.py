"""The documented sshd: analysts get their terminal, and nothing but that."""

from __future__ import annotations

import socket
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from core import tokens
from core.database import binding
from core.mail import outbox
from tests.harness import cast
from tests.harness.page import Visitor, over_http
from tests.harness.processes import free_port, wait_until
from tests.harness.terminal import Terminal
from tests.journeys.installation import tool
from tests.journeys.ssh_desk import Desk, opened, sign_in


@pytest.fixture(scope="module")
def desk(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """One desk for all that is tried here."""
    with opened(sqlite_template, tmp_path_factory) as found:
        yield found


def test_an_analyst_who_connects_signs_in_and_sees_the_queue(desk: Desk) -> None:
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
    assert {rule for rule in rules if rule.startswith("acceptenv")} == {"acceptenv COLORTERM", "acceptenv NO_COLOR"}


def test_a_terminal_whose_connection_breaks_ends(desk: Desk) -> None:
    wait_until(lambda: not desk.terminals(), "earlier terminals to end")
    with Terminal(desk.ssh("-tt")) as terminal:
        terminal.wait("Contraseña")
        assert len(desk.terminals()) == 1
    wait_until(lambda: not desk.terminals(), "the terminal to end")
