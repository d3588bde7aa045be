"""Delivering the outbox: each letter claimed, handed over, and its fate kept."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass

from core import clock
from core.database.binding import reads, unlocked, writes
from core.errors import TryLater
from core.mail.delivery import Postponed, Refused, ServerTrouble, Transport, Unclear, transport
from core.mail.envelope import envelope_sender, message_of
from core.mail.models import Letter
from core.mail.outbox import UNKEPT

log = logging.getLogger("ayuda.mail")

LEASE = 300
"""Seconds after which a letter is free again that a worker had claimed and never finished."""
WAITS = (60, 300, 900, 3600, 2 * 3600, 6 * 3600, 12 * 3600, 24 * 3600)
GIVE_UP = 72 * 3600
BATCH = 100
_UNCLEAR = "no se sabe si llegó: "


@dataclass(frozen=True, slots=True)
class Tally:
    """How many letters were handed over, put off, and refused for good."""

    sent: int = 0
    retried: int = 0
    failed: int = 0

    def plus(self, other: Tally) -> Tally:
        """Both together."""
        return Tally(self.sent + other.sent, self.retried + other.retried, self.failed + other.failed)

    @property
    def total(self) -> int:
        """All letters that were dealt with."""
        return self.sent + self.retried + self.failed


@unlocked
def deliver(way: Transport, mail_from: str, base_url: str, stop: threading.Event | None = None) -> Tally:
    """Deliver what is due now; raises `ServerTrouble` when the server takes nothing at all."""
    tally = Tally()
    while not (stop and stop.is_set()):
        waiting = _due()
        if not waiting:
            break
        for letter in waiting:
            if stop and stop.is_set():
                break
            if _claim(letter):
                tally = tally.plus(_deliver_one(way, letter, mail_from, base_url))
    return tally


@unlocked
def run(
    smtp_url: str,
    mail_from: str,
    base_url: str,
    stop: threading.Event,
    poll_seconds: float = 1.0,
    first: Callable[[], object] = lambda: None,
) -> None:
    """Deliver until told to stop; a server in trouble is tried again, ever more rarely, with one line in the log.

    `first` is done before each round: it writes letters whose moment has come.
    """
    way, trouble = None, 0
    while not stop.is_set():
        pause = poll_seconds
        try:
            first()
            way = way or transport(smtp_url)
            deliver(way, mail_from, base_url, stop)
            if trouble:
                log.warning("mail server: answers again")
            trouble = 0
        except ServerTrouble as reason:
            if not trouble:
                log.error("mail server: %s; letters wait and are tried again", reason)
            trouble += 1
            pause = min(60.0, poll_seconds * 2**trouble)
        except TryLater as reason:
            log.error("database: %s", reason)
            pause = 5.0
        stop.wait(pause)
    if way is not None:
        way.close()


@reads
def _due() -> list[Letter]:
    waiting = Letter.select().where(Letter.state == "queued", Letter.next_try_at <= clock.now())
    return list(waiting.order_by(Letter.next_try_at, Letter.id).limit(BATCH))


@writes
def _claim(letter: Letter) -> bool:
    """Only one worker gets a letter; one that dies with it loses it after the lease."""
    seen = (Letter.id == letter.id) & (Letter.state == "queued") & (Letter.next_try_at == letter.next_try_at)
    return bool(Letter.update(next_try_at=clock.now() + LEASE, attempts=Letter.attempts + 1).where(seen).execute())


def _deliver_one(way: Transport, letter: Letter, mail_from: str, base_url: str) -> Tally:
    try:
        message = message_of(letter, mail_from, base_url)
        way.send(message, envelope_sender(letter, mail_from), letter.address)
    except ServerTrouble:
        _put_back(letter)
        raise
    except Postponed as reason:
        return _postpone(letter, str(reason))
    except Unclear as reason:
        return (
            _fail(letter, f"{_UNCLEAR}{reason}")
            if letter.error.startswith(_UNCLEAR)
            else _postpone(letter, f"{_UNCLEAR}{reason}")
        )
    except Refused as reason:
        return _fail(letter, str(reason))
    except Exception as reason:  # a letter that cannot even be built must not hold up the others
        log.exception("letter %s cannot be sent", letter.id)
        return _fail(letter, f"no se pudo armar: {type(reason).__name__}")
    _settle(letter, state="sent", sent_at=clock.now(), **({"error": ""} | _emptied(letter)))
    return Tally(sent=1)


def _postpone(letter: Letter, reason: str) -> Tally:
    now = clock.now()
    if now - letter.queued_at > GIVE_UP:
        return _fail(letter, reason)
    wait = WAITS[min(letter.attempts, len(WAITS) - 1)]
    _settle(letter, next_try_at=now + wait, error=reason)
    log.warning("letter %s: %s; again in %s s", letter.id, reason, wait)
    return Tally(retried=1)


def _fail(letter: Letter, reason: str) -> Tally:
    _settle(letter, state="failed", **({"error": reason} | _emptied(letter)))
    log.error("letter %s: %s; given up", letter.id, reason)
    return Tally(failed=1)


def _put_back(letter: Letter) -> None:
    _settle(letter, next_try_at=letter.next_try_at, attempts=letter.attempts)


def _emptied(letter: Letter) -> dict[str, str]:
    """The columns that lose their words with the end of a letter of which nothing is kept."""
    return dict.fromkeys(("address", "subject", "body", "error"), "") if letter.kind in UNKEPT else {}


@writes
def _settle(letter: Letter, **columns: object) -> None:
    Letter.update(**columns).where(Letter.id == letter.id).execute()
