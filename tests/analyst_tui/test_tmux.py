"""In a real tmux that obeys whatever it is sent, hostile words change neither the window's title nor the clipboard."""

from __future__ import annotations

import shlex
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from core.people.views import Staff
from tests.analyst_tui import walk
from tests.analyst_tui.desk import SQLITE
from tests.harness import cast
from tests.harness.processes import AYUDA, ROOT, wait_until
from tests.journeys.installation import tool

Session = tuple[str, Staff]
Tmux = Callable[..., subprocess.CompletedProcess[str]]
HOSTILE = "\x1b]0;robado\x07\x1b]2;robado\x1b\\\x1bkrobado\x1b\\\x1b]52;c;cm9iYWRv\x07\x1bPtmux;\x1b\x1b]52;c;cm9iYWRv\x07\x1b\\"


@pytest.fixture
def tmux(tmp_path: Path) -> Iterator[Tmux]:
    """A server of its own, which lets programs name windows and fill buffers."""
    program = [tool("tmux"), "-S", str(tmp_path / "tmux"), "-f", "/dev/null"]

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run([*program, *words], capture_output=True, text=True, timeout=30, check=False)

    yield run
    run("kill-server")


@SQLITE
def test_title_name_and_clipboard_stay_as_they_were(
    marta: Session, surroundings: dict[str, str], tmux: Tmux, tmp_path: Path
) -> None:
    folio = cast.ticket(texto="Aquí va todo")
    walk.poison(f"Empieza {HOSTILE} termina")
    (tmp_path / "session").write_text(marta[0])
    given = [f"{name}={value}" for name, value in surroundings.items() if name.startswith("AYUDA_")]
    command = shlex.join(["env", *given, *AYUDA, "tui", "--session-file", str(tmp_path / "session")])
    tmux("new-session", "-d", "-x", "120", "-y", "40", "-n", "desk", "-c", str(ROOT), "sleep 60")
    for option in ("set-clipboard", "allow-rename", "allow-passthrough"):
        tmux("set-option", "-g", option, "on")
    tmux("new-window", "-n", "desk", "-c", str(ROOT), command)
    told = ("display-message", "-p", "#{window_name}|#{pane_title}")
    before = tmux(*told).stdout
    wait_until(lambda: folio in tmux("capture-pane", "-p").stdout, "the list")
    tmux("send-keys", "Enter")
    wait_until(lambda: "esc volver" in tmux("capture-pane", "-p").stdout, "the ticket")
    assert tmux(*told).stdout == before
    assert tmux("list-buffers").stdout == ""
    (tmp_path / "hostile").write_text(HOSTILE)
    tmux("new-window", f"cat {tmp_path}/hostile; sleep 60")
    wait_until(lambda: "robado" in tmux(*told).stdout and tmux("list-buffers").stdout, "tmux to obey what it is sent raw")
