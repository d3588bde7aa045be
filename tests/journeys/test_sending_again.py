"""Whoever the power cut left without an answer sends the same form again, and has one ticket."""

from __future__ import annotations

import http.client
import random
import threading
from dataclasses import dataclass

from core.people import sessions
from core.people.account_views import Account
from core.tickets.citizens import following
from tests.harness import cast
from tests.harness.page import Page, Visitor, over_http
from tests.harness.processes import wait_until
from tests.harness.server import Service

CLIENTS = 6
EACH = 10


@dataclass
class Sender:
    """Somebody one click away from sending a ticket."""

    account: Account
    page: Page
    acknowledged: str = ""

    def send(self) -> None:
        """Send the ticket; its folio is noted only when the site says that it has it."""
        answer = self.page.send()
        assert answer.status == 303, answer.text
        self.acknowledged = answer.location.removeprefix("/ticket/")


def sender(service: Service) -> Sender:
    account = cast.account()
    cast.write_draft(account)
    visitor = Visitor(over_http(service.address), {"Connection": "close"})
    visitor.cookies["sesion"] = sessions.begin(account.id, remember=False).token
    return Sender(account, visitor.get("/ticket/nuevo/revisar"))


def send_all(senders: list[Sender], gate: threading.Barrier) -> None:
    """One client: one ticket after the other, until the site is gone."""
    gate.wait(60)
    for each in senders:
        try:
            each.send()
        except (OSError, http.client.HTTPException):
            return


def kill_under_load(service: Service, choose: random.Random) -> list[Sender]:
    """Start the site, load it, kill it in the middle of the load; who was sending."""
    process = service.web()
    senders = [sender(service) for _ in range(CLIENTS * EACH)]
    gate = threading.Barrier(CLIENTS + 1)
    threads = [threading.Thread(target=send_all, args=(senders[place::CLIENTS], gate)) for place in range(CLIENTS)]
    for thread in threads:
        thread.start()
    gate.wait(60)
    enough = choose.randrange(1, CLIENTS)
    wait_until(lambda: sum(bool(each.acknowledged) for each in senders) >= enough, "the first answers", every=0.001)
    process.kill()
    for thread in threads:
        thread.join(60)
    return senders


def test_whoever_got_no_answer_sends_the_same_form_again_and_has_one_ticket(bound: Service) -> None:
    senders = kill_under_load(bound, random.Random(11))
    unanswered = [each for each in senders if not each.acknowledged]
    assert unanswered
    bound.web()
    for each in unanswered:
        each.page.visitor.transport = over_http(bound.address)
        each.send()
        assert [ticket.folio for ticket in following.tickets_of(each.account)] == [each.acknowledged]
    assert bound.run("verify").stdout == "Todo en orden.\n"
