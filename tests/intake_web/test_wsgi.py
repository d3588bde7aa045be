"""The site as other servers load it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.harness.page import Visitor, over_http
from tests.harness.processes import ROOT, Process, wait_until
from tests.harness.server import Service

FACTORY = "intake_web.wsgi:application"


def test_a_server_that_loads_the_site_serves_it(sqlite_service: Service, tmp_path: Path) -> None:
    listen = f"--listen=127.0.0.1:{sqlite_service.port}"
    server = Process(
        [sys.executable, "-m", "waitress", listen, "--call", FACTORY], tmp_path / "log", env=sqlite_service.environment
    )
    wait_until(lambda: sqlite_service.healthy() or not server.running, "the server to answer", seconds=30)
    assert server.running, server.said()
    visitor = Visitor(over_http(sqlite_service.address), {"Connection": "close"})
    assert "Ayuda Migraciones" in visitor.get("/").text
    server.stop()


def test_a_server_that_loads_the_site_hears_at_once_that_a_setting_is_wrong(sqlite_service: Service) -> None:
    wrong = {**sqlite_service.environment, "AYUDA_BASE_URL": "ayuda"}
    script = "import intake_web.wsgi; intake_web.wsgi.application()"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, env=wrong, cwd=ROOT, check=False)
    assert done.returncode == 1
    assert "AYUDA_BASE_URL" in done.stderr.strip().splitlines()[-1]
