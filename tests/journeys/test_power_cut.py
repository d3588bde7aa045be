"""The web process is killed while many people send their tickets: whatever was acknowledged is there."""

from __future__ import annotations

import http.client
import random
import threading
from dataclasses import dataclass, field

from core import tokens
from core.database import binding
from core.mail import outbox
from core.people import sessions
from core.people.account_views import Account
from core.tickets.citizens import following
from tests.harness import cast
from tests.harness.page import Visitor, over_http
from tests.harness.processes import wait_until
from tests.harness.server import Service
from tests.harness.wants import rounds
from tests.intake_web.people import folio_of, send

AT_ONCE = 12
TROUBLE = (OSError, http.client.HTTPException)


@dataclass(slots=True)
class Sender:
    """Somebody with a ticket ready to be sent."""

    account: Account
    session: str
    acknowledged: list[str] = field(default_factory=list)

    def send(self, address: str) -> None:
        """Press the last button; whatever the server does not say was not acknowledged."""
        visitor = Visitor(over_http(address, timeout=5), {"Connection": "close"})
        visitor.cookies["sesion"] = self.session
        try:
            answer = send(visitor.get("/ticket/nuevo/revisar"))
        except (*TROUBLE, StopIteration):
            return
        if answer.status == 303 and answer.location.startswith("/ticket/AM-"):
            self.acknowledged.append(folio_of(answer))


def senders(url: str, count: int) -> list[Sender]:
    """People with a draft each, made without waiting for the disk."""
    tokens.use_keys(("clave-de-las-pruebas-que-no-guarda-nada-1",))
    outbox.configure("http://127.0.0.1:8000", "Ayuda <ayuda@correo.example>")
    binding.bind(url, durable=False)
    try:
        people = [cast.account() for _ in range(count)]
        for account in people:
            cast.write_draft(account)
        return [Sender(account, sessions.begin(account.id, remember=False).token) for account in people]
    finally:
        binding.unbind()


def cut_under_load(service: Service, crowd: list[Sender], enough: int) -> None:
    """Kill the process as soon as so many tickets of the crowd are acknowledged; the others are on their way."""
    process = service.web()
    threads = [threading.Thread(target=sender.send, args=(service.address,)) for sender in crowd]
    for thread in threads:
        thread.start()
    wait_until(lambda: sum(len(sender.acknowledged) for sender in crowd) >= enough, "some tickets to be sent", every=0.001)
    process.kill()
    for thread in threads:
        thread.join(30)
    process.stop()


def test_every_acknowledged_ticket_survives_the_power_cut(service: Service) -> None:
    url = service.settings["AYUDA_DATABASE_URL"]
    chance, cuts = random.Random(19_880), rounds(6, 200) if url.startswith("sqlite") else rounds(3, 50)
    crowd = senders(url, AT_ONCE * cuts)
    for cut in range(cuts):
        cut_under_load(service, crowd[cut * AT_ONCE : (cut + 1) * AT_ONCE], chance.randrange(1, AT_ONCE // 2))

    acknowledged = [(sender, folio) for sender in crowd for folio in sender.acknowledged]
    assert len(acknowledged) < len(crowd), "no cut came early enough"
    binding.bind(url)
    try:
        for sender, folio in acknowledged:
            assert following.ticket_of(sender.account, folio).is_open
            assert any(folio in letter.subject for letter in cast.letters_to(sender.account.email))
        assert all(len(following.tickets_of(sender.account)) <= 1 for sender in crowd)
    finally:
        binding.unbind()
    verified = service.run("verify")
    assert verified.returncode == 0, verified.stdout + verified.stderr
