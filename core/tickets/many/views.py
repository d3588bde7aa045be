"""What services tell about several tickets at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from core.tickets.lists.views import TicketRow


class Pair(NamedTuple):
    """Two tickets of one person: the earlier, and the one in which it goes on."""

    ended: str
    into: str


@dataclass(frozen=True, slots=True)
class Planned:
    """A ticket of a batch before anything happens."""

    row: TicketRow
    why_not: str
    """Why it will not be changed; empty when it will."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a batch."""

    batch_id: int
    done: tuple[int, ...]
    refused: Mapping[int, str]
    """Tickets that were left as they are, each with the reason."""
    left: tuple[int, ...]
    """Tickets that were not reached, because it was stopped."""
    trouble: str = ""
    """What stopped it when nobody did; the first of `left` may have been done all the same."""


@dataclass(frozen=True, slots=True)
class Batched:
    """A batch as the database knows it."""

    verb: str
    at: int
    wanted: int
    done: int
    ended_at: int | None


@dataclass(frozen=True, slots=True)
class Letter:
    """One ticket's part of an answer to many: the words as they will arrive, and why they will not."""

    row: TicketRow
    version: int
    """The ticket as it was when the letter was looked at."""
    language: str
    asked: str
    """What the person wrote first."""
    text: str
    why_not: str
    warning: str
    """What the gate would ask a reason for; empty when nothing."""
    is_spoken: bool = True
    """Whether the text, if it has parts in several languages, has one in the person's."""


@dataclass(frozen=True, slots=True)
class Surge:
    """One answer to many tickets."""

    id: int
    author_id: int
    author: str
    at: int
    text: str
    state: str
    """`borrador`, `pedido`, `aprobado`, `rechazado` or `enviado`."""
    tickets: int
    reviewer: str = ""
    verdict: str = ""
    """What the reviewer said of it."""

    @property
    def can_be_written(self) -> bool:
        """Whether its words can still be changed."""
        return self.state in ("borrador", "rechazado")
