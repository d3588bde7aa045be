"""Tones and looks: a tone is the name of what a text is, a look says how each tone is painted.

Every mark is a word or a sign as well, so that the third look, without colours, reads the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from rich.console import Console
from rich.style import Style
from rich.theme import Theme as Tones
from textual.filter import LineFilter, NoColor
from textual.theme import Theme

Tone = str
ink: Tone = "ink"
quiet: Tone = "quiet"
strong: Tone = "strong"
accent: Tone = "accent"
key: Tone = "key"
late: Tone = "late"
mark: Tone = "mark"
dim: Tone = "dim"
cursor: Tone = "cursor"
cursor_bar: Tone = "cursor_bar"
title: Tone = "title"
chosen: Tone = "chosen"
hit: Tone = "hit"


class Colours(NamedTuple):
    """The few colours of a look: one accent, one for what is late, and the cursor, which stands out most."""

    background: str
    panel: str
    line: str
    ink: str
    strong: str
    quiet: str
    dim: str
    accent: str
    late: str
    cursor: str
    cursor_ink: str
    cursor_bar: str


class Look(NamedTuple):
    """How the desk is painted; `code` is what is kept of somebody's choice, `words` what the desk calls it."""

    code: str
    words: str
    tones: Tones
    colours: Theme
    filters: tuple[LineFilter, ...] = ()

    def dress(self, console: Console) -> None:
        """Let a console know these tones."""
        console.push_theme(self.tones)


_DARK = Colours(
    background="#0f1419",
    panel="#151b22",
    line="#2c3641",
    ink="#d3dae1",
    strong="#ffffff",
    quiet="#98a4b0",
    dim="#838e9a",
    accent="#6fb7e0",
    late="#f0a868",
    cursor="#d7ebf8",
    cursor_ink="#0b1117",
    cursor_bar="#155a83",
)
_LIGHT = Colours(
    background="#fbfbf9",
    panel="#f0efeb",
    line="#c5c2ba",
    ink="#20272e",
    strong="#000000",
    quiet="#4b555f",
    dim="#5e6770",
    accent="#0a5a8c",
    late="#933a00",
    cursor="#123d5c",
    cursor_ink="#ffffff",
    cursor_bar="#9fd6f6",
)
_PLAIN = {
    ink: Style(),
    quiet: Style(),
    strong: Style(bold=True),
    accent: Style(),
    key: Style(bold=True),
    late: Style(bold=True),
    mark: Style(bold=True),
    dim: Style(),
    cursor: Style(bold=True, reverse=True),
    cursor_bar: Style(bold=True, reverse=True),
    title: Style(underline=True),
    chosen: Style(bold=True, underline=True),
    hit: Style(underline=True),
}


def _tones(of: Colours) -> Mapping[Tone, Style]:
    """How the tones look in these colours."""
    return {
        ink: Style(color=of.ink),
        quiet: Style(color=of.quiet),
        strong: Style(color=of.strong, bold=True),
        accent: Style(color=of.accent),
        key: Style(color=of.accent, bold=True),
        late: Style(color=of.late, bold=True),
        mark: Style(color=of.accent, bold=True),
        dim: Style(color=of.dim),
        cursor: Style(color=of.cursor_ink, bgcolor=of.cursor, bold=True),
        cursor_bar: Style(color=of.cursor_bar),
        title: Style(color=of.quiet),
        chosen: Style(color=of.strong, bold=True, underline=True),
        hit: Style(color=of.accent, bold=True),
    }


def _textual(name: str, of: Colours, dark: bool, **variables: str) -> Theme:
    """The same colours for what Textual paints itself: backgrounds, fields, scrollbars."""
    return Theme(
        name=name,
        primary=of.accent,
        secondary=of.accent,
        accent=of.accent,
        warning=of.late,
        error=of.late,
        success=of.accent,
        foreground=of.ink,
        background=of.background,
        surface=of.background,
        panel=of.panel,
        dark=dark,
        variables={"border": of.line, "text-disabled": of.quiet, **variables},
    )


DARK = Look("oscuro", "oscuro", Tones(_tones(_DARK)), _textual("oscuro", _DARK, dark=True))
LIGHT = Look("claro", "claro", Tones(_tones(_LIGHT)), _textual("claro", _LIGHT, dark=False))
PLAIN = Look(
    "sin_color",
    "sin colores",
    Tones(_PLAIN),
    _textual("sin_color", _DARK, dark=True, **{"input-cursor-text-style": "reverse"}),
    (NoColor(),),
)
LOOKS = {look.code: look for look in (DARK, LIGHT, PLAIN)}


def after(look: Look) -> Look:
    """The next of the looks, the first again after the last."""
    looks = list(LOOKS.values())
    return looks[(looks.index(look) + 1) % len(looks)]
