"""What holds on every screen of the desk, whoever added it: see `walk`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from rich.cells import cell_len
from textual.screen import ModalScreen

from analyst_tui import theme
from core.people.views import Staff
from tests.analyst_tui import hostile, walk
from tests.analyst_tui.contrast import LEAST, contrast, painted_colours
from tests.analyst_tui.desk import Desk, lines, screen, session, settled
from tests.analyst_tui.inert import dangerous, inert
from tests.harness.databases import copy_of, lent
from tests.harness.wants import sweep

NAMES = sorted(walk.WAYS)
EACH = pytest.mark.parametrize("name", NAMES)
SOME = pytest.mark.parametrize("name", sweep(NAMES, 16))
SOME_IN_EACH_LOOK = sweep([(name, look) for name in NAMES for look in (theme.DARK, theme.LIGHT)], 16)
SIZES = ((80, 24), (96, 30), (120, 40), (160, 48), (200, 20), (300, 80))
DRAWN = re.compile("[\u2500-\u25ff]")
ENGLISH = frozenset(
    re.findall(
        r"\w+",
        "the and of to in for with you your is are not this that all any close cancel search find help press key keys page line "
        "select selected copy paste cut undo redo quit exit save file files open delete new next previous back forward "
        "screen theme toggle show hide maximize minimize command palette loading yes ok done type invalid required empty value "
        "word text title today yesterday tomorrow monday tuesday wednesday thursday friday january february day days week hour "
        "hours minute minutes second ago due late waiting queue answer note draft sent unread assigned",
    )
)


@pytest.fixture(scope="module")
def lived(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A database in which somebody has lived, and a supervisor's session in it."""
    from core.mail import outbox

    folder = tmp_path_factory.mktemp("life")
    with lent(sqlite_template, folder):
        outbox.configure("http://127.0.0.1:8000", "Ayuda <no-responder@servicio.example>")
        chief: Staff = session("Eva Díaz", role="supervisor", rights=("nna", "reservada"), cap=50)[1]
        token = walk.live(chief)
    return folder / "ayuda.db", token


@pytest.fixture
def token(lived: tuple[Path, str], tmp_path: Path, still_clock: int, keys: None) -> Iterator[str]:
    """The session, with a copy of that database of the test's own."""
    from core.database import binding

    binding.bind(copy_of(lived[0], tmp_path), durable=False)
    yield lived[1]
    binding.unbind()


def fits(pilot: Desk, size: tuple[int, int]) -> None:
    width, height = size
    shown = lines(pilot)
    assert len(shown) == height
    assert all(cell_len(line) <= width for line in shown), screen(pilot)
    over = pilot.app.screen
    if isinstance(over, ModalScreen):
        sheet = over.children[0].region
        assert over.region.contains_region(sheet), (sheet, size)
        assert any(line.strip() for line in shown[sheet.y : sheet.bottom])
    else:
        assert shown[-1].strip(), screen(pilot)


def test_there_is_a_way_to_every_screen() -> None:
    assert set(walk.WAYS) == walk.screens()


@SOME
async def test_hostile_words_are_shown_as_words_wherever_somebody_wrote_them(token: str, name: str) -> None:
    walk.poison("".join(hostile.NASTIEST))
    for size in sweep(((80, 24), (160, 48)), 1):
        async with walk.at(name, token, size) as pilot:
            assert dangerous(await inert(pilot)) == set()
            assert pilot.app.is_running


@EACH
async def test_it_fits_every_size_also_while_it_is_open(token: str, name: str) -> None:
    async with walk.at(name, token, SIZES[-1]) as pilot:
        for size in sweep(SIZES, 2):
            await pilot.resize_terminal(*size)
            await settled(pilot)
            fits(pilot, size)


@SOME
async def test_it_says_nothing_in_english(token: str, name: str) -> None:
    async with walk.at(name, token, (160, 60)) as pilot:
        said = set(re.findall(r"\b[a-záéíóúñü']+\b", screen(pilot).lower()))
        assert said & ENGLISH == set()


@pytest.mark.parametrize(("name", "look"), SOME_IN_EACH_LOOK, ids=lambda each: getattr(each, "code", each))
async def test_it_can_be_read_in_both_looks(token: str, name: str, look: theme.Look) -> None:
    async with walk.at(name, token, (160, 48)) as pilot:
        pilot.app.wear(look)  # type: ignore[attr-defined]
        await settled(pilot)
        for words, ink, paper in painted_colours(pilot):
            assert contrast(ink, paper) >= LEAST, (words, ink, paper)


@SOME
async def test_in_the_linear_mode_nothing_is_drawn_and_the_cursor_stands_where_there_is_something(token: str, name: str) -> None:
    async with walk.at(name, token, (100, 40), linear=True) as pilot:
        await settled(pilot)
        assert not DRAWN.search(screen(pilot)), screen(pilot)
        x, y = pilot.app.cursor_position
        typed = pilot.app.screen.focused is not None and "-typed" in pilot.app.screen.focused.classes
        assert typed or lines(pilot)[y].strip(), f"nothing at {x}, {y}\n{screen(pilot)}"
