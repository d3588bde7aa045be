"""The tools that other tests trust do what they say."""

from __future__ import annotations

import smtplib
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

import psutil
import pytest
from playwright.sync_api import Page as Window

from core.database.binding import db
from tests.harness.page import Visitor, within
from tests.harness.processes import Process, wait_until
from tests.harness.smtp import MailServer
from tests.harness.terminal import Terminal

LETTER = "From: a@correo.example\r\nTo: b@correo.example\r\nSubject: Hola\r\n\r\nbuenos días\r\n".encode()


def send(server: MailServer, timeout: float = 5) -> None:
    with smtplib.SMTP("127.0.0.1", server.port, timeout=timeout) as connection:
        connection.sendmail("a@correo.example", ["b@correo.example"], LETTER)


def test_each_database_starts_empty(database: str) -> None:
    with db.connection_context():
        assert db.table_exists("ticket")
        assert db.execute_sql("SELECT count(*) FROM account").fetchone() == (0,)
        db.execute_sql("INSERT INTO throttle (key, tokens, updated_at) VALUES ('x', 1, 1)")


@pytest.mark.parametrize("turn", [1, 2])
def test_what_a_test_writes_is_gone_for_the_next(database: str, turn: int) -> None:
    with db.connection_context():
        assert db.execute_sql("SELECT count(*) FROM throttle").fetchone() == (0,)
        db.execute_sql("INSERT INTO throttle (key, tokens, updated_at) VALUES ('x', 1, 1)")


def test_the_mail_server_keeps_what_it_accepts(mail_server: MailServer) -> None:
    send(mail_server)
    (letter,) = mail_server.received()
    assert letter.recipients == ("b@correo.example",)
    assert letter.message["Subject"] == "Hola"


def test_the_mail_server_refuses_when_told_to_and_only_that_often(mail_server: MailServer) -> None:
    mail_server.misbehave("RCPT", "451 4.3.0 later", about="b@correo.example")
    with pytest.raises(smtplib.SMTPRecipientsRefused):
        send(mail_server)
    send(mail_server)
    assert len(mail_server.received()) == 1


def test_the_mail_server_drops_the_line_after_it_has_stored_the_letter(mail_server: MailServer) -> None:
    mail_server.misbehave("dot", "drop")
    with pytest.raises(smtplib.SMTPServerDisconnected):
        send(mail_server)
    assert len(mail_server.received()) == 1


@pytest.mark.parametrize("stage", ["connect", "EHLO", "MAIL", "DATA", "early_dot"])
def test_the_mail_server_hangs_where_it_is_told_to(mail_server: MailServer, stage: str) -> None:
    mail_server.misbehave(stage, "hang", times=2)
    with pytest.raises((TimeoutError, smtplib.SMTPException)):
        send(mail_server, timeout=0.3)
    assert mail_server.received() == []


def test_a_process_ends_with_the_one_that_started_it(tmp_path: Path) -> None:
    script = (
        "import os, sys; from pathlib import Path; from tests.harness.processes import Process;"
        f"p = Process(['sleep', '60'], Path({str(tmp_path / 'log')!r})); print(p.pid, flush=True); os.kill(os.getpid(), 9)"
    )
    said = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False).stdout
    wait_until(lambda: not psutil.pid_exists(int(said)), "the orphan to end")


def test_a_killed_process_is_known_to_be_dead(tmp_path: Path) -> None:
    process = Process(["sleep", "60"], tmp_path / "log")
    process.kill()
    assert not process.running


def test_a_terminal_shows_what_a_program_paints_and_sends_it_keys() -> None:
    script = "import os, tty; tty.setraw(0); os.write(1, b'listo'); os.write(1, b' <' + os.read(0, 9) + b'>'); os.read(0, 1)"
    with Terminal([sys.executable, "-c", script]) as terminal:
        assert terminal.wait("listo") > 0
        assert terminal.press("ñ", "<ñ>") > 0


def test_a_terminal_notices_titles_and_clipboards_that_text_sets() -> None:
    with Terminal(["printf", r"\033]0;mine\007\033]52;c;YQ==\007listo"]) as terminal:
        terminal.wait("listo")
        assert len(terminal.smuggled()) == 2


def test_chromium_opens_pages(window: Window) -> None:
    window.set_content("<h1>Hola</h1>")
    assert window.inner_text("h1") == "Hola"


def test_without_scripts_none_runs(window_without_scripts: Window) -> None:
    window_without_scripts.set_content("<h1>Hola</h1><script>document.querySelector('h1').remove()</script>")
    assert window_without_scripts.locator("h1").inner_text() == "Hola"


def echo(environ: dict[str, str], start: Callable[[str, list[tuple[str, str]]], object]) -> Iterable[bytes]:
    if environ["REQUEST_METHOD"] == "POST":
        start("200 OK", [("Set-Cookie", "visita=1; Path=/")])
        return [environ["wsgi.input"].read()]  # type: ignore[attr-defined]
    start("200 OK", [("Content-Type", "text/html")])
    return [
        b"<form method=post action=/x><input type=hidden name=seal value=s><textarea name=texto>\na &amp; b</textarea>"
        b"<select name=pais><option value=cl>Chile<option value=ht selected>Hait\xc3\xad</select>"
        b"<input type=radio name=tipo value=1><input type=radio name=tipo value=2 checked></form>"
    ]


def test_a_visitor_sends_back_what_the_form_holds_and_keeps_cookies() -> None:
    visitor = Visitor(within(echo))
    answer = visitor.get("/x").send("texto", pais="cl")
    assert answer.text == "seal=s&texto=a+%26+b&pais=cl&tipo=2"
    assert visitor.cookies == {"visita": "1"}
