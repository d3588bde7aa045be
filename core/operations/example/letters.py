"""Letters of the example: the recent ones, as the outbox would have kept them."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

from core import clock, dates, language
from core.mail import letters, outbox
from core.operations.example.rows import Rows
from core.tickets import lettering, terms
from core.tickets.citizens import receipts, survey
from core.tickets.terms import Wait

if TYPE_CHECKING:
    from core.operations.example.stories import Telling

_DOMAIN = "ejemplo.invalid"
_ANSWERS_KEPT = 92 * 86_400
_RECEIPTS_KEPT = 30 * 86_400
_BOUNCES = 0.004
_READ = 0.4
_NO_SUCH_BOX = "550 5.1.1 esa casilla no existe"


class Letters:
    """Receipts of the last month, answers of the last quarter."""

    def __init__(self, now: int, names: dict[int, str], random: Random) -> None:
        self._now = now
        self._names = names
        self._random = random

    def receipt(self, story: Telling, rows: Rows) -> None:
        """The letter that says that a ticket arrived."""
        if story.filing.at > self._now - _RECEIPTS_KEPT:
            made = terms.made_of(story.filing.promised)
            with language.using(story.language):
                legal_on, own = clock.day_from(made.legal_on), terms.own_deadline(made)
                told = receipts.dates_of(story.filing.at, legal_on, story.due, own)
                said = {"due": dates.day(story.due), "dates": receipts.as_lines(told)}
            self._add("receipt", story, None, story.filing.at, rows, said)

    def answer(self, story: Telling, message_id: int, body: str, at: int, rows: Rows) -> None:
        """The letter that carries an answer."""
        if at > self._now - _ANSWERS_KEPT:
            values = {"answer": body, "analyst": self._names.get(story.assignee or 0, "")}
            self._add("answer", story, message_id, at, rows, values | survey.ways_on(story.folio, survey.link(story.ticket_id)))

    def request(self, story: Telling, message_id: int, body: str, wait: Wait, at: int, rows: Rows) -> None:
        """The letter that asks for what is missing."""
        with language.using(story.language):
            said = {
                "until": dates.day(clock.day_from(wait.until_on)),
                "clock": lettering.what_stops(terms.made_of(story.filing.promised)),
            }
        said |= {"text": body, "analyst": self._names.get(story.assignee or 0, "")}
        self._add("antecedents", story, message_id, at, rows, said)

    def _add(self, kind: str, story: Telling, message_id: int | None, at: int, rows: Rows, values: dict[str, str]) -> None:
        link = outbox.link(f"/ticket/{story.folio}")
        subject, body = letters.compose(kind, story.language, {"folio": story.folio, "link": link, **values})
        bounced = self._random.random() < _BOUNCES
        sent_at = min(at + self._random.randrange(2, 90), self._now)
        rows.add(
            "letter", kind, story.member.account_id, story.ticket_id, f"<ejemplo-{story.ticket_id}-{kind}@{_DOMAIN}>",
            story.member.email, story.language, subject, body, f"<{story.folio.lower()}@{_DOMAIN}>",
            int(kind == "receipt"), at, "failed" if bounced else "sent", 1, at, _NO_SUCH_BOX if bounced else "",
            None if bounced else sent_at, message_id, self._read_at(at),
        )  # fmt: skip

    def _read_at(self, at: int) -> int | None:
        """When it was read in the portal, if it was: most are only read in the mailbox."""
        read_at = at + self._random.randrange(600, 10 * 86_400)
        return read_at if self._random.random() < _READ and read_at < self._now else None
