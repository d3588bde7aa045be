"""What could command a terminal, and whether a screen has any of it."""

from __future__ import annotations

import unicodedata

from tests.analyst_tui.desk import Desk, settled

_BIDI = set("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_FORBIDDEN = {"Cc", "Cs", "Zl", "Zp"}


def dangerous(text: str) -> set[str]:
    """Whatever of a text could command a terminal."""
    return {c for c in text if unicodedata.category(c) in _FORBIDDEN or c in _BIDI}


async def inert(pilot: Desk) -> str:
    """Every character of the screen, once it is seen that nothing of it can be clicked."""
    await settled(pilot)
    strips = pilot.app.screen._compositor.render_strips()
    for strip in strips:
        for piece in strip:
            assert piece.style is None or "@click" not in piece.style.meta
            assert piece.style is None or piece.style.link is None
    return "".join(strip.text for strip in strips)
