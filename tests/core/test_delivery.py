"""The outbox against a real mail server that fails in every way: each letter arrives, once if it can be known."""

from __future__ import annotations

import ssl
from collections.abc import Iterator

import pytest

from core import clock
from core.database.binding import db
from core.mail import delivery, outbox, worker
from core.mail.models import Letter
from core.mail.worker import Tally
from tests.corpus import load
from tests.harness import cast
from tests.harness.crowd import at_once
from tests.harness.smtp import MailServer, Received
from tests.harness.smtp_server import CERTIFICATE, PASSWORD
from tests.harness.wants import sweep

SENDER = "Ayuda Migraciones <no-responder@ayuda.example>"
SITE = "https://ayuda.example"
HOSTILE = [case["value"] for case in load("text.jsonl") if isinstance(case["value"], str)]


@pytest.fixture(autouse=True)
def impatient(database: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Times that a test can wait for."""
    monkeypatch.setattr(delivery, "CONNECT_SECONDS", 1)
    monkeypatch.setattr(delivery, "ANSWER_SECONDS", 1)
    monkeypatch.setattr(delivery, "REPLY_SECONDS", 2)
    outbox.configure(SITE, SENDER)
    yield
    outbox.configure("", SENDER)


def queue(address: str = "ana@correo.example", answer: str = "Tu solicitud avanza.") -> int:
    return outbox.write(
        "answer",
        address=address,
        language="es",
        folio="AM-2026-000001-R",
        automatic=False,
        answer=answer,
        analyst="Ana Rojas",
        **dict.fromkeys(("second", "hour", "survey"), f"{SITE}/ticket/AM-2026-000001-R"),
    )


def deliver(server: MailServer, credentials: str = "") -> Tally:
    way = delivery.transport(server.url.replace("://", f"://{credentials}"))
    try:
        return worker.deliver(way, SENDER, SITE)
    finally:
        way.close()


def letter(letter_id: int) -> Letter:
    with db.connection_context() if db.is_closed() else db.atomic():
        return Letter.get_by_id(letter_id)


def arrived(server: MailServer) -> list[str]:
    return [str(received.message["To"]) for received in server.received()]


def test_a_letter_arrives_with_its_own_words_and_headers(mail_server: MailServer) -> None:
    sent = letter(queue())
    assert deliver(mail_server) == Tally(sent=1)
    (received,) = mail_server.received()
    message = received.message
    assert message["From"] == SENDER
    assert message["To"] == "ana@correo.example"
    assert message["Subject"] == "[AM-2026-000001-R] Respuesta a tu ticket"
    assert message["Message-ID"] == sent.message_id
    assert "Auto-Submitted" not in message
    assert "Tu solicitud avanza." in received.text
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
    assert (letter(sent.id).state, letter(sent.id).sent_at) == ("sent", clock.now())


def test_a_bounce_goes_to_an_address_that_names_the_letter(mail_server: MailServer) -> None:
    letter_id = queue()
    deliver(mail_server)
    assert mail_server.received()[0].sender == f"no-responder+carta{letter_id}@ayuda.example"


def test_an_automatic_letter_says_that_it_is_one(mail_server: MailServer) -> None:
    cast.ticket()
    deliver(mail_server)
    assert {received.message["Auto-Submitted"] for received in mail_server.received()} == {"auto-generated"}


def test_letters_of_one_ticket_are_one_thread(mail_server: MailServer) -> None:
    for _ in range(2):
        queue()
    deliver(mail_server)
    threads = {received.message["References"] for received in mail_server.received()}
    assert threads == {"<am-2026-000001-r@ayuda.example>"}
    assert len({received.message["Message-ID"] for received in mail_server.received()}) == 2


def test_one_connection_carries_many_letters(mail_server: MailServer) -> None:
    for number in range(20):
        queue(f"persona{number}@correo.example")
    assert deliver(mail_server) == Tally(sent=20)
    assert mail_server.connections() == 1


def test_nothing_is_sent_twice(mail_server: MailServer) -> None:
    queue()
    deliver(mail_server)
    assert deliver(mail_server) == Tally()


@pytest.mark.parametrize(
    ("stage", "reply"),
    [
        ("MAIL", "451 4.3.0 later"),
        ("RCPT", "450 4.2.0 greylisted"),
        ("RCPT", "421 4.3.2 closing"),
        ("DATA", "451 4.3.0 later"),
        ("early_dot", "452 4.2.2 full"),
        ("MAIL", "drop"),
        ("RCPT", "drop"),
        ("RCPT", "hang"),
        ("RCPT", "endless"),
    ],
)
def test_what_the_server_puts_off_is_tried_again_and_arrives_once(mail_server: MailServer, stage: str, reply: str) -> None:
    letter_id = queue()
    mail_server.misbehave(stage, reply)
    assert deliver(mail_server) == Tally(retried=1)
    waiting = letter(letter_id)
    assert (waiting.state, waiting.next_try_at) == ("queued", clock.now() + worker.WAITS[0])
    assert deliver(mail_server) == Tally()
    clock.advance(worker.WAITS[0])
    assert deliver(mail_server) == Tally(sent=1)
    assert arrived(mail_server) == ["ana@correo.example"]


@pytest.mark.parametrize(
    ("stage", "reply"),
    [
        ("MAIL", "552 5.3.4 too big"),
        ("RCPT", "550 5.1.1 no such user"),
        ("early_dot", "550 5.7.1 spam"),
        ("early_dot", "552 5.3.4 too big"),
    ],
)
def test_what_the_server_refuses_for_good_fails_at_once_and_holds_up_nobody(
    mail_server: MailServer, stage: str, reply: str
) -> None:
    refused, other = queue(), queue("otra@correo.example")
    mail_server.misbehave(stage, reply)
    assert deliver(mail_server) == Tally(sent=1, failed=1)
    assert letter(refused).state == "failed"
    assert reply.split()[0] in letter(refused).error
    assert letter(other).state == "sent"
    assert arrived(mail_server) == ["otra@correo.example"]


@pytest.mark.parametrize(
    ("stage", "reply"),
    [("connect", "hang"), ("connect", "554 5.3.2 no"), ("EHLO", "drop"), ("EHLO", "endless"), ("connect", "drop")],
)
def test_a_server_in_trouble_is_nobodys_fault_and_costs_no_letter_a_try(mail_server: MailServer, stage: str, reply: str) -> None:
    letter_id = queue()
    mail_server.misbehave(stage, reply)
    with pytest.raises(delivery.ServerTrouble):
        deliver(mail_server)
    waiting = letter(letter_id)
    assert (waiting.state, waiting.attempts, waiting.error) == ("queued", 0, "")
    assert deliver(mail_server) == Tally(sent=1)


def test_a_server_that_is_not_there_is_in_trouble() -> None:
    letter_id = queue()
    with pytest.raises(delivery.ServerTrouble):
        worker.deliver(delivery.transport("smtp://127.0.0.1:1"), SENDER, SITE)
    assert letter(letter_id).state == "queued"


def test_a_server_that_knows_no_ehlo_is_greeted_the_old_way(mail_server: MailServer) -> None:
    queue()
    mail_server.misbehave("EHLO", "500 5.5.1 what?", times=9)
    assert deliver(mail_server) == Tally(sent=1)


def test_a_wrong_password_is_the_servers_trouble_and_is_never_shown(mail_server: MailServer) -> None:
    queue()
    with pytest.raises(delivery.ServerTrouble) as trouble:
        deliver(mail_server, "ayuda:secretisima@")
    assert "secretisima" not in str(trouble.value)
    assert "535" in str(trouble.value)


def test_the_right_password_lets_letters_through(mail_server: MailServer) -> None:
    queue()
    assert deliver(mail_server, f"ayuda:{PASSWORD.replace(' ', '%20')}@") == Tally(sent=1)


def test_a_line_that_breaks_after_the_letter_was_taken_makes_one_copy_more_at_most(mail_server: MailServer) -> None:
    letter_id = queue()
    mail_server.misbehave("dot", "drop", times=9)
    for _ in range(6):
        deliver(mail_server)
        clock.advance(max(worker.WAITS))
    assert len(mail_server.received()) <= 2
    assert {received.message["Message-ID"] for received in mail_server.received()} == {letter(letter_id).message_id}
    assert letter(letter_id).state == "failed"


def test_a_slow_answer_is_waited_for(mail_server: MailServer) -> None:
    queue()
    mail_server.misbehave("dot", "slow:0.6")
    assert deliver(mail_server) == Tally(sent=1)
    assert len(mail_server.received()) == 1


def test_a_server_that_takes_one_letter_a_connection_gets_them_all(mail_server: MailServer) -> None:
    for number in range(5):
        queue(f"persona{number}@correo.example")
    mail_server.misbehave("MAIL", "421 4.7.0 one letter a connection", times=99, after=1)
    assert deliver(mail_server) == Tally(sent=5)
    assert mail_server.connections() == 5


def test_what_is_put_off_for_three_days_fails(mail_server: MailServer) -> None:
    letter_id = queue()
    mail_server.misbehave("MAIL", "451 4.3.0 later", times=99)
    tries = 0
    while letter(letter_id).state == "queued":
        tries += deliver(mail_server).total
        clock.advance(max(1, letter(letter_id).next_try_at - clock.now()))
    assert worker.GIVE_UP < clock.now() - letter(letter_id).queued_at < 2 * worker.GIVE_UP
    assert 6 <= tries <= 20


def test_a_letter_that_cannot_even_be_built_holds_up_nobody(mail_server: MailServer) -> None:
    queue("no es un correo")
    queue("otra@correo.example")
    assert deliver(mail_server) == Tally(sent=1, failed=1)


def test_two_workers_at_once_send_each_letter_once(mail_server: MailServer) -> None:
    for number in range(30):
        queue(f"persona{number}@correo.example")
    tallies = at_once([lambda: deliver(mail_server)] * 3)
    assert sum(tally.sent for tally in tallies if isinstance(tally, Tally)) == 30, tallies
    assert sorted(arrived(mail_server)) == sorted(f"persona{number}@correo.example" for number in range(30))


def test_a_letter_whose_worker_died_is_sent_after_its_lease(mail_server: MailServer) -> None:
    (waiting,) = _due_with_one_letter()
    assert worker._claim(waiting)
    assert deliver(mail_server) == Tally()
    clock.advance(worker.LEASE)
    assert deliver(mail_server) == Tally(sent=1)


def _due_with_one_letter() -> list[Letter]:
    queue()
    return worker._due()


def test_a_certificate_that_nobody_vouches_for_is_refused(tls_mail_server: MailServer) -> None:
    queue()
    with pytest.raises(delivery.ServerTrouble, match="CERTIFICATE"):
        deliver(tls_mail_server)
    assert tls_mail_server.received() == []


def test_a_certificate_that_is_trusted_is_used(tls_mail_server: MailServer, monkeypatch: pytest.MonkeyPatch) -> None:
    trusting = ssl.create_default_context(cafile=str(CERTIFICATE))
    monkeypatch.setattr(ssl, "create_default_context", lambda: trusting)
    queue()
    assert deliver(tls_mail_server, f"ayuda:{PASSWORD.replace(' ', '%20')}@") == Tally(sent=1)


@pytest.mark.parametrize("text", sweep([text for text in HOSTILE if text.strip()], 16))
def test_hostile_words_change_neither_recipients_nor_headers_nor_parts(mail_server: MailServer, text: str) -> None:
    queue(answer="Buenos días.")
    queue(answer=text)
    deliver(mail_server)
    harmless, hostile = mail_server.received()
    assert hostile.recipients == harmless.recipients
    assert hostile.message.keys() == harmless.message.keys()
    assert _shape(hostile) == _shape(harmless)


def _shape(received: Received) -> list[tuple[str, str | None]]:
    return [(part.get_content_type(), part.get_filename()) for part in received.message.walk()]
