"""What each step of the ticket's form takes, a photo sent along too, with the whole data set behind it."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from tests.bench.browser import ANSWERS, Answer, Browser
from tests.bench.figures import Table, median, percentile
from tests.bench.web_figures import serving, signed_in
from tests.harness import multipart, samples
from tests.harness.processes import AYUDA

_PEOPLE, _UPLOADS, _WARM = 60, 20, 5
_START = "/ticket/nuevo"


def measure(table: Table, file: Path) -> None:
    """The steps of the form, and a photo sent along."""
    _measure_steps(table, file)
    _measure_upload(table, file)


def _measure_steps(table: Table, file: Path) -> None:
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


def _measure_upload(table: Table, file: Path) -> None:
    """One person after the other sends a photo of 8 megapixels and about 2 MB along with a draft."""
    if not table.wants("upload_2mb_ms"):
        return
    photo, sessions = samples.photo(), signed_in(file, _UPLOADS + _WARM)
    with serving([*AYUDA, "web", "--host", "127.0.0.1", "--port"], file) as (port, _process):
        uploads = [_upload(port, session, photo) for session in sessions]
    table.add("upload_2mb_ms", 1000 * median(uploads[_WARM:]))


def _upload(port: int, session: str, photo: bytes) -> float:
    """The seconds from the first byte of the form to the page that lists the photo."""
    with closing(Browser(port, {"sesion": session})) as browser:
        page = browser.get(_START)
        for step in ("tipo", "materia", "categoria"):
            action, hidden = page.form()
            page = browser.get(browser.post(action, {**hidden, **ANSWERS[step]}).location)
        action, hidden = page.form()
        parts = multipart.parts_of({**hidden, **ANSWERS["detalle"], "subir": "si"}, [("foto.jpg", photo)])
        answer = browser.send(action, f"multipart/form-data; boundary={multipart.BOUNDARY}", multipart.body(parts))
        if "foto.jpg" not in _expect(answer, 200).text:
            raise AssertionError("the photo was not kept")
        return answer.seconds


def _expect(answer: Answer, status: int) -> Answer:
    if answer.status != status:
        raise AssertionError(f"answered {answer.status} and not {status}:\n{answer.text[:2000]}")
    return answer
