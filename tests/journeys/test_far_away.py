"""Analysts far away: each key takes 300 ms there and back, and the line may break."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.harness.processes import wait_until
from tests.harness.slow_line import SlowLine, slow_line
from tests.harness.terminal import Terminal
from tests.journeys.ssh_desk import Desk, opened, sign_in

ONE_WAY = 0.15
SENTENCE = "Buenos días: su solicitud está en análisis; ñandú, ¡sí!"
FEW_BYTES = 2048


@pytest.fixture(scope="module")
def desk(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk with a queue, and a real sshd in front of it."""
    with opened(sqlite_template, tmp_path_factory) as found:
        assert found.service.run("seed", "--tickets", "400").returncode == 0
        yield found


@pytest.fixture
def line(desk: Desk) -> Iterator[SlowLine]:
    """The long way to that sshd."""
    with slow_line(desk.port, ONE_WAY) as far:
        yield far


@pytest.fixture
def terminal(desk: Desk, line: SlowLine) -> Iterator[Terminal]:
    """A terminal at the other end of it, signed in, before the tickets that are nobody's."""
    with Terminal(replace(desk, port=line.port).ssh("-tt")) as far:
        sign_in(far)
        far.wait("· Sin asignar")
        yield far


def test_the_line_is_as_slow_as_it_is_meant_to_be(terminal: Terminal) -> None:
    terminal.settle(quiet=1.2)
    assert terminal.press("down", " 2 de ") >= 2 * ONE_WAY


def test_keys_are_obeyed_in_their_order_and_a_sentence_arrives_whole(terminal: Terminal) -> None:
    terminal.send(*["down"] * 7, *["up"] * 2)
    terminal.wait(" 6 de ")
    terminal.press("n", "Nota interna")
    for letter in SENTENCE:
        terminal.send(letter)
    terminal.wait(SENTENCE)
    terminal.send("escape")
    terminal.wait("n anotar")


def test_a_key_that_moves_the_cursor_sends_little(terminal: Terminal) -> None:
    terminal.settle(quiet=1.2)
    for key, place in (("down", 2), ("down", 3), ("up", 2)):
        before = len(terminal.raw)
        terminal.press(key, f" {place} de ")
        terminal.settle(quiet=0.5)
        assert len(terminal.raw) - before < FEW_BYTES


def test_a_line_that_breaks_ends_the_program_which_does_not_go_on_alone(desk: Desk, line: SlowLine, terminal: Terminal) -> None:
    assert len(desk.terminals()) == 1
    terminal.send("n")
    terminal.wait("Nota interna")
    line.cut()
    wait_until(lambda: not desk.terminals(), "the terminal to end")
