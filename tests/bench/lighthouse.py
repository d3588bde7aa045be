"""What Lighthouse says of the pages on a middling phone and a slow network: taken from npm where node is there."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

from tests.bench.dataset import FOLDER
from tests.bench.figures import Table, median, say
from tests.bench.web_figures import serving, signed_in
from tests.harness import browser
from tests.harness.processes import AYUDA

VERSION = "12.8.2"
_ROUNDS = 3
_SECONDS = 120
_PAGES = {
    "landing": "/",
    "sign_up": "/cuenta/nueva",
    "sign_in": "/ingreso",
    "portal": "/portal",
    "ticket": "/ticket/nuevo",
}
_BEHIND_SIGN_IN = ("portal", "ticket")
_CATEGORIES = ("accessibility", "best-practices", "performance")
_ASKED = (
    "--quiet",
    "--output=json",
    "--output-path=stdout",
    "--form-factor=mobile",
    "--disable-full-page-screenshot",
    "--no-enable-error-reporting",
    f"--only-categories={','.join(_CATEGORIES)}",
    f"--chrome-flags=--headless=new {' '.join(browser.QUIET)}",
)


def measure(table: Table, file: Path) -> None:
    """The scores of every page that are wanted, of 100."""
    wanted = {page: path for page, path in _PAGES.items() if table.wants(*(_name(each, page) for each in _CATEGORIES))}
    tool = _tool() if wanted else None
    if tool is None:
        return
    (session,) = signed_in(file, 1)
    with serving([*AYUDA, "web", "--host", "127.0.0.1", "--port"], file) as (port, _process):
        for page, path in wanted.items():
            cookie = f"sesion={session}" if page in _BEHIND_SIGN_IN else ""
            rounds = [_scores(tool, f"http://127.0.0.1:{port}{path}", cookie) for _ in range(_ROUNDS)]
            for category in _CATEGORIES:
                table.add(_name(category, page), median([scores[category] for scores in rounds]))


def _name(category: str, page: str) -> str:
    return f"lighthouse_{category.replace('-', '_')}_{page}"


def _tool() -> list[str] | None:
    """The command, installed at first use; None on a machine without node, npm or Chromium."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None or browser.executable() is None:
        say("node, npm or Chromium is missing on this machine: Lighthouse's figures are left out")
        return None
    home = FOLDER / f"lighthouse-{VERSION}"
    script = home / "node_modules" / "lighthouse" / "cli" / "index.js"
    if not script.exists() and not _installed(npm, home):
        say(f"npm cannot install lighthouse {VERSION} here: its figures are left out")
        return None
    return [node, str(script)]


def _installed(npm: str, home: Path) -> bool:
    say(f"installing lighthouse {VERSION} …")
    home.mkdir(parents=True, exist_ok=True)
    quietly = ("--no-audit", "--no-fund", "--ignore-scripts", "--no-save", "--no-package-lock", "--loglevel=error")
    done = subprocess.run([npm, "install", *quietly, "--prefix", str(home), f"lighthouse@{VERSION}"], check=False)
    return done.returncode == 0


def _scores(tool: list[str], address: str, cookie: str) -> dict[str, float]:
    """What one look at a page is worth, of 100, by category."""
    asked = [*tool, address, *_ASKED, *([f"--extra-headers={json.dumps({'Cookie': cookie})}"] if cookie else [])]
    surroundings = {**os.environ, "CHROME_PATH": browser.executable() or ""}
    done = subprocess.run(asked, env=surroundings, capture_output=True, text=True, timeout=_SECONDS, check=False)
    if done.returncode:
        raise AssertionError(f"Lighthouse failed on {address}:\n{done.stderr[-2000:]}")
    return _read(json.loads(done.stdout), address)


def _read(report: dict[str, Any], address: str) -> dict[str, float]:
    if report["finalDisplayedUrl"] != address:
        raise AssertionError(f"{address} led to {report['finalDisplayedUrl']}")
    scores = {name: 100 * category["score"] for name, category in report["categories"].items()}
    if min(scores[name] for name in ("accessibility", "best-practices")) < 100:
        found = [audit["id"] for audit in report["audits"].values() if audit["score"] == 0]
        say(f"{address}: {', '.join(found)}")
    return scores
