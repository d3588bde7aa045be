"""How well a text stands out from its background, as WCAG 2.2 measures it."""

from __future__ import annotations

from collections.abc import Iterator

from rich.color import Color
from rich.segment import Segment
from textual.screen import ModalScreen

from tests.analyst_tui.desk import Desk

LEAST = 4.5
"""Success criterion 1.4.3."""
_DRAWN = set("│─▌▁▂▃▄▅▆▇█▀▟▏▎▍▋▊▉┃▊▔▎ ")


def contrast(one: Color, other: Color) -> float:
    """From 1, nothing to be seen, to 21, black on white."""
    darker, brighter = sorted((_brightness(one), _brightness(other)))
    return (brighter + 0.05) / (darker + 0.05)


def _brightness(colour: Color) -> float:
    """Relative luminance."""
    shares = [channel / 255 for channel in colour.get_truecolor()]
    red, green, blue = (share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def painted(pilot: Desk) -> Iterator[Segment]:
    """Whatever is text on the screen, or on the sheet that lies over it."""
    screen = pilot.app.screen
    sheet = screen.children[0].region if isinstance(screen, ModalScreen) else screen.region
    for strip in screen._compositor.render_strips()[sheet.y : sheet.bottom]:
        yield from (piece for piece in strip.crop(sheet.x, sheet.right) if set(piece.text) - _DRAWN)


def painted_colours(pilot: Desk) -> Iterator[tuple[str, Color, Color]]:
    """Each text with the colour it has and the one it is on."""
    for piece in painted(pilot):
        style = piece.style
        assert style is not None
        assert style.color is not None
        assert style.bgcolor is not None
        ink, paper = (style.bgcolor, style.color) if style.reverse else (style.color, style.bgcolor)
        yield piece.text, ink, paper
