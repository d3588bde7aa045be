"""The tests' side of the mail server: its address, its faults, what it received."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import pytest

from tests.harness.processes import Process, free_port, wait_until


@dataclass(frozen=True, slots=True)
class Received:
    """A letter as it came over the wire."""

    sender: str
    recipients: tuple[str, ...]
    raw: bytes

    @property
    def message(self) -> EmailMessage:
        """The letter, parsed."""
        parsed = message_from_bytes(self.raw, policy=default)
        assert isinstance(parsed, EmailMessage)
        return parsed

    @property
    def text(self) -> str:
        """The words of its plain part."""
        part = self.message.get_body(("plain",))
        assert part is not None
        return str(part.get_content())


class MailServer:
    """A running mail server."""

    def __init__(self, port: int, folder: Path, scheme: str) -> None:
        self.port = port
        self.folder = folder
        self.scheme = scheme

    @property
    def url(self) -> str:
        """Its address, as settings take it."""
        return f"{self.scheme}://127.0.0.1:{self.port}"

    def misbehave(self, stage: str, do: str, **details: Any) -> None:
        """Let it fail at a stage, besides the faults that it already has; see `smtp_server`."""
        file = self.folder / "faults.json"
        faults = json.loads(file.read_text()) if file.exists() else []
        file.write_text(json.dumps([*faults, {"stage": stage, "do": do, **details}]))

    def behave(self) -> None:
        """Forget all faults."""
        (self.folder / "faults.json").unlink(missing_ok=True)

    def received(self) -> list[Received]:
        """What it has accepted, oldest first."""
        return [self._read(path) for path in sorted(self.folder.glob("0*.json"))]

    def connections(self) -> int:
        """How often somebody connected."""
        counter = self.folder / "connections"
        return counter.stat().st_size if counter.exists() else 0

    def _read(self, path: Path) -> Received:
        about = json.loads(path.read_text())
        return Received(about["sender"], tuple(about["recipients"]), path.with_suffix(".eml").read_bytes())


@pytest.fixture
def mail_server(tmp_path: Path) -> Iterator[MailServer]:
    """A mail server in a process of its own; it misbehaves when told to."""
    yield from _running(tmp_path, "")


@pytest.fixture(params=["starttls", "smtps"])
def tls_mail_server(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[MailServer]:
    """A mail server that encrypts, in both ways in turn, with a certificate that nobody vouches for."""
    yield from _running(tmp_path, request.param)


def _running(home: Path, security: str) -> Iterator[MailServer]:
    folder = home / "smtp"
    folder.mkdir()
    port = free_port()
    command = [sys.executable, "-m", "tests.harness.smtp_server", str(port), str(folder), security]
    process = Process(command, home / "smtp.log")
    wait_until(lambda: (folder / "ready").exists() or not process.running, "the mail server to listen")
    assert process.running, process.said()
    yield MailServer(port, folder, {"starttls": "smtp+starttls", "smtps": "smtps"}.get(security, "smtp"))
    process.stop()
