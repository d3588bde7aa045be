"""The mail worker: lets answers go whose hold is over, delivers letters, writes what is due, and tidies up once an hour."""

from __future__ import annotations

import logging
import signal
import sys
import threading
from itertools import count
from typing import Any

from core.database.binding import unlocked
from core.errors import TryLater
from core.mail import worker
from core.mail.delivery import ServerTrouble, transport
from core.mail.worker import Tally
from core.operations.housekeeping import do_chores, tidy
from core.settings import Settings
from core.tickets.answers import holding

_CHORES_EVERY = 60
_TIDY_EVERY = 3600


@unlocked
def run(settings: Settings) -> None:
    """Deliver until SIGTERM or Ctrl+C; the letter in hand is finished first."""
    logging.basicConfig(stream=sys.stderr, level=logging.INFO, format="%(asctime)s %(name)s %(message)s")
    stop = threading.Event()

    def leave(number: int, frame: Any) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, leave)
    signal.signal(signal.SIGINT, leave)
    threading.Thread(target=_keep_house, args=(stop,), daemon=True).start()
    worker.run(settings.smtp_url, settings.mail_from, settings.base_url, stop, first=holding.release_due)


@unlocked
def deliver_once(settings: Settings) -> Tally:
    """Write what is due now and deliver it; raises `TryLater` when the mail server takes nothing."""
    do_chores()
    try:
        way = transport(settings.smtp_url)
        try:
            return worker.deliver(way, settings.mail_from, settings.base_url)
        finally:
            way.close()
    except ServerTrouble as reason:
        raise TryLater(f"El servidor de correo no recibe cartas: {reason}. Quedan en cola.") from reason


def _keep_house(stop: threading.Event) -> None:
    """What is due now, from the start on: a worker that is restarted every half hour forgets nothing."""
    log = logging.getLogger("ayuda.mail")
    for turn in count():
        try:
            do_chores()
            if turn % (_TIDY_EVERY // _CHORES_EVERY) == 0:
                tidy()
        except TryLater as reason:
            log.error("housekeeping: %s", reason)
        except Exception:  # the next turn may find things better: reminders must not end for good
            log.exception("housekeeping")
        if stop.wait(_CHORES_EVERY):
            return
