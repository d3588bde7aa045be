"""No text that a person wrote reaches the terminal as anything but text."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from rich.console import Console
from rich.segment import Segment
from textual.geometry import Region
from textual.widgets import Input

from analyst_tui import feed, telling
from analyst_tui.shown import fitted, one_line, shown
from analyst_tui.widgets.columns import Shape, row_pieces, title_parts
from analyst_tui.widgets.moment import Moment
from analyst_tui.widgets.ticket_list import TicketList
from core.people.views import Staff
from core.tickets import presence
from core.tickets.asides import history, mentions, related, tags, taking_out
from core.tickets.asides.history import Happened
from core.tickets.asides.mentions import Colleague
from core.tickets.asides.taking_out import DownloadLink
from core.tickets.searching.views import Found
from tests.analyst_tui import hostile
from tests.analyst_tui.desk import SQLITE, at_desk, lines, press
from tests.analyst_tui.inert import dangerous, inert
from tests.harness import cast
from tests.harness.wants import sweep

Session = tuple[str, Staff]
CONSOLE = Console(width=60, force_terminal=True)


def of_blocks(text: str) -> Iterator[Segment]:
    sheet = hostile.sheet(text)
    told = (telling.conversation, telling.facts, telling.brief)
    blocks = [*(block for tell in told for block in tell(sheet)), *telling.preview(sheet.row, sheet)]
    for block in blocks:
        for line in block.text.wrap(CONSOLE, 40):
            line.end = ""
            yield from line.render(CONSOLE)


def test_everything_painted_from_every_text_of_the_corpus_is_plain_and_inert() -> None:
    at = Moment(1, hostile.row("").due_on)
    for text in sweep(list(hostile.texts()), 300):
        assert all(dangerous(piece) == set() for piece, _ in row_pieces(hostile.row(text), Shape(160, True), at)), repr(text)
        for piece in of_blocks(text):
            assert piece.control is None
            assert dangerous(piece.text) == set(), repr(text)
            assert piece.style is None or (piece.style.meta == {} and piece.style.link is None), repr(text)


def test_what_can_be_seen_of_a_text_is_shown_letter_by_letter() -> None:
    for text in hostile.NASTIEST:
        expected = [c for c in text if not dangerous(c)]
        assert [c for c in shown(text).plain if not c.isspace()] == [c for c in expected if not c.isspace()]
        assert [c for c in one_line(text) if not c.isspace()] == [c for c in expected if not c.isspace()]
    assert shown("[bold]ñ[/bold]").plain == "[bold]ñ[/bold]"
    assert fitted("[/", 4) == "[/  "


def test_legitimate_names_are_shown_unchanged() -> None:
    for name in ("Ñamandú", "D'Ángelo", "Nguyễn Thị", "José-María", "王秀英", "Õunapuu", "Mbah ǃXóõ"):
        assert one_line(name) == name


@SQLITE
@pytest.mark.parametrize("text", sweep(hostile.NASTIEST, 5))
async def test_every_screen_shows_a_hostile_ticket_as_text(chief: Session, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    cast.ticket()
    sheet = hostile.sheet(text)
    monkeypatch.setattr(feed, "sheet", lambda me, ticket_id, reason=None: sheet)
    found = Found(text, (sheet.row,), True, (text,), (sheet.row.id,), also=text)
    monkeypatch.setattr(feed, "sought", lambda *asked: feed.Sought(found, {0: found.rows}, 0, None))
    monkeypatch.setattr(presence, "look", lambda me, ticket_id, writing: sheet.watchers)
    for size in sweep(((80, 24), (160, 48)), 1):
        async with at_desk(chief[0], size=size) as pilot:
            await press(pilot, "slash", "a", "b")
            assert dangerous(await inert(pilot)) == set()
            await press(pilot, "enter")
            assert dangerous(await inert(pilot)) == set()
            await press(pilot, "f", "f", "r", "r")
            assert dangerous(await inert(pilot)) == set()
            pilot.app.screen.say(text, alarm=True)  # type: ignore[attr-defined]
            assert dangerous(await inert(pilot)) == set()
            assert pilot.app.is_running


@SQLITE
@pytest.mark.parametrize("text", sweep(hostile.NASTIEST, 5))
async def test_what_is_kept_beside_a_hostile_ticket_is_shown_as_text(
    chief: Session, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    cast.ticket()
    sheet = hostile.sheet(text)
    monkeypatch.setattr(feed, "sheet", lambda me, ticket_id, reason=None: sheet)
    monkeypatch.setattr(presence, "look", lambda me, ticket_id, writing: sheet.watchers)
    monkeypatch.setattr(history, "of_ticket", lambda me, ticket_id: (Happened(1, text, text, text, text),))
    monkeypatch.setattr(related, "proposed", lambda me, ticket_id: (hostile.row(text, 4),))
    monkeypatch.setattr(tags, "begun", lambda me, typed: (text,))
    monkeypatch.setattr(mentions, "colleagues", lambda me, ticket_id: (Colleague(9, text, text),))
    monkeypatch.setattr(taking_out, "link", lambda me, ticket_id, what: DownloadLink(text, 1))
    async with at_desk(chief[0], size=(80, 24), remote=True) as pilot:
        await press(pilot, "enter")
        for keys in (("y", "i"), ("l", "tab"), ("o", "j"), ("n", "@")):
            await press(pilot, *keys)
            assert dangerous(await inert(pilot)) == set()
            while len(pilot.app.screen_stack) > 2:
                await press(pilot, "escape")
        assert pilot.app.is_running


@SQLITE
async def test_what_is_typed_or_pasted_into_a_line_is_shown_as_text(marta: Session) -> None:
    from textual.events import Paste

    async with at_desk(marta[0]) as pilot:
        for text in hostile.NASTIEST:
            await press(pilot, "slash")
            pilot.app.screen.query_one(Input).post_message(Paste(text))
            assert dangerous(await inert(pilot)) == set()
            await press(pilot, "escape")


@SQLITE
async def test_a_list_of_the_whole_corpus_is_painted(chief: Session) -> None:
    rows = tuple(hostile.row(text, number) for number, text in enumerate(hostile.texts(), start=1))
    async with at_desk(chief[0]) as pilot:
        tickets = pilot.app.screen.query_one(TicketList)
        pages = {at // 100: rows[at : at + 100] for at in range(0, len(rows), 100)}
        tickets.replace(len(rows), pages, 0, 0)
        for _ in range(0, len(rows), 30):
            await pilot.press("pagedown")
            strips = tickets.render_lines(Region(0, 0, *tickets.size))
            assert all(dangerous(strip.text) == set() for strip in strips)
        assert "".join(part.text for part in title_parts(tickets.shape)).strip() in "\n".join(lines(pilot))
