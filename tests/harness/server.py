"""The real program as processes: `ayuda web`, `ayuda mail` and any other command, on a database of the test."""

from __future__ import annotations

import http.client
import os
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from tests.harness.processes import AYUDA, ROOT, Process, free_port, wait_until


class Service:
    """One installation: its settings, and the processes that were started with them."""

    def __init__(self, home: Path, database_url: str) -> None:
        self.home = home
        self.port = free_port()
        self.settings = {
            "AYUDA_HOME": str(home),
            "AYUDA_DATABASE_URL": database_url,
            "AYUDA_BASE_URL": self.address,
            "AYUDA_SECRET_KEY": "clave-de-las-pruebas-que-no-guarda-nada-1",
            "AYUDA_SMTP_URL": f"maildir:{home / 'correo'}",
            "AYUDA_ENV": "test",
        }
        self._processes: list[Process] = []

    @property
    def address(self) -> str:
        """Where the citizens' site answers."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def environment(self) -> Mapping[str, str]:
        """What a process of this installation finds in its environment."""
        others = {name: value for name, value in os.environ.items() if not name.startswith("AYUDA_")}
        return {**others, **self.settings}

    def run(self, *words: str, given: str = "") -> subprocess.CompletedProcess[str]:
        """A command until it ends: exit code and what it said."""
        return subprocess.run(
            [*AYUDA, *words],
            input=given,
            capture_output=True,
            text=True,
            env=self.environment,
            cwd=ROOT,
            timeout=120,
            check=False,
        )

    def start(self, *words: str) -> Process:
        """A command that goes on running."""
        process = Process([*AYUDA, *words], self.home / f"{words[0]}.log", env=self.environment)
        self._processes.append(process)
        return process

    def web(self, *words: str) -> Process:
        """The citizens' site, once it answers."""
        process = self.start("web", "--host", "127.0.0.1", "--port", str(self.port), *words)
        wait_until(lambda: self.healthy() or not process.running, "the web to answer", seconds=30)
        assert process.running, process.said()
        return process

    def healthy(self) -> bool:
        """Whether `/salud` says that it serves."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request("GET", "/salud")
            return connection.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()

    def stop(self) -> None:
        """End whatever still runs."""
        for process in self._processes:
            process.stop()


@pytest.fixture
def service(database_url: str, tmp_path: Path) -> Iterator[Service]:
    """An installation on an empty database of each engine in turn; nothing runs yet."""
    yield from _service(database_url, tmp_path)


@pytest.fixture
def sqlite_service(sqlite_url: str, tmp_path: Path) -> Iterator[Service]:
    """An installation on an empty SQLite database; nothing runs yet."""
    yield from _service(sqlite_url, tmp_path)


def _service(url: str, folder: Path) -> Iterator[Service]:
    home = folder / "home"
    home.mkdir()
    installation = Service(home, url)
    yield installation
    installation.stop()
