"""What each step of the ticket's form takes: asked for, sent, refused, sent again, with the whole data set behind it."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from tests.bench.browser import ANSWERS, Answer, Browser
from tests.bench.figures import Table, median, percentile
from tests.bench.web_figures import serving, signed_in
from tests.harness.processes import AYUDA

_PEOPLE, _WARM = 60, 5
_START = "/ticket/nuevo"


def measure(table: Table, file: Path) -> None:
    """One person after the other walks through the form; every request of it counts."""
    if not table.wants("ticket_step_ms", "ticket_step_p99_ms"):
        return
    sessions = signed_in(file, _PEOPLE + _WARM)
    with serving([*AYUDA, "web", "--host", "127.0.0.1", "--port"], file) as (port, _process):
        walks = [_walk(port, session) for session in sessions]
    steps = [1000 * seconds for walk in walks[_WARM:] for seconds in walk]
    table.add("ticket_step_ms", median(steps))
    table.add("ticket_step_p99_ms", percentile(steps, 0.99))


def _walk(port: int, session: str) -> list[float]:
    """The seconds of each step, from the first question to being told of the ticket that is open."""
    with closing(Browser(port, {"sesion": session})) as browser:
        steps = [browser.get(_START)]
        for step, filled in ANSWERS.items():
            action, hidden = steps[-1].form()
            if step == "detalle":
                steps.append(_expect(browser.post(action, {**hidden, **filled, "texto": ""}), 422))
                action, hidden = steps[-1].form()
            steps.append(_expect(browser.post(action, {**hidden, **filled}), 303))
            if step != "revisar":
                steps.append(_expect(browser.get(steps[-1].location), 200))
        steps.append(_expect(browser.get(_START), 409))
        return [step.seconds for step in steps]


def _expect(answer: Answer, status: int) -> Answer:
    if answer.status != status:
        raise AssertionError(f"answered {answer.status} and not {status}:\n{answer.text[:2000]}")
    return answer
