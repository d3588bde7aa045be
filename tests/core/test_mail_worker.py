"""`ayuda mail` as the process that it is: restarts, power cuts, two of them, a server that comes back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from core import clock
from core.database import binding
from core.database.binding import db
from core.mail import outbox, worker
from core.mail.models import Letter
from tests.harness.processes import wait_until
from tests.harness.server import Service
from tests.harness.smtp import MailServer
from tests.harness.wants import rounds

COUNT = 40


@pytest.fixture
def ready(service: Service, mail_server: MailServer) -> Iterator[Service]:
    """An installation with letters waiting for a real mail server."""
    service.settings["AYUDA_SMTP_URL"] = mail_server.url
    binding.bind(service.settings["AYUDA_DATABASE_URL"])
    for number in range(COUNT):
        outbox.write(
            "welcome-back", address=f"persona{number}@correo.example", language="es", link="https://ayuda.example/ingreso"
        )
    yield service
    binding.unbind()


def waiting() -> int:
    with db.connection_context():
        return int(Letter.select().where(Letter.state == "queued").count())


def copies(server: MailServer) -> Counter[str]:
    return Counter(str(received.message["Message-ID"]) for received in server.received())


def later(service: Service, seconds: int) -> None:
    service.settings["AYUDA_NOW"] = datetime.fromtimestamp(clock.now() + seconds, UTC).isoformat()


def test_one_run_delivers_what_waits_and_ends(ready: Service, mail_server: MailServer) -> None:
    done = ready.run("mail", "--once")
    assert (done.returncode, done.stderr) == (0, "")
    assert f"{COUNT} entregadas" in done.stdout
    assert len(mail_server.received()) == COUNT


def test_a_worker_that_runs_on_delivers_what_comes_later_and_leaves_politely(ready: Service, mail_server: MailServer) -> None:
    process = ready.start("mail")
    wait_until(lambda: waiting() == 0, "the letters to be sent")
    outbox.write("welcome-back", address="tarde@correo.example", language="es", link="https://ayuda.example/ingreso")
    wait_until(lambda: waiting() == 0, "the late letter to be sent")
    assert process.stop() == 0
    assert len(mail_server.received()) == COUNT + 1


def test_two_workers_share_the_letters(ready: Service, mail_server: MailServer) -> None:
    mail_server.misbehave("dot", "slow:0.02", times=10_000)
    processes = [ready.start("mail") for _ in range(2)]
    wait_until(lambda: waiting() == 0, "the letters to be sent", seconds=60)
    for process in processes:
        assert process.stop() == 0
    assert max(copies(mail_server).values()) == 1
    assert len(copies(mail_server)) == COUNT


@pytest.mark.parametrize("turn", range(rounds(2, 25)))
def test_a_worker_killed_at_work_loses_no_letter_and_repeats_one_at_most(
    ready: Service, mail_server: MailServer, turn: int
) -> None:
    mail_server.misbehave("dot", "slow:0.03", times=10_000)
    process = ready.start("mail")
    wait_until(lambda: len(mail_server.received()) > 3 + turn, "some letters to arrive")
    process.kill()
    mail_server.behave()
    assert 0 < waiting() < COUNT
    later(ready, worker.LEASE + 60)
    assert ready.run("mail", "--once").returncode == 0
    arrived = copies(mail_server)
    assert len(arrived) == COUNT
    assert sum(arrived.values()) <= COUNT + 1
    assert waiting() == 0


def test_a_server_that_is_away_gets_everything_when_it_comes_back(ready: Service, mail_server: MailServer) -> None:
    mail_server.misbehave("connect", "421 4.3.2 starting", times=2)
    process = ready.start("mail")
    wait_until(lambda: waiting() == 0, "the letters to be sent", seconds=30)
    assert process.stop() == 0
    assert len(mail_server.received()) == COUNT
    assert process.said().count("mail server:") == 2


def test_one_run_against_a_server_that_is_away_is_one_line(ready: Service) -> None:
    ready.settings["AYUDA_SMTP_URL"] = "smtp://127.0.0.1:1"
    done = ready.run("mail", "--once")
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert waiting() == COUNT


def test_letters_can_be_put_into_a_maildir(ready: Service) -> None:
    ready.settings["AYUDA_SMTP_URL"] = f"maildir:{ready.home / 'correo'}"
    assert ready.run("mail", "--once").returncode == 0
    assert len(list((ready.home / "correo" / "new").iterdir())) == COUNT
