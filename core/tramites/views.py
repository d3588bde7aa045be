"""What services tell about procedures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Procedure:
    """Something that can be asked of the service in the portal."""

    id: str
    name: str
    what_for: str
    featured: bool
    unverified: bool
    """What is said about it still has to be checked with the service."""
    answered_here: bool
    """It asks how one's own procedures stand: the portal tells at once, there is nothing to begin."""


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage of a procedure in plain words."""

    name: str
    states: tuple[str, ...]
    explanation: str


@dataclass(frozen=True, slots=True)
class Link:
    """A page of the portal that helps at once."""

    path: str
    name: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What can be said about the commonest question before anybody writes."""

    question: str
    text: tuple[str, ...]
    good_for: tuple[str, ...]
    """What a ticket about it can do."""
    no_good_for: tuple[str, ...]
    links: tuple[Link, ...]
    with_stages: bool
    """The stages of a procedure belong to it, and where one's own are."""
    kinds: tuple[str, ...]
    """Words in the names of the trámites that it is about."""
    unverified: bool
    """Part of it still has to be checked with the service."""


@dataclass(frozen=True, slots=True)
class StageTimes:
    """How long a stage takes, in days, of trámites of a kind that have left it within a year."""

    kind: str
    stage: str
    count: int
    half: int
    """Half of them took this or less."""
    most: int
    """Nine of ten took this or less."""
    counted_on: date


@dataclass(frozen=True, slots=True)
class Tramite:
    """A procedure that the service knows, as its owner sees it."""

    id: str
    kind: str
    state: str
    created_on: date | None
