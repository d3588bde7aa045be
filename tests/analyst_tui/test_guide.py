"""The one-page guide says what the desk does, in its keys; so does the top of the help page."""

from __future__ import annotations

import re
import tomllib

from analyst_tui import keymap, marks
from analyst_tui.commands import COMMANDS, all_key_words, check_keymap
from core.people.views import Staff
from core.tickets.searching.keys import KEYS
from tests.analyst_tui.desk import SQLITE, at_desk, press, screen, sees
from tests.harness.processes import ROOT

Session = tuple[str, Staff]
GUIDE = (ROOT / "docs" / "guia-analistas.md").read_text(encoding="utf-8")
PAGE = 62, 130
"""Lines and columns of one A4 page."""
TOLD = {(key, command.words) for command in COMMANDS for key in all_key_words(command.keys).split()}
ONE_WORD = re.compile(r"`([^` ]+)`")


def test_it_is_one_page() -> None:
    lines = GUIDE.splitlines()
    assert (len(lines) <= PAGE[0], max(map(len, lines)) <= PAGE[1]) == (True, True)


def test_every_key_in_its_table_does_what_it_says() -> None:
    rows = [re.split(r"\s*\|\s*", line.strip("| ")) for line in GUIDE.splitlines() if line.startswith("| `")]
    pairs = {(cells[at].strip("`"), cells[at + 1]) for cells in rows for at in range(0, len(cells) - 1, 2) if cells[at]}
    assert len(pairs) > 20
    assert pairs - TOLD == set()


def test_every_key_in_its_text_is_one_of_the_desk() -> None:
    keys = {key for key, _ in TOLD}
    told = {word for word in ONE_WORD.findall(GUIDE) if ":" not in word and word not in (keymap.FILE, "2º")}
    assert told - keys == set()


def test_every_key_of_the_search_line_exists() -> None:
    told = set(re.findall(r"\b([a-z]+):(?=[`a-z])", GUIDE))
    assert len(told) > 10
    assert told - set(KEYS) == set()


def test_every_mark_is_one_of_the_desk() -> None:
    told = set(re.findall(r"`([▲◆■●] [^`]+)`", GUIDE))
    assert told
    assert told <= set(marks._ROUTES.values())


@SQLITE
async def test_the_help_page_begins_with_the_loop_in_the_keys_that_hold_here(marta: Session) -> None:
    async with at_desk(marta[0], size=(120, 50), keys={"lista.take": "y"}) as pilot:
        await press(pilot, "question_mark")
        await sees(pilot, "Una vuelta")
        top = screen(pilot).split("Teclas de esta pantalla")[0]
        assert re.search(r"\by +toma el ticket que más apura", top)
        assert re.search(r"ctrl\+s +la envía", top)


def test_the_keymaps_that_are_shown_as_examples_would_be_taken() -> None:
    operate = (ROOT / "docs" / "operate.md").read_text(encoding="utf-8")
    shown = re.findall(r"^\`?([a-z-]+\.[a-z_]+ = \"[^\"]+\")|\`([a-z-]+\.[a-z_]+ = \"[^\"]+\")\`", GUIDE + operate, re.MULTILINE)
    examples = [tomllib.loads("\n".join(filter(None, lines))) for lines in shown]
    assert len(examples) >= 4
    for place in examples:
        check_keymap({f"{name}.{code}": key for name, keys in place.items() for code, key in keys.items()})
