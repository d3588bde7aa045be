"""Whatever the desk shows can be read: in a dark look, in a light one, and without colours."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from rich.color import Color, ColorSystem

from analyst_tui import theme
from core.people import staff
from core.people.views import Staff
from tests.analyst_tui.contrast import LEAST, contrast, painted, painted_colours
from tests.analyst_tui.desk import SQLITE, at_desk, press, sees, settled, write
from tests.harness import cast
from tests.harness.terminal import Terminal

Session = tuple[str, Staff]
Open = Callable[..., Terminal]
COLOURED = pytest.mark.parametrize("look", [theme.DARK, theme.LIGHT], ids=lambda look: look.code)
TONES = [name for name in vars(theme) if name in theme.DARK.tones.styles and name in theme.LIGHT.tones.styles]


@COLOURED
@pytest.mark.parametrize("tone", TONES)
@pytest.mark.parametrize("system", [ColorSystem.TRUECOLOR, ColorSystem.EIGHT_BIT], ids=["all colours", "256 colours"])
def test_every_tone_stands_out_from_what_it_is_written_on(look: theme.Look, tone: str, system: ColorSystem) -> None:
    style = look.tones.styles[tone]
    cursor = look.tones.styles[theme.cursor].bgcolor
    papers = [cursor if tone.startswith("cursor") else Color.parse(str(p)) for p in (look.colours.background, look.colours.panel)]
    for paper in papers:
        assert paper is not None
        assert style.color is not None
        assert contrast(style.color.downgrade(system), paper.downgrade(system)) >= LEAST


@SQLITE
async def test_without_colours_no_colour_is_sent_and_the_cursor_is_still_marked(marta: Session) -> None:
    cast.ticket()
    async with at_desk(marta[0]) as pilot:
        pilot.app.wear(theme.PLAIN)  # type: ignore[attr-defined]
        await settled(pilot)
        pieces = list(painted(pilot))
        assert all(ink.is_default and paper.is_default for _, ink, paper in painted_colours(pilot))
        assert any(piece.style and piece.style.reverse and "AM-2026" in piece.text for piece in pieces)
        await press(pilot, "r")
        await write(pilot, "Hola")
        assert any(
            piece.style and piece.style.reverse for strip in pilot.app.screen._compositor.render_strips() for piece in strip
        )


@SQLITE
async def test_one_key_goes_from_look_to_look_at_once_on_all_screens(marta: Session) -> None:
    cast.ticket()
    async with at_desk(marta[0]) as pilot:
        await press(pilot, "enter")
        await sees(pilot, cast.TEXT)
        for look in (theme.LIGHT, theme.PLAIN, theme.DARK):
            await press(pilot, "f2")
            await sees(pilot, look.words)
            folio = next(piece for piece in painted(pilot) if "AM-2026" in piece.text)
            assert folio.style is not None
            assert folio.style.color == (look.tones.styles[theme.strong].color or Color.default())


@SQLITE
async def test_a_look_is_remembered_for_whoever_chose_it(marta: Session, pedro: Staff) -> None:
    async with at_desk(marta[0]) as pilot:
        await press(pilot, "f2")
    assert (staff.staff_of(marta[0]).habits, pedro.habits) == ({"claro"}, set())
    async with at_desk(marta[0]) as pilot:
        assert pilot.app.theme == "claro"


@SQLITE
@pytest.mark.parametrize("surroundings_say", [{"NO_COLOR": "1"}, {"TERM": "vt220"}, {"TERM": "dumb"}], ids=str)
def test_a_terminal_without_colours_gets_none(marta: Session, start: Open, surroundings_say: dict[str, str]) -> None:
    folio = cast.ticket()
    with start(marta[0], 120, 40, **surroundings_say) as terminal:
        terminal.wait(folio)
        terminal.settle()
        assert not re.search(rb"\x1b\[(?:[\d;]*;)?[34][0-8](?:;[\d;]*)?m", bytes(terminal.raw))
