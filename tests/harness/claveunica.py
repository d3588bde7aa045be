"""The tests' side of ClaveÚnica: its address, its faults, what it was asked, and people who sign in there."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.harness.claveunica_people import CLIENT_ID, CLIENT_SECRET, PASSWORD, ROSA, Someone
from tests.harness.page import Page, Visitor, over_http
from tests.harness.processes import Process, answers, free_port, wait_until


class ClaveUnica:
    """A running service."""

    def __init__(self, port: int, folder: Path) -> None:
        self.port = port
        self.folder = folder

    @property
    def url(self) -> str:
        """Its address, as settings take it; by another name than the site's, so that browsers take them for strangers."""
        return f"http://localhost:{self.port}"

    @property
    def settings(self) -> dict[str, str]:
        """What a site has to be told to use it."""
        return {
            "AYUDA_CLAVEUNICA_CLIENT_ID": CLIENT_ID,
            "AYUDA_CLAVEUNICA_CLIENT_SECRET": CLIENT_SECRET,
            "AYUDA_CLAVEUNICA_URL": self.url,
        }

    def misbehave(self, **faults: str) -> None:
        """Let stages fail, see `claveunica_server`; without any, all is well again."""
        (self.folder / "faults.json").write_text(json.dumps(faults))

    def seen(self, path: str) -> list[dict[str, Any]]:
        """What was asked of a path, oldest first."""
        log = self.folder / "seen.jsonl"
        lines = [json.loads(line) for line in log.read_text().splitlines()] if log.exists() else []
        return [line for line in lines if line["path"] == path and (line["query"] or line["form"] or line["authorization"])]

    def visitor(self) -> Visitor:
        """Somebody's browser, as this service sees it."""
        return Visitor(over_http(self.url), {"Connection": "close"})

    def sign_in(self, there: str, someone: Someone = ROSA, browser: Visitor | None = None) -> str:
        """Go where the site sends people and sign in there; the address that leads back."""
        page = (browser or self.visitor()).get(there)
        if page.status == 200:
            page = page.visitor.post(there, {"run": someone.typed_run, "clave": PASSWORD})
        return _way_back(page)

    def cancel(self, there: str) -> str:
        """Go where the site sends people and think better of it; the address that leads back."""
        return _way_back(self.visitor().post(there, {"run": "", "clave": "", "cancelar": "si"}))


def _way_back(page: Page) -> str:
    assert page.status == 302, page.text
    parts = urlsplit(page.location)
    return f"{parts.path}?{parts.query}"


@pytest.fixture(scope="session")
def claveunica_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ClaveUnica]:
    """ClaveÚnica in a process of its own, for the site within this process."""
    yield from running(tmp_path_factory.mktemp("claveunica"), "http://127.0.0.1:8000")


@pytest.fixture
def claveunica(claveunica_server: ClaveUnica) -> ClaveUnica:
    """ClaveÚnica, in order and without memories of other tests."""
    claveunica_server.misbehave()
    (claveunica_server.folder / "seen.jsonl").unlink(missing_ok=True)
    return claveunica_server


def running(folder: Path, back: str) -> Iterator[ClaveUnica]:
    """ClaveÚnica for the site at an address, until the iterator is asked for more."""
    port = free_port()
    command = [sys.executable, "-m", "tests.harness.claveunica_server", str(port), str(folder), back]
    process = Process(command, folder / "claveunica.log")
    wait_until(lambda: answers(port) or not process.running, "ClaveÚnica to answer")
    assert process.running, process.said()
    yield ClaveUnica(port, folder)
    process.stop()
