"""A scrolling pane of wrapped text: conversation, facts, preview, help and figures are all this."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from rich.segment import Segment
from rich.text import Text
from textual import events
from textual.geometry import Offset, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from analyst_tui import linear, theme


class Block(NamedTuple):
    """A paragraph; `lead` stands before its first line and `again` before the others (the lead itself if not said)."""

    text: Text
    lead: str = ""
    lead_tone: theme.Tone = ""
    again: str | None = None


class Pane(ScrollView, can_focus=False):
    """Blocks of text, wrapped to the pane's width or to `widest`, painted line by line."""

    DEFAULT_CSS = "Pane { overflow-x: hidden; scrollbar-size-vertical: 1; padding: 0 1; }"

    def __init__(self, id: str | None = None, widest: int | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._widest = widest
        self._blocks: tuple[Block, ...] = ()
        self._lines: list[list[Segment]] = []
        self._starts: list[int] = []
        self._wrapped_for: tuple[int, str, bool] | None = None
        self._here: int | None = None
        self._left_behind: int | None = None

    def show(self, blocks: Iterable[Block | Text], keep_place: bool = False) -> None:
        """Show these blocks, from the top or from where the reader is."""
        self._blocks = tuple(b if isinstance(b, Block) else Block(b) for b in blocks)
        self._wrapped_for = None
        self._wrap()
        if not keep_place:
            self._left_behind = None
            self.scroll_to(y=0, animate=False)
        self.refresh()

    def to_end(self) -> None:
        """Show the last lines."""
        self.scroll_to(y=max(len(self._lines) - self.size.height, 0), animate=False)

    def to_block(self, place: int) -> None:
        """Scroll as little as it takes until the first lines of a block are in sight."""
        if place < len(self._starts):
            first, top, height = self._starts[place], int(self.scroll_offset.y), max(self.size.height, 1)
            if not top <= first <= top + height - 3:
                self.scroll_to(y=max(first - height // 3, 0), animate=False)

    def leave_behind(self, place: int) -> None:
        """Once it has another size, leave what stands before a block, unless the reader is further on."""
        self._left_behind = place

    def page_round(self) -> None:
        """Show the next page; after the last one, the first."""
        at_end = self.scroll_offset.y >= self.max_scroll_y
        self.scroll_to(y=0 if at_end else self.scroll_offset.y + self.size.height, animate=False)

    @property
    def height_of_text(self) -> int:
        """How many lines the text takes."""
        return len(self._lines)

    @property
    def text(self) -> str:
        """Everything in the pane, as plain lines."""
        return "\n".join("".join(s.text for s in line).rstrip() for line in self._lines)

    def on_resize(self, event: events.Resize) -> None:
        self._wrap()
        place, self._left_behind = self._left_behind, None
        if place is not None and place < len(self._starts):
            self.scroll_to(y=max(self._starts[place], int(self.scroll_offset.y)), animate=False)

    def _wrap(self) -> None:
        width = self.scrollable_content_region.width
        wanted = width, self.app.theme, linear.is_on(self.app)
        if width > 0 and wanted != self._wrapped_for:
            self._wrapped_for = wanted
            measure = min(width, self._widest or width)
            self._lines, self._starts = [], []
            for block in self._blocks:
                self._starts.append(len(self._lines))
                self._lines.extend(self._wrapped(block, measure))
            self.virtual_size = Size(width, len(self._lines))
            if linear.is_on(self.app):
                self._make_plain()

    def _make_plain(self) -> None:
        """Take out what is only drawn, remember the row of a cursor, and let each line be read at the top."""
        first = (line[0].text if line else "" for line in self._lines)
        self._here = next((place for place, text in enumerate(first) if text.startswith(linear.HERE)), None)
        self._lines = [[Segment(linear.plain(text), style) for text, style, _ in line] for line in self._lines]
        self.virtual_size = Size(self.virtual_size.width, len(self._lines) + max(self.size.height - 1, 0))

    def reading_place(self) -> Offset | None:
        """The row of its cursor, or the first line from the top that says something, unless somebody types elsewhere."""
        if self.screen.focused is not None and "-typed" in self.screen.focused.classes:
            return None
        top = int(self.scroll_offset.y)
        told = (place for place, line in enumerate(self._lines) if place >= top and any(piece.text.strip() for piece in line))
        line = next(told, top) if self._here is None else self._here
        return self.content_region.offset + Offset(0, line - top)

    def _wrapped(self, block: Block, width: int) -> Iterable[list[Segment]]:
        console = self.app.console
        lead, again = block.lead, block.lead if block.again is None else block.again
        lead_style = console.get_style(block.lead_tone) if block.lead_tone else None
        for line in block.text.wrap(console, max(width - len(lead), 1)):
            line.end = ""
            base = console.get_style(line.style)  # a line without spans is rendered without its own style
            segments = list(Segment.apply_style(line.render(console), base))
            yield [Segment(lead, lead_style), *segments] if lead else segments
            lead = again

    def render_line(self, y: int) -> Strip:
        self._wrap()  # another look may be worn by now
        width = self.scrollable_content_region.width
        at = self.scroll_offset.y + y
        line: Sequence[Segment] = self._lines[at] if at < len(self._lines) else ()
        base = self.visual_style.rich_style
        return Strip(Segment.apply_style(line, base)).adjust_cell_length(width, base)
