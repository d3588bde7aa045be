"""Colours: one accent, one tone for what is late, and the cursor brightest of all.

Every mark is a word or a sign as well; without colour the terminal reads the same.
"""

from __future__ import annotations

from rich.style import Style
from textual.theme import Theme

BACKGROUND = "#0f1419"
INK = "#d3dae1"
QUIET = "#8592a0"
LINE = "#2c3641"
ACCENT = "#6fb7e0"
LATE = "#f0a868"
CURSOR = "#d7ebf8"
CURSOR_INK = "#0b1117"

ink = Style(color=INK)
quiet = Style(color=QUIET)
strong = Style(color="#ffffff", bold=True)
accent = Style(color=ACCENT)
key = Style(color=ACCENT, bold=True)
late = Style(color=LATE, bold=True)
mark = Style(color=ACCENT, bold=True)
dim = Style(color="#5d6874")
cursor = Style(color=CURSOR_INK, bgcolor=CURSOR, bold=True)
cursor_bar = Style(color="#1f6f9f")
title = Style(color=QUIET, underline=False)
chosen = Style(color="#ffffff", bold=True, underline=True)
hit = Style(color=ACCENT, bold=True)

THEME = Theme(
    name="ayuda",
    primary=ACCENT,
    secondary=ACCENT,
    accent=ACCENT,
    warning=LATE,
    error=LATE,
    success=ACCENT,
    foreground=INK,
    background=BACKGROUND,
    surface=BACKGROUND,
    panel="#151b22",
    dark=True,
    variables={"border": LINE},
)
