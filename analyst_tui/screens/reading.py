"""A ticket as it is now: the conversation and the facts beside it, kept true while others work on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from textual import events
from textual.app import ComposeResult

from analyst_tui import feed, finds, lately, marks, telling, theme
from analyst_tui.background import ask, is_busy
from analyst_tui.motive import reach
from analyst_tui.screens.base import Across, DeskScreen, Down
from analyst_tui.widgets.line import Part
from analyst_tui.widgets.pane import Pane
from core import clock
from core.errors import NeedsReason, Problem
from core.tickets import presence
from core.tickets.answers import holding_time
from core.tickets.views import TicketSheet, Watcher

WIDE = 100
"""Columns from which conversation and facts stand side by side."""
VERB = "verb"
"""The group of everything that changes the ticket."""
_MEASURE = 96
_ROOMY = 150
"""Columns from which the facts take what the conversation does not use."""


class ReadingScreen(DeskScreen):
    """One ticket to read; where both panes do not fit, the facts take the conversation's place when asked for."""

    def __init__(self, sheet: TicketSheet) -> None:
        super().__init__()
        self.sheet = sheet
        self.watchers: tuple[Watcher, ...] = sheet.watchers
        self.conversation = Pane(id="conversation", widest=_MEASURE)
        self.facts = Pane(id="facts")
        self.talk = Down(self.conversation, id="talk")
        self.facts_asked = False

    def body(self) -> ComposeResult:
        with Across(id="middle"):
            yield self.talk
            yield self.facts

    def on_mount(self) -> None:
        self.set_interval(presence.HEARTBEAT, self.look)

    @property
    def writes(self) -> bool:
        """Whether somebody types here now."""
        return False

    @property
    def answers(self) -> bool:
        """Whether something that goes out is being written here: whoever begins first has the lease."""
        return False

    def show(self, sheet: TicketSheet, keep_place: bool = False) -> None:
        self.sheet, self.watchers = sheet, sheet.watchers
        self.paint(keep_place)

    def paint(self, keep_place: bool = True) -> None:
        wide = self.has_room(WIDE)
        self.facts.display = wide or self.facts_asked
        self.facts.set_class(not wide, "-alone")
        self.facts.set_class(self.size.width >= _ROOMY, "-roomy")
        self.talk.display = wide or not self.facts_asked
        self.facts.show(telling.facts(self.sheet), keep_place)
        lead = [] if wide else list(telling.brief(self.sheet))
        self.conversation.show([*lead, *finds.marked(telling.conversation(self.sheet), self._looked_for)], keep_place)
        self.paint_top()
        self.paint_hints()
        self._paint_status()

    @property
    def _lead(self) -> int:
        """How many blocks stand before the conversation."""
        return 0 if self.has_room(WIDE) else len(list(telling.brief(self.sheet)))

    def to_last_words(self) -> None:
        """Let what the person said last be in sight."""
        place = lately.place_of_last_words(self.sheet)
        if place:
            self.conversation.to_block(self._lead + place)

    def past_facts(self) -> None:
        """Where room is short, let nothing but what the person said last stand over what is about to be written."""
        if self._lead:
            self.conversation.leave_behind(self._lead + lately.place_of_last_words(self.sheet))

    @property
    def _looked_for(self) -> tuple[str, ...]:
        """The words by which this ticket was found."""
        ticket_id, words = self.desk.looked_for
        return words if ticket_id == self.sheet.row.id else ()

    def paint_top(self) -> None:
        row, today = self.sheet.row, clock.today()
        late = marks.is_overdue(row, today)
        left = [Part(f" {row.folio}", theme.strong), Part(f"   {marks.state(row)}", theme.ink)]
        left.append(Part(f"   {marks.all_marks(row, today)}", theme.late if late else theme.mark))
        if self.sheet.held is not None:
            left.append(Part(f"   sale en {holding_time.left(self.sheet.held.release_at, clock.now())} s", theme.mark))
        self.top.show(left, self.desk.corner())

    def paint_holds(self) -> None:
        super().paint_holds()
        if self.sheet.held is not None:
            self.paint_top()

    def _paint_status(self) -> None:
        if self.watchers:
            writes = any(w.writing for w in self.watchers)
            words = " · ".join(telling.watching(w) for w in self.watchers)
            self.show_status((Part(f" {words}", theme.late if writes else theme.quiet),))
        else:
            holder = self.sheet.row.assignee_name or "sin asignar"
            mine = self.sheet.row.assignee_id == self.actor.id
            self.show_status((Part(f" {'tuyo' if mine else holder}", theme.quiet),))

    def on_resize(self, event: events.Resize) -> None:
        self.paint()

    @property
    def acting(self) -> bool:
        """Whether something of one's own is on its way to this ticket: its answer brings the ticket as it then is."""
        return is_busy(self, VERB)

    def changed(self) -> None:
        if not self.acting:
            self.reload("sheet", self._reloaded)

    def reload(self, group: str, then: Callable[[TicketSheet], object]) -> None:
        """Read the ticket again."""
        ticket_id = self.sheet.row.id
        reach(self, group, lambda me, reason: feed.sheet(me, ticket_id, reason), then, quiet=True)

    def _reloaded(self, sheet: TicketSheet) -> None:
        if self.acting or sheet.row.id != self.sheet.row.id or sheet.row.version < self.sheet.row.version:
            return
        changes = telling.what_changed(self.sheet, sheet)
        self.show(sheet, keep_place=True)
        if changes:
            self.say(f"Cambió recién: {changes}.", alarm=self.writes)

    def look(self) -> None:
        """Tell the colleagues that one is here, and learn who else is."""
        if self not in self.app.screen_stack:
            return
        ticket_id, writing = self.sheet.row.id, self.answers
        ask(self, "look", lambda me: presence.look(me, ticket_id, writing), self._seen, self._not_seen, quiet=True)

    def _not_seen(self, problem: Problem) -> None:
        """Whoever may not read on learns it when the ticket is read again, not every few seconds."""
        if not isinstance(problem, NeedsReason):
            self.desk.say(problem.message, alarm=True)

    @property
    def _writers(self) -> set[int]:
        return {w.staff_id for w in self.watchers if w.writing}

    def _seen(self, watchers: tuple[Watcher, ...]) -> None:
        news = [w for w in watchers if w.writing and w not in self.watchers and (w.leads or w.staff_id not in self._writers)]
        if watchers != self.watchers:
            self.watchers, self.sheet = watchers, replace(self.sheet, watchers=watchers)
            self.facts.show(telling.facts(self.sheet), keep_place=True)
        self._paint_status()
        if news:
            self.say(f"{telling.watching(news[0])}.", alarm=True)

    @property
    def _read(self) -> Pane:
        return self.conversation if self.talk.display else self.facts

    def do_down(self) -> None:
        self._read.scroll_relative(y=1, animate=False)

    def do_up(self) -> None:
        self._read.scroll_relative(y=-1, animate=False)

    def do_page_down(self) -> None:
        self._read.scroll_page_down(animate=False)

    def do_page_up(self) -> None:
        self._read.scroll_page_up(animate=False)

    def do_first(self) -> None:
        self._read.scroll_home(animate=False)

    def do_last(self) -> None:
        self._read.to_end()
