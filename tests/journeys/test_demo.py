"""The demo as somebody meets it who has just got the program."""

from __future__ import annotations

from pathlib import Path

from tests.harness.processes import AYUDA, free_port
from tests.harness.terminal import Terminal


def test_the_demo_opens_signed_in_on_a_queue_with_tickets(tmp_path: Path) -> None:
    command = [*AYUDA, "demo", "--port", str(free_port()), "--tickets", "300"]
    with Terminal(command, columns=120, rows=30, env={"AYUDA_HOME": str(tmp_path)}) as terminal:
        terminal.wait("AM-20", seconds=60)
        terminal.wait("Supervisión Ejemplo", seconds=20)
        terminal.send("s")
        terminal.wait("Abiertos por tipo", seconds=20)
        terminal.send("q")
        assert terminal.exit_code(30) == 0
    assert (tmp_path / "demo" / "ayuda.db").exists()
