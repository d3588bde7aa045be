"""The list of tickets: a million rows of which only the visible ones are painted and loaded."""

from __future__ import annotations

from collections.abc import Callable

from rich.segment import Segment
from textual import events
from textual.geometry import Offset, Region, Size
from textual.message import Message
from textual.reactive import Reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from analyst_tui import linear, theme
from analyst_tui.shown import fitted
from analyst_tui.widgets.columns import Shape, row_pieces
from analyst_tui.widgets.moment import Moment
from analyst_tui.widgets.window import Window
from core.tickets.lists.views import TicketRow

_BAR, _NO_BAR = "▌", " "
_MARK, _NO_MARK = "●", " "
_STRIPS_KEPT = 1000
_STEPS = 8
"""Of the scrollbar's thumb within a cell."""


class TicketList(ScrollView, can_focus=True, inherit_bindings=False):
    """Rows with a cursor that stays on its ticket and on its line of the screen while the list changes."""

    DEFAULT_CSS = "TicketList { overflow-x: hidden; scrollbar-size-vertical: 1; }"
    virtual_size = Reactive(Size(0, 0))
    """The list's size: unlike Textual's, it lets no search arrange the whole screen anew, where the scrollbar stays."""

    class Wanted(Message):
        """Rows that are on the screen have not been loaded yet."""

    class Opened(Message):
        """Somebody opened the ticket under the cursor with the mouse."""

    def __init__(self, moved: Callable[[], object]) -> None:
        """`moved` is told when another ticket is under the cursor: at once, so that all of it is painted together."""
        super().__init__(id="tickets")
        self._moved = moved
        self.window = Window()
        self.cursor = 0
        self.searching = False
        self.one_analyst = False
        self.words: tuple[str, ...] = ()
        """The folded words that were looked for."""
        self.order = ""
        self.moment = Moment.present()
        self.marked: dict[int, TicketRow] = {}
        """The rows that something is to be done to together, by their tickets."""
        self._strips: dict[tuple[TicketRow | None, bool, bool], Strip] = {}
        self._painted_as: tuple[Shape, Moment, str, tuple[str, ...]] | None = None

    @property
    def current(self) -> TicketRow | None:
        """The ticket under the cursor."""
        return self.window.row(self.cursor)

    @property
    def top(self) -> int:
        """The place in the list of the first line on the screen."""
        return int(self.scroll_offset.y)

    @property
    def shape(self) -> Shape:
        """What decides the columns."""
        return Shape(self.scrollable_content_region.width, self.searching, self.one_analyst)

    @property
    def lines(self) -> int:
        """How many rows are on the screen at once."""
        return max(int(self.scrollable_content_region.height), 1)

    def replace(self, total: int, pages: dict[int, tuple[TicketRow, ...]], cursor: int, line: int) -> None:
        """Show another list, the cursor at a place of it and on a line of the screen."""
        self.window.fill(total, pages)
        self.moment = Moment.present()
        self.cursor = max(min(cursor, total - 1), 0)
        self.virtual_size = Size(1, total)
        self.scroll_to(y=max(min(self.cursor - line, total - self.lines), 0), animate=False)
        self._settle()
        self.refresh()

    def put(self, page: int, rows: tuple[TicketRow, ...]) -> None:
        """Show a page of rows that has been loaded."""
        self.window.put(page, rows)
        self.refresh()
        self._moved()

    def move_to(self, place: int) -> None:
        """Put the cursor at a place of the list, scrolling no more than needed."""
        before, self.cursor = self.cursor, max(min(place, self.window.total - 1), 0)
        first, lines = self.top, self.lines
        if self.cursor < first:
            self.scroll_to(y=self.cursor, animate=False)
        elif self.cursor >= first + lines:
            self.scroll_to(y=self.cursor - lines + 1, animate=False)
        self.refresh_line(before)
        self.refresh_line(self.cursor)
        self._settle()

    def move_by(self, rows: int) -> None:
        """Move the cursor up or down."""
        self.move_to(self.cursor + rows)

    def move_page(self, pages: int) -> None:
        """Move by whole screens, the cursor staying on its line where the list allows it."""
        step = pages * max(self.lines - 1, 1)
        furthest = max(self.window.total - self.lines, 0)
        self.scroll_to(y=max(min(self.top + step, furthest), 0), animate=False)
        self.move_by(step)
        self.refresh()

    def missing(self) -> tuple[int, ...]:
        """The pages to load: those on the screen, or else those that are about to be."""
        first, last = self.top, self.top + self.lines
        return self.window.missing(first, last) or self.window.missing(first - self.lines, last + self.lines)

    def _settle(self) -> None:
        if self.missing():
            self.post_message(self.Wanted())
        self._moved()

    def watch_virtual_size(self, size: Size) -> None:
        self._scroll_update(size)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        if self._thumb(old_value) == self._thumb(new_value):
            self.refresh(self.size.region)
        else:
            super().watch_scroll_y(old_value, new_value)
        if self.missing():
            self.post_message(self.Wanted())

    def _thumb(self, top: float) -> int:
        """Where the scrollbar's thumb is painted: in a long list it stays while many rows pass."""
        return int(top * self.lines * _STEPS / max(self.window.total, 1))

    def on_resize(self, event: events.Resize) -> None:
        line = self.cursor - self.top
        if not 0 <= line < self.lines:
            self.move_to(self.cursor)
        self._settle()

    def on_click(self, event: events.Click) -> None:
        place = self.top + event.y
        if place < self.window.total:
            self.move_to(place)
            if event.chain == 2:
                self.post_message(self.Opened())

    def render_lines(self, crop: Region) -> list[Strip]:
        """The rows as they are kept: Textual's own way puts a frame around each line, and there is none here."""
        shape, top = self.shape, self.top
        wanted = shape, self.moment, self.app.theme, self.words
        if self._painted_as != wanted or len(self._strips) > _STRIPS_KEPT:
            self._painted_as = wanted
            self._strips.clear()
        base = self.visual_style.rich_style  # for the scrollbar's cell, in the first picture, which knows of none yet
        return [self._line(top + y, shape).crop_extend(*crop.column_span, base) for y in crop.line_range]

    def _line(self, place: int, shape: Shape) -> Strip:
        if place >= self.window.total:
            return self._filtered(Strip.blank(shape.width, self.visual_style.rich_style))
        if linear.is_on(self.app):
            return self._filtered(self._told(place, shape))
        row = self.window.row(place)
        look = row, place == self.cursor, row is not None and row.id in self.marked
        strip = self._strips.get(look)
        if strip is None:
            strip = self._strips[look] = self._filtered(self._strip(*look, shape))
        return strip

    def _told(self, place: int, shape: Shape) -> Strip:
        """A row as a sentence."""
        row, total = self.window.row(place), self.window.total
        words = linear.sentence(row, place, total, self.moment) if row else f"{place + 1} de {total}, cargando"
        if row is not None and row.id in self.marked:
            words = f"Marcado, {words}"
        tone = theme.cursor if place == self.cursor else theme.ink
        style = self.visual_style.rich_style + self.app.console.get_style(tone)
        return Strip([Segment(fitted(words, shape.width), style)], shape.width)

    def reading_place(self) -> Offset | None:
        """The row of the cursor, unless somebody types elsewhere."""
        return self.content_region.offset + Offset(0, self.cursor - self.top) if self.has_focus else None

    def _filtered(self, strip: Strip) -> Strip:
        """Without colours, where somebody wants none."""
        for each in self.get_line_filters():
            strip = strip.apply_filter(each, self.background_colors[1])
        return strip

    def _strip(self, row: TicketRow | None, at_cursor: bool, marked: bool, shape: Shape) -> Strip:
        base, width, style_of = self.visual_style.rich_style, shape.width, self.app.console.get_style
        pieces = row_pieces(row, shape, self.moment, self.words) if row else [("…".ljust(max(width - 2, 0)), theme.quiet)]
        if at_cursor:
            style = base + style_of(theme.cursor)
            text = "".join(text for text, _ in pieces)
            bar = Segment(_BAR + (_MARK if marked else _NO_MARK), style + style_of(theme.cursor_bar))
            return Strip([bar, Segment(fitted(text, max(width - 2, 0)), style)]).adjust_cell_length(width, style)
        painted = [Segment(text, base + style_of(tone)) for text, tone in pieces]
        lead = Segment(_NO_BAR + _MARK, base + style_of(theme.mark)) if marked else Segment(_NO_BAR + _NO_MARK, base)
        return Strip([lead, *painted]).adjust_cell_length(width, base)
