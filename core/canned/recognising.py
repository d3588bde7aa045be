"""Which canned answers a text says, whatever was filled in or changed around their words.

A text says a canned answer when most of the letters of its own sentences are still there: so it makes no difference
where the words came from (the finder, a draft of yesterday, the clipboard), and whoever has written most of it anew
sends an answer of their own.
"""

from __future__ import annotations

import re
from functools import lru_cache

from core import clock
from core.canned.models import Canned, CannedVersion
from core.canned.views import Recognised
from core.canned.wording import HOLE, VARIABLE
from core.database.binding import reads
from core.database.prepared import Prepared
from core.language import LANGUAGES
from core.text import words

MOST = 0.6
"""The share of its letters that must be there."""
_SHORTEST = 12
_BREAK = re.compile(rf"{HOLE.pattern}|{VARIABLE.pattern}|[\n.;:!?¿¡]")


@reads
def said_in(text: str) -> tuple[Recognised, ...]:
    """The canned answers that a text says, each once, with the version that it says."""
    said, today = " ".join(words(text)), clock.day_number(clock.today())
    found: dict[int, Recognised] = {}
    for canned_id, number, title, expires_on, *texts in _KNOWN():
        if canned_id not in found and any(_is_said(each, said) for each in texts if each):
            ended = clock.day_from(expires_on) if expires_on < today else None
            found[canned_id] = Recognised(canned_id, number, title, ended)
    return tuple(found[canned_id] for canned_id in sorted(found))


def _is_said(body: str, said: str) -> bool:
    pieces = _pieces(body)
    there = sum(len(piece) for piece in pieces if piece in said)
    return bool(pieces) and there >= MOST * sum(map(len, pieces))


@lru_cache(maxsize=2048)
def _pieces(body: str) -> tuple[str, ...]:
    """The folded sentences of a canned text that stand between what is filled in."""
    folded = (" ".join(words(piece)) for piece in _BREAK.split(body))
    return tuple(piece for piece in folded if len(piece) >= _SHORTEST)


_NOW = CannedVersion.alias()
_KNOWN = Prepared(
    lambda: (
        CannedVersion.select(
            Canned.id,
            CannedVersion.number,
            _NOW.title,
            _NOW.expires_on,
            *(getattr(CannedVersion, code) for code in LANGUAGES),
        )
        .join(Canned, on=(CannedVersion.canned == Canned.id))
        .join(_NOW, on=((_NOW.canned == Canned.id) & (_NOW.number == Canned.number)))
        .where(CannedVersion.number >= Canned.number - 1)  # and the one before: a draft may have begun with it
        .order_by(Canned.id, CannedVersion.number.desc())
    )
)
