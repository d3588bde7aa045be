"""What services tell about what is being sent: letters before they are written, answers on hold."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Held:
    """An answer on hold: it goes out at `release_at` unless it is taken back before."""

    ticket_id: int
    folio: str
    staff_id: int
    analyst: str
    body: str
    release_at: int


@dataclass(frozen=True, slots=True)
class Returned:
    """An answer that did not go out: its words are the analyst's draft again."""

    event_id: int
    ticket_id: int
    folio: str
    reason: str


@dataclass(frozen=True, slots=True)
class Onward:
    """What an analyst has after sending: the answer on hold, and the next ticket or the sentence that says why there is none."""

    held: Held | None
    """None when the answer has gone out already, sent twice with one key."""
    next_id: int | None
    why_none: str = ""


@dataclass(frozen=True, slots=True)
class LetterPreview:
    """A letter as it would be written into the outbox."""

    language: str
    subject: str
    body: str
