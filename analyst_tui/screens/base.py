"""What all screens of the desk share: a top line, a notice line, the hints, and how a command is carried out."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, ClassVar, cast

from rich.cells import cell_len
from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.timer import Timer
from textual.widget import Widget

from analyst_tui import linear, theme, tips
from analyst_tui.command_tables.command import ANYWHERE, Command
from analyst_tui.commands import all_key_words, bindings, command, commands_of, is_typed, key_words
from analyst_tui.screens.comforts import Comforts
from analyst_tui.screens.leading import Leading
from analyst_tui.shown import wrapped
from analyst_tui.widgets.covered import Covered
from analyst_tui.widgets.line import Line, Part
from core.people import policy
from core.people.views import Staff

if TYPE_CHECKING:
    from analyst_tui.desk import DeskApp

_PAINTED_EVERY = 1 / 250
_NOTICE_SECONDS = 8.0
_ALOUD = 3
"""Lines of notices that stay in the linear mode."""
_GAP = "   "


class Across(Horizontal, Covered):
    """Panes side by side, which cover all of it."""


class Down(Vertical, Covered):
    """Panes one below the other, which cover all of it."""


class DeskScreen(Comforts, Leading, Covered):
    """A screen whose commands come from the table: `do_<id>` carries one out, `why_not` says why it cannot."""

    PLACES: ClassVar[tuple[str, ...]] = ()
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(ANYWHERE)]
    AUTO_FOCUS = ""
    ALLOW_SELECT = False

    def __init__(self) -> None:
        super().__init__()
        self.top = Line(id="top")
        self.notice = Line(id="notice")
        self.hints = Line(id="hints")
        self._notice_ends: Timer | None = None
        self._said = False
        self.alarm = ""
        """The sentence that stands until the next command."""
        self._aloud: list[Part] = []
        self._painter: Timer | None = None
        self._status: tuple[Sequence[Part], Sequence[Part]] = ((), ())

    @property
    def _update_timer(self) -> Timer:
        """When the screen is painted: Textual's own waits up to 17 ms after the last time, which a held key feels."""
        if self._painter is None:
            self._painter = self.set_interval(_PAINTED_EVERY, self._paint_all, name="screen_update", pause=True)
        return self._painter

    async def _paint_all(self) -> None:
        """Paint what all widgets have to say by now: those that are just about to would need a picture of their own."""
        await asyncio.sleep(0)
        self._on_timer_update()

    def _extend_compose(self, widgets: list[Widget]) -> None:
        """Neither tooltips nor toasts, which Textual gives to every screen: notices have a line of their own."""

    @property
    def desk(self) -> DeskApp:
        """The app, as what it is."""
        return cast("DeskApp", self.app)

    @property
    def actor(self) -> Staff:
        """Who is signed in."""
        return cast("Staff", self.desk.actor)

    def has_room(self, columns: int) -> bool:
        """Whether panes that need so many columns stand side by side: never in the linear mode."""
        return self.app.size.width >= columns and not linear.is_on(self.app)

    @property
    def place(self) -> str:
        """Which part of the table of commands holds now."""
        return self.PLACES[0] if self.PLACES else ANYWHERE

    def compose(self) -> ComposeResult:
        yield self.top
        yield from self.body()
        yield self.notice
        yield self.hints

    def body(self) -> ComposeResult:
        """The widgets between the top line and the notice."""
        yield from ()

    def action_perform(self, command_id: str, digit: int | None = None) -> None:
        """Carry out a command, or say why it would do nothing."""
        reason = self.why_not(command_id)
        if reason:
            self.say(reason)
            return
        self._end_notice()
        if digit is None:
            getattr(self, f"do_{command_id}")()
        else:
            getattr(self, f"do_{command_id}")(digit)

    def why_not(self, command_id: str) -> str:
        """Why a command would do nothing now; empty when it can be carried out."""
        permission = self._command(command_id).permission
        actor = self.desk.actor
        if permission and (actor is None or not policy.allowed(actor, permission)):
            return "Tu cuenta no permite hacer esto: es de supervisión."
        return ""

    def offered(self) -> tuple[Command, ...]:
        """The commands that hold on this screen now."""
        return tuple(c for c in self._here() if not (self.types and is_typed(self.desk.keys_of(c))))

    def _here(self) -> tuple[Command, ...]:
        return tuple(dict.fromkeys((*commands_of(self.place), *commands_of(ANYWHERE))))

    @property
    def types(self) -> bool:
        """Whether letters are text now, not commands."""
        return self.focused is not None and "-typed" in self.focused.classes

    def paint_hints(self) -> None:
        """Paint the footer: what can be done now; what cannot is dim."""
        self.hints.show(tuple(self._hint_parts(self.size.width - 2)))

    def _hint_parts(self, room: int) -> Iterable[Part]:
        yield Part(" ")
        for offer in sorted((c for c in self.offered() if c.hint), key=lambda c: c.hint):
            keys, words = self._usable(offer), offer.words
            needed = cell_len(f"{keys} {words}{_GAP}")
            if needed > room:
                return
            room -= needed
            possible = not self.why_not(offer.id)
            yield Part(keys, theme.key if possible else theme.dim, offer.id)
            yield Part(f" {words}", theme.quiet if possible else theme.dim, offer.id)
            yield Part(_GAP)

    def key_of(self, command_id: str) -> str:
        """The key of a command that holds here, as people call it."""
        return self._usable(self._command(command_id))

    def _usable(self, offer: Command) -> str:
        """The first of a command's keys that is no text now, as people call it."""
        keys = self.desk.keys_of(offer)
        usable = [key for key in keys.split(",") if not (self.types and is_typed(key))]
        return key_words(usable[0] if usable else keys)

    def _command(self, command_id: str) -> Command:
        return command(command_id, self.place, *self.PLACES, ANYWHERE)

    def say(self, sentence: str, alarm: bool = False) -> None:
        """Show one sentence in the notice line, for a while or until the next command; an alarm stays until then."""
        self._end_notice()
        self._said, self.alarm = True, sentence if alarm else ""
        if not alarm:
            self._notice_ends = self.set_timer(_NOTICE_SECONDS, self._end_notice)
        mark, style = ("! ", theme.late) if alarm else ("", theme.strong)
        lines = [Part(f" {line}", style) for line in wrapped(f"{mark}{sentence}", max(self.size.width - 2, 20))]
        if linear.is_on(self.app):
            self._aloud = [*self._aloud, *lines][-_ALOUD:]
            self._end_notice()
            return
        self.notice.show_rows([((line,), ()) for line in lines])
        self.notice.styles.height = len(lines)

    def _end_notice(self) -> None:
        if self._notice_ends is not None:
            self._notice_ends.stop()
        self._notice_ends, self._said, self.alarm = None, False, ""
        self._show_status()

    def _show_status(self) -> None:
        """The line while there is no notice; in the linear mode the last notices stay below it, the newest last."""
        aloud = [((line,), ()) for line in self._aloud] if linear.is_on(self.app) else []
        self.notice.styles.height = 1 + len(aloud)
        self.notice.show_rows([self._status, *aloud])

    def show_status(self, left: Sequence[Part], right: Sequence[Part] = ()) -> None:
        """What the notice line says while there is no notice."""
        self._status = (left, right or self._advice())
        if not self._said:
            self._show_status()

    def _advice(self) -> Sequence[Part]:
        """A tip for this place, and the key that sends them away; where there is no room for all of it, it is not shown."""
        advice = tips.tips(self.place, self.desk.turn) if self.desk.advises else ()
        tip = next((tip for tip in advice if not self.why_not(tip[0])), None)
        if tip is None:
            return ()
        lead, about = Part("consejo: ", theme.quiet), Part(self.key_of(tip[0]), theme.key, tip[0])
        away = Part(self.key_of("tips"), theme.key, "tips"), Part(" sin consejos ", theme.quiet, "tips")
        return lead, about, Part(f" {tip[1]}   ", theme.quiet), *away

    def paint_top(self) -> None:
        """Paint the top line; called when the minute, the counts or the connection change."""

    def on_resize(self, event: events.Resize) -> None:
        self.paint_top()
        self.paint_hints()

    def on_screen_resume(self) -> None:
        self.desk.turn += 1
        self.paint_top()
        self.paint_hints()

    def on_descendant_focus(self) -> None:
        self.paint_hints()

    def on_descendant_blur(self) -> None:
        self.call_after_refresh(self.paint_hints)

    def on_line_chosen(self, event: Line.Chosen) -> None:
        self._chosen(event.command)

    def paint_holds(self) -> None:
        """Once a second while an answer is on hold: paint what counts down."""

    def changed(self) -> None:
        """Something changed in the database: called on the screen that is on top."""

    def safe_to_leave(self) -> bool:
        """Whether nothing would be lost by quitting now."""
        return True

    def collect(self) -> None:
        """Hand what was typed since the last save to whoever keeps it."""

    def save_all(self, then: Callable[[], object]) -> None:
        """Save what would be lost, and say when it is done."""
        then()

    def forget(self) -> None:
        """Somebody else sits down: nothing of the one before may stay."""

    def do_help(self) -> None:
        """Show every key of this screen."""
        from analyst_tui import loop
        from analyst_tui.screens.help import HelpScreen

        self.app.push_screen(HelpScreen(loop.told(self.desk.keys_of), self.help_lines()))

    def help_lines(self) -> list[tuple[str, str, str]]:
        """What the help page says: keys, what they do, and why not."""
        return [(all_key_words(self.desk.keys_of(c)), c.help, self.why_not(c.id)) for c in self._here()]

    def do_palette(self) -> None:
        """Find a command by its name."""
        from analyst_tui.palette import Palette

        self.app.push_screen(Palette(self.palette_entries()), self._chosen)

    def palette_entries(self) -> list[tuple[str, str, str, str]]:
        """What the palette offers: id, key, words, and why not."""
        return [(c.id, key_words(self.desk.keys_of(c)), c.words, self.why_not(c.id)) for c in self.offered()]

    def _chosen(self, command_id: str | None) -> None:
        if command_id:
            name, _, digit = command_id.partition(":")
            self.action_perform(name, int(digit) if digit else None)

    def do_quit(self) -> None:
        """Leave, unless something would be lost."""
        self.desk.leave()
