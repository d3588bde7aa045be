"""What services tell about banners."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class Shown(NamedTuple):
    """A banner on a page: its words, and the language that they are in."""

    words: str
    language: str


@dataclass(frozen=True, slots=True)
class Deed:
    """Something that was done to a banner: `publicado`, `cambiado` or `retirado`."""

    at: int
    kind: str
    author: str
    ends_at: int
    """When the banner was to end from then on."""


@dataclass(frozen=True, slots=True)
class Banner:
    """A banner as those who publish it see it."""

    id: int
    starts_at: int
    ends_at: int
    texts: dict[str, str]
    """Language → words; empty where there are none."""
    withdrawn_at: int | None
    deeds: tuple[Deed, ...]

    def is_shown(self, now: int) -> bool:
        """Whether it is on every page at this instant."""
        return not self.is_over(now) and self.starts_at <= now

    def is_over(self, now: int) -> bool:
        """Whether nobody will see it again."""
        return self.withdrawn_at is not None or self.ends_at <= now
