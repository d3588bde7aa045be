"""A terminal killed around an answer on hold: the answer goes out once, or its words are a draft; never neither, never twice."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from core.people.views import Staff
from core.tickets.answers.held import of_staff
from tests.analyst_tui.desk import sheet_of
from tests.harness import cast
from tests.harness.databases import MONDAY
from tests.harness.processes import AYUDA, ROOT
from tests.harness.terminal import Terminal
from tests.harness.wants import sweep

Session = tuple[str, Staff]
Open = Callable[..., Terminal]
ANSWER = "Puedes ir a la oficina."


@pytest.fixture
def deliver(surroundings: dict[str, str], tmp_path: Path) -> Callable[[], str]:
    """`ayuda mail --once`, ten minutes later, into a folder; what it says."""
    later = {**surroundings, "AYUDA_NOW": str(MONDAY + 600), "AYUDA_SMTP_URL": f"maildir:{tmp_path / 'correo'}"}

    def run() -> str:
        done = subprocess.run([*AYUDA, "mail", "--once"], env=later, cwd=ROOT, capture_output=True, text=True, timeout=60)
        assert done.returncode == 0, done.stderr
        return done.stdout

    return run


def write_answer(terminal: Terminal, folio: str, reader: Staff) -> None:
    """Write an answer, until the database has all of it as a draft."""
    terminal.wait(folio)
    terminal.press("r", "Respuesta a la persona")
    terminal.settle()
    terminal.send(ANSWER)
    deadline = time.monotonic() + 30
    while sheet_of(folio, reader).answer_draft != ANSWER:
        assert time.monotonic() < deadline, terminal.text
        terminal.settle()


def answers(folio: str, reader: Staff) -> list[str]:
    return [message.body for message in sheet_of(folio, reader).messages if message.kind == "respuesta"]


def test_a_terminal_killed_right_after_sending_leaves_the_answer_to_the_mail_worker(
    marta: Session, start: Open, deliver: Callable[[], str]
) -> None:
    owner = cast.account()
    folio = cast.ticket(owner)
    with start(marta[0]) as terminal:
        write_answer(terminal, folio, marta[1])
        terminal.press("ctrl+s", f"La respuesta de {folio} sale en")
        os.kill(terminal.pid, signal.SIGKILL)
    assert [each.body for each in of_staff(marta[1])] == [ANSWER]
    assert answers(folio, marta[1]) == []
    deliver()
    assert deliver().startswith("0 entregadas")
    assert answers(folio, marta[1]) == [ANSWER]
    (letter,) = [letter for letter in cast.letters_to(owner.email) if letter.kind == "answer"]
    assert letter.state == "sent"


@pytest.mark.parametrize("delay", sweep([0.0, 0.01, 0.03, 0.1], 2))
def test_a_terminal_killed_while_sending_loses_neither_the_answer_nor_its_words(
    marta: Session, start: Open, deliver: Callable[[], str], delay: float
) -> None:
    owner = cast.account()
    folio = cast.ticket(owner)
    with start(marta[0]) as terminal:
        write_answer(terminal, folio, marta[1])
        terminal.send("ctrl+s")
        time.sleep(delay)
        os.kill(terminal.pid, signal.SIGKILL)
    on_hold, draft = [each.body for each in of_staff(marta[1])], sheet_of(folio, marta[1]).answer_draft
    assert (on_hold, draft) in (([ANSWER], ""), ([], ANSWER))
    deliver()
    assert answers(folio, marta[1]) == on_hold
    assert [letter.kind for letter in cast.letters_to(owner.email)].count("answer") == len(on_hold)


def test_whoever_leaves_the_terminal_leaves_the_answer_to_the_mail_worker(
    marta: Session, start: Open, deliver: Callable[[], str]
) -> None:
    folio = cast.ticket()
    with start(marta[0]) as terminal:
        write_answer(terminal, folio, marta[1])
        terminal.press("ctrl+s", f"La respuesta de {folio} sale en")
        terminal.wait("Sin asignar 0")
        terminal.send("q")
        assert terminal.exit_code() == 0
    deliver()
    assert answers(folio, marta[1]) == [ANSWER]
