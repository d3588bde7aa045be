"""Which language to speak with somebody: chosen with a link, or guessed from what the browser says."""

from __future__ import annotations

import re
from functools import lru_cache

from core.language import LANGUAGES

OTHERWISE = "es"
_LONGEST_HEADER = 200
_RANGE = re.compile(r"\s*([a-z]{2,3})(-[a-z0-9-]+)?\s*(?:;\s*q=([01](?:\.\d{0,3})?)\s*)?\Z")
_HAITI = "-ht"


@lru_cache(maxsize=512)
def guess(accepted: str) -> str:
    """The language of ours that an Accept-Language header (RFC 9110) prefers; Spanish when it names none."""
    best, worth = OTHERWISE, 0.0
    for part in accepted[:_LONGEST_HEADER].lower().split(","):
        found = _RANGE.match(part)
        if found is None:
            continue
        speaks = "ht" if found[2] == _HAITI else found[1]  # phones from Haiti often say fr-HT
        weight = float(found[3] or 1)
        if speaks in LANGUAGES and weight > worth:
            best, worth = speaks, weight
    return best
