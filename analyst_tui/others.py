"""Other tickets among the facts: the person's earlier ones and related ones, each with the number that opens it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from rich.text import Text

from analyst_tui import marks, naming, spoken, theme
from analyst_tui.shown import shown
from analyst_tui.widgets.pane import Block
from core import clock
from core.tickets.lists.views import TicketRow
from core.tickets.views import TicketSheet

_NUMBERED, _ROOM_FOR_RELATED = 9, 4


def earlier(sheet: TicketSheet, today: date) -> Iterator[Block]:
    """The person's other tickets."""
    if not sheet.earlier:
        yield Block(Text("Antes      ningún otro ticket", theme.quiet))
        return
    yield Block(Text(f"Antes: {spoken.counted(len(sheet.earlier), 'ticket', 'tickets')}", theme.quiet))
    for place, row in enumerate(_shown_earlier(sheet), start=1):
        yield from _numbered_lines(place, row, today)


def related(sheet: TicketSheet, today: date) -> Iterator[Block]:
    """Tickets that this one has to do with; their numbers go on after the earlier ones'."""
    if not sheet.related:
        return
    yield Block(Text(""))
    yield Block(Text(f"Relacionados: {spoken.counted(len(sheet.related), 'ticket', 'tickets')}", theme.quiet))
    first = len(_shown_earlier(sheet)) + 1
    for place, tie in enumerate(sheet.related[: _NUMBERED + 1 - first], start=first):
        yield from _numbered_lines(place, tie.row, today)
        if tie.reason:
            yield Block(shown(tie.reason, theme.accent), "  ")


def twins(sheet: TicketSheet) -> Iterator[Block]:
    """Other people's tickets about the same trámite: what they are told should not contradict this one."""
    if not sheet.twins and not sheet.hidden_twins:
        return
    hidden = f", y {sheet.hidden_twins} que no puedes ver" if sheet.hidden_twins else ""
    yield Block(
        Text(f"! Mismo trámite: {spoken.counted(len(sheet.twins), 'otra persona', 'otras personas')}{hidden}", theme.late)
    )
    for row in sheet.twins[:_ROOM_FOR_RELATED]:
        yield Block(shown(f"{row.folio} {marks.state(row)} · {row.assignee_name or 'sin asignar'}", theme.ink), "  ")
    yield Block(Text(""))


def twins_in_short(sheet: TicketSheet) -> Iterator[Block]:
    """The same in a line, for terminals where the facts do not fit."""
    row = sheet.twins[0]
    yield Block(shown(f"! Mismo trámite, otra persona: {row.folio} {marks.state(row)}", theme.late))


def _shown_earlier(sheet: TicketSheet) -> tuple[TicketRow, ...]:
    """The earlier tickets that have a number: they leave room for a few related ones."""
    return sheet.earlier[: _NUMBERED - min(len(sheet.related), _ROOM_FOR_RELATED)]


def numbered(sheet: TicketSheet) -> tuple[TicketRow, ...]:
    """The tickets that the facts give a number, in its order: earlier ones, then related ones."""
    return (*_shown_earlier(sheet), *(tie.row for tie in sheet.related))[:_NUMBERED]


def _numbered_lines(place: int, row: TicketRow, today: date) -> Iterator[Block]:
    """A ticket with its number, and under it when it came and what it is about."""
    text = Text(end="").append(f"{place} ", theme.key).append_text(shown(row.folio, theme.ink))
    yield Block(text.append(f" {marks.state(row)}", theme.quiet))
    yield Block(shown(f"{spoken.day(clock.day_of(row.opened_at), today)} · {naming.subject(row)}", theme.quiet), "  ")
