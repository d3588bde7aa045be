"""What a row of the list says, and in how many cells, at every width of the terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from rich.cells import cell_len

from analyst_tui import finds, marks, naming, spoken, theme
from analyst_tui.shown import fitted, one_line
from analyst_tui.widgets.line import Part
from analyst_tui.widgets.moment import Moment
from core.tickets.lists.views import TicketRow

Piece = tuple[str, theme.Tone]
"""A text and what it is."""
_GAP = " "
BY_COLUMN = "order:"
"""What a click on a title is called, before the code of its order."""
_EDGE = 2  # the cursor's bar and a blank


class Column(NamedTuple):
    """One column: `share` of what is left when all the fixed widths are served."""

    title: str
    width: int
    says: Callable[[TicketRow, Moment], Piece]
    share: int = 0
    right: bool = False
    order: str = ""
    """The code of the order that goes by it."""


def _subject(row: TicketRow, _: Moment) -> Piece:
    return naming.subject(row), theme.ink


def _age(row: TicketRow, at: Moment) -> Piece:
    return spoken.age(row.opened_at, row.legal_on, at.now, at.today), theme.ink


_DUE = Column("Vence", 9, lambda row, at: marks.due(row, at.today), order="vence")
_FOLIO = Column("Folio", 16, lambda row, _: (row.folio, theme.ink), order="folio")
_AGE = Column("Edad", 9, _age, right=True, order="edad")
_STATE = Column("Estado", 11, lambda row, _: (marks.state(row), theme.quiet), order="estado")
_TIPO = Column("Tipo", 10, lambda row, _: (naming.tipo(row.tipo), theme.quiet), order="tipo")
_SUBJECT = Column("Asunto", 12, _subject, share=3, order="asunto")
_PERSON = Column("Persona", 10, lambda row, _: (naming.person(row), theme.ink), share=2, order="persona")
_TRAMITE = Column("Trámite", 12, lambda row, _: (row.tramite or "—", theme.quiet), order="tramite")
_WHO = Column("Analista", 12, lambda row, _: (row.assignee_name or "—", theme.quiet), order="analista")
_MATCHED = Column("Coincide", 9, lambda row, _: (row.matched, theme.hit))

_SEARCHED = (_PERSON, _TRAMITE, _FOLIO)
_WIDEST_PERSON = 28
_WIDE_SUBJECT = 28


class Shape(NamedTuple):
    """What decides the columns of a list."""

    width: int
    searching: bool = False
    one_analyst: bool = False
    """All its rows have the same analyst, or none."""


def columns_for(shape: Shape) -> tuple[Column, ...]:
    """The columns that a list of this shape has room for."""
    width = shape.width
    matched = (_MATCHED,) if shape.searching else ()
    who = () if shape.one_analyst else (_WHO,)
    if width < 62:
        return (_DUE, _FOLIO, *matched, _SUBJECT)
    if width < 76:
        return (_DUE, _FOLIO, *(matched or (_AGE,)), _SUBJECT, _PERSON)
    if width < 100:
        state = () if shape.one_analyst else (_STATE,)
        return (_DUE, _FOLIO, *(matched or (_AGE,)), *state, _SUBJECT, _PERSON)
    if width < 130:
        return (_DUE, _FOLIO, _AGE, _STATE, *(matched or (_TIPO,)), _SUBJECT, _PERSON, *who)
    return (_DUE, _FOLIO, _AGE, _STATE, *matched, _TIPO, _SUBJECT, _PERSON, _TRAMITE, *who)


def widths_for(columns: Iterable[Column], width: int) -> tuple[int, ...]:
    """How many cells each column gets."""
    columns = tuple(columns)
    left = width - _EDGE - sum(c.width for c in columns) - len(_GAP) * (len(columns) - 1)
    shares = sum(c.share for c in columns) or 1
    widths = [c.width + max(left, 0) * c.share // shares for c in columns]
    if _PERSON in columns and _SUBJECT in columns:
        person, subject = columns.index(_PERSON), columns.index(_SUBJECT)
        surplus = max(widths[person] - _WIDEST_PERSON, 0)
        widths[person] -= surplus
        widths[subject] += surplus + max(width - _EDGE - sum(widths) - len(_GAP) * (len(columns) - 1) - surplus, 0)
    return tuple(widths)


@lru_cache(64)
def _layout(shape: Shape) -> tuple[tuple[Column, int], ...]:
    columns = columns_for(shape)
    return tuple(zip(columns, widths_for(columns, shape.width), strict=True))


def title_parts(shape: Shape, order: str = "") -> list[Part]:
    """The column titles, placed as the rows are, each with the click that sorts by it; an arrow says the order they stand in."""
    parts, gap = [Part(" " * _EDGE, theme.title)], ""
    for column, cells in _layout(shape):
        arrow = "" if not order or order.removeprefix("-") != column.order else " ↓" if order.startswith("-") else " ↑"
        title = fitted(f"{'  ' if column is _DUE else ''}{column.title}{arrow}", cells, column.right)
        parts.append(Part(gap + title, theme.title, f"{BY_COLUMN}{column.order}" if column.order else ""))
        gap = _GAP
    return parts


def row_pieces(row: TicketRow, shape: Shape, at: Moment, words: Sequence[str] = ()) -> list[Piece]:
    """A row of the list, `shape.width` cells wide with the room of its cursor bar, which is not painted here.

    Words that were looked for are pieces of their own, in the columns where an analyst would look for them.

    Neighbours of one tone are one piece: a screen of rows is then half as many bytes on the line.
    """
    pieces: list[Piece] = []
    left = shape.width - _EDGE
    for column, cells in _layout(shape):
        text, tone = column.says(row, at)
        mark = _beside_subject(row, cells) if column is _SUBJECT else ""
        gap = _GAP if left > cells else ""
        left -= cells + len(gap)
        if mark and cell_len(mark) + 4 < cells:
            pieces.append((fitted(text, cells - cell_len(mark) - 1, column.right) + " ", tone))
            pieces.append((mark + gap, theme.mark))
        else:
            cell = fitted(text, cells, column.right) + gap
            pieces += finds.pieces(cell, words, tone) if words and column in _SEARCHED else [(cell, tone)]
    if left > 0:
        pieces.append((" " * left, pieces[-1][1]))
    return [("".join(text for text, _ in run), tone) for tone, run in groupby(pieces, key=itemgetter(1))]


def _beside_subject(row: TicketRow, cells: int) -> str:
    """The mark of its route, and before it as many tags as a third of a wide subject's cells has room for."""
    worn, room = "", cells // 3 if cells >= _WIDE_SUBJECT else 0
    for tag in row.tags:
        longer = f"{worn}#{one_line(tag)} "
        if cell_len(longer) > room:
            break
        worn = longer
    return f"{worn}{marks.route(row)}".rstrip()
