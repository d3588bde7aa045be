"""Nothing that stands in a canned answer, a finding or a letter reaches the terminal as anything but text."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from rich.console import Console

from analyst_tui import canned_words
from analyst_tui.screens import canned_book, canned_history, gate
from analyst_tui.widgets.pane import Block
from core.canned import reading
from core.canned.views import Canned, Page, Version
from core.people.views import Staff
from core.tickets.answers import previewing
from core.tickets.answers.views import LetterPreview
from core.tickets.views import Finding
from tests.analyst_tui import hostile
from tests.analyst_tui.desk import SQLITE, at_desk, press
from tests.analyst_tui.inert import dangerous, inert
from tests.harness import cast
from tests.harness.wants import sweep

Session = tuple[str, Staff]
CONSOLE = Console(width=60, force_terminal=True)


def canned(text: str) -> Canned:
    texts = {"es": f"{text}{{nombre}}[[{text}]]", "en": text, "ht": "", "pt": text}
    page = Page(text, (text,), text, text, date(2099, 1, 1), texts, frozenset({"en"}))
    return Canned(1, text, Version(1, 1, text, "escrita", page), 2, 1)


def blocks(text: str) -> Iterator[Block]:
    each = canned(text)
    yield from canned_book.titles([each], 0)
    yield from canned_book.told(each, "en")
    yield from canned_history.told([each.version], 0)
    yield from gate.told([Finding("run", text, 0, 1), Finding("caducada", text, hard=True)], text)
    yield Block(canned_words.text(each.page.texts["es"], {"nombre": text}))


def test_everything_painted_from_every_text_of_the_corpus_is_plain_and_inert(sqlite_database: str) -> None:
    for text in hostile.texts():
        for block in blocks(text):
            for line in block.text.wrap(CONSOLE, 40):
                line.end = ""
                for piece in line.render(CONSOLE):
                    assert dangerous(piece.text) == set(), repr(text)
                    assert piece.style is None or (piece.style.meta == {} and piece.style.link is None), repr(text)


@SQLITE
@pytest.mark.parametrize("text", sweep(hostile.NASTIEST, 5))
async def test_finder_letter_gate_and_book_show_hostile_words_as_text(
    marta: Session, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    monkeypatch.setattr(reading, "answers", lambda me: (canned(text),))
    monkeypatch.setattr(reading, "history", lambda me, canned_id: (canned(text).version,))
    monkeypatch.setattr(previewing, "preview", lambda *asked: LetterPreview("es", text, text))
    cast.ticket()
    async with at_desk(marta[0]) as pilot:
        await press(pilot, "enter", "r", "ctrl+t")
        assert dangerous(await inert(pilot)) == set()
        await press(pilot, "enter", "ctrl+o")
        assert dangerous(await inert(pilot)) == set()
        await press(pilot, "escape", "ctrl+s")
        assert dangerous(await inert(pilot)) == set()
        await press(pilot, "escape", "f8", "y")
        assert dangerous(await inert(pilot)) == set()
        assert pilot.app.is_running
