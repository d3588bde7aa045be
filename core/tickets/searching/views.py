"""What search tells: what a line finds, how it can go on, views of one's own, orders."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from core.tickets.lists.views import TicketRow


@dataclass(frozen=True, slots=True)
class Found:
    """What a search line found, and how it was understood."""

    understood: str
    rows: tuple[TicketRow, ...]
    more: bool
    words: tuple[str, ...]
    """The folded words that were looked for, to mark them in a text."""
    ids: tuple[int, ...] = ()
    """All that were found, in their order; the rows are the first of them."""
    persons: int = 0
    named: Mapping[int, str] = field(default_factory=dict)
    """Ticket → the field by which it was found, where that is an identifier."""
    instead: str = ""
    """What there is none of, where something else was found."""
    also: str = ""
    """How many closed tickets fit besides; empty when there is none or they were looked through."""
    closed: bool = False
    """Whether closed tickets were looked through."""


@dataclass(frozen=True, slots=True)
class OwnView:
    """A search line that somebody keeps under a name."""

    id: int
    name: str
    line: str
    order: str
    """The code of its order; empty for the usual one."""
    closed: bool
    """Whether it looks through closed tickets too."""


class Completion(NamedTuple):
    """A whole search line as it could go on, and how its new piece reads in a list."""

    line: str
    shown: str


class OrderName(NamedTuple):
    """An order in which a list can stand: its code, the title of its column, how it reads, where its arrow points."""

    code: str
    title: str
    words: str
    arrow: str
