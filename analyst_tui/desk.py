"""The desk's application: who is signed in, which screen comes first, notices, and how it ends."""

from __future__ import annotations

import asyncio
import gc
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from time import monotonic
from typing import TYPE_CHECKING, ClassVar

from textual.app import App
from textual.binding import BindingType
from textual.driver import Driver
from textual.filter import LineFilter
from textual.screen import Screen

from analyst_tui import feed, theme
from analyst_tui.background import run
from analyst_tui.commands import Command, keymap_id
from analyst_tui.feed import Listing
from analyst_tui.screens.base import DeskScreen
from analyst_tui.widgets.line import Part
from analyst_tui.wire import LeanDriver
from core import clock
from core.errors import NotAllowed, Problem
from core.people import staff
from core.people.views import Staff
from core.tickets import queue
from core.tickets.views import TicketSheet

if TYPE_CHECKING:
    from analyst_tui.screens.ticket import TicketScreen
    from analyst_tui.widgets.writing import Unsaved

_WATCHED_EVERY = 1.0
_PATIENCE = 0.4
_WARM_AFTER = 0.3
_SAVED_WITHIN = 0.7
_STILL = 1.5
"""Seconds without a letter after which somebody has stopped writing."""


class DeskApp(App[None]):
    """The whole terminal; everything that needs the database runs in its few threads."""

    CSS = """
    DeskScreen { background: $background; color: $foreground; }
    #top { background: $panel; }
    #hints { background: $panel; }
    #middle { height: 1fr; }
    #lists { width: 1fr; }
    #margin { width: 26; height: 1fr; padding: 0 1; border-right: solid $border; }
    #preview { width: 44; border-left: solid $border; }
    #facts { width: 40; border-left: solid $border; }
    #talk { width: 1fr; }
    .-theme-sin_color ModalScreen > * { border: solid; }
    """
    ENABLE_COMMAND_PALETTE = False
    AUTO_FOCUS = None
    BINDINGS: ClassVar[list[BindingType]] = []
    TITLE = "Ayuda Migraciones"

    def __init__(
        self,
        token: str | None,
        opening: Future[tuple[Staff, Listing]] | None = None,
        keys: dict[str, str] | None = None,
        threads: ThreadPoolExecutor | None = None,
        furnish: Callable[[], object] = lambda: None,
    ) -> None:
        super().__init__()
        self._threads = threads or feed.threads()
        self.look = theme.DARK
        self._dress()
        self.animation_level = "none"
        self.actor: Staff | None = None
        self.crash: BaseException | None = None
        self._token = token
        self._opening = opening
        self._keys = keys or {}
        self._furnish = furnish
        self._mark = 0
        self._away = self._minute = ""
        self._waits = self._asks_who = self._leaving = False
        self._typed_at = 0.0
        self._ticket: TicketScreen | None = None
        self.unsaved: Unsaved = {}
        self.folder: dict[str, str] = {}
        self.office = ""

    def _dress(self) -> None:
        """Wear our theme from the first paint on: setting `theme` later would parse all style sheets twice."""
        for look in theme.LOOKS.values():
            self.register_theme(look.colours)
        self.look.dress(self.console)
        self.set_reactive(App.theme, self.look.code)
        self.stylesheet.set_variables(self.get_css_variables())
        self.add_class("-dark-mode", f"-theme-{self.look.code}")

    def wear(self, look: theme.Look) -> None:
        """Paint everything in another look from now on."""
        self.look = look
        look.dress(self.console)
        self.theme = look.code
        for screen in (*self.screen_stack, *filter(None, (self._ticket,))):
            screen.query("*").refresh()  # Textual only repaints where its own colours differ

    def get_line_filters(self) -> Sequence[LineFilter]:
        """What the look asks for, instead of Textual's translation of colours that nothing here uses."""
        return self.look.filters

    def get_driver_class(self) -> type[Driver]:
        """Ours where Textual would take its own for terminals; a browser has another."""
        chosen = super().get_driver_class()
        return LeanDriver if chosen is LeanDriver.__base__ else chosen

    # beginning

    def get_default_screen(self) -> Screen[None]:
        """The queue at once when it is there already; otherwise signing in, or waiting for the database."""
        if self._token is None:
            return self.sign_in_screen()
        token = self._token
        try:
            return self.queue_screen(*(self._opening.result(_PATIENCE) if self._opening else feed.signed_in(token)))
        except NotAllowed as reason:
            return self.sign_in_screen(reason.message)
        except (Problem, TimeoutError):
            from analyst_tui.screens.waiting import WaitingScreen

            return WaitingScreen(lambda: feed.signed_in(token))

    def sign_in_screen(self, sentence: str = "") -> Screen[None]:
        """Name and password; the sentence says why they are asked."""
        from analyst_tui.screens.sign_in import SignInScreen

        return SignInScreen(sentence)

    def queue_screen(self, actor: Staff, listing: Listing) -> Screen[None]:
        """The queue of somebody who has just signed in."""
        from analyst_tui.screens.queue import QueueScreen

        self.actor = actor
        self._mark = listing.pulse.mark
        return QueueScreen(listing)

    def on_mount(self) -> None:
        asyncio.get_running_loop().set_default_executor(self._threads)
        self.set_keymap(self._keys)
        self.set_interval(_WATCHED_EVERY, self._watch)
        self.call_after_refresh(self._settle)

    def _settle(self) -> None:
        """The first screen is painted: what was put off for it happens now."""
        self._furnish()
        gc.freeze()  # what was loaded at the start stays: the collector need not walk it again and again
        gc.enable()
        self.set_timer(_WARM_AFTER, lambda: run(self, "warm", feed.warm, lambda _: None, quiet=True))

    # while it runs

    def _watch(self) -> None:
        """Once a second: the clock in the corner, and whether anything changed."""
        minute = f"{clock.local(clock.now()):%H:%M}"
        if minute != self._minute:
            self._minute = minute
            self._repaint_top()
        if self.actor is not None:
            run(self, "watch", queue.change_mark, self._marked, quiet=True)

    def _marked(self, mark: int) -> None:
        if mark != self._mark and isinstance(self.screen, DeskScreen):
            self._mark = mark
            self.screen.changed()

    def check_session(self) -> None:
        """After a refusal: when the session is over, ask for name and password; what is open stays below."""
        actor = self.actor
        if actor is not None and not self._asks_who:
            run(self, "session", lambda: staff.current(actor), lambda _: None, self._session_over, quiet=True)

    def _session_over(self, problem: Problem) -> None:
        self._asks_who = True
        self._ask_who(problem.message)

    def _ask_who(self, sentence: str) -> None:
        """Put name and password before whoever sits here, but never in the middle of a word."""
        if monotonic() - self._typed_at < _STILL:
            self.say(sentence, alarm=True)
            self.set_timer(_STILL, lambda: self._ask_who(sentence))
        else:
            self.push_screen(self.sign_in_screen(sentence))

    def typed(self) -> None:
        """Somebody is writing."""
        self._typed_at = monotonic()

    async def sit_down(self, actor: Staff, listing: Listing) -> None:
        """Somebody signed in: back to what was open if it was theirs, otherwise a fresh queue."""
        from analyst_tui.screens.queue import QueueScreen

        returns = self._asks_who and self.actor is not None and self.actor.id == actor.id
        self._asks_who, self.actor = False, actor
        if not returns:
            self.unsaved.clear()
            for screen in self._desk_screens():
                screen.forget()
        while len(self.screen_stack) > 1 and not isinstance(self.screen, QueueScreen):
            await self.pop_screen()
            if returns:
                return
        if isinstance(self.screen, QueueScreen):
            self.screen.restart(listing)
        else:
            await self.push_screen(self.queue_screen(actor, listing))

    def keys_of(self, command: Command) -> str:
        """The keys of a command, as remapped."""
        return self._keys.get(keymap_id(command), command.keys)

    def say(self, sentence: str, alarm: bool = False) -> None:
        """Show one sentence on the screen that is in use: the only place for notices."""
        for screen in reversed(self.screen_stack):
            if isinstance(screen, DeskScreen):
                screen.say(sentence, alarm)
                return

    def waiting(self, works: bool) -> None:
        """Show, or no longer, that something is being waited for."""
        if works != self._waits:
            self._waits = works
            self._repaint_top()

    def away(self, sentence: str) -> None:
        """Show that the database is away, until an empty sentence says that it is back."""
        if sentence != self._away:
            back = bool(self._away) and not sentence
            self._away = sentence
            self._repaint_top()
            if sentence:
                self.say(sentence, alarm=True)
            elif back:
                self.say("La base responde otra vez.")

    def corner(self) -> Sequence[Part]:
        """The right end of every top line: trouble or work in progress, who, and the time."""
        parts = []
        if self._away:
            parts.append(Part("sin conexión, se reintenta   ", theme.late))
        elif self._waits:
            parts.append(Part("un momento…   ", theme.accent))
        if self.actor is not None:
            parts.append(Part(f"{self.actor.name}   ", theme.quiet))
        parts.append(Part(f"{clock.local(clock.now()):%H:%M} ", theme.ink))
        return parts

    def _repaint_top(self) -> None:
        for screen in self.screen_stack:
            if isinstance(screen, DeskScreen) and screen.is_running:
                screen.paint_top()

    def show_ticket(self, sheet: TicketSheet, then: str = "") -> None:
        """Open a ticket; the screen is made once and used for all of them."""
        from analyst_tui.screens.ticket import TicketScreen

        if self._ticket is None:
            self._ticket = TicketScreen(sheet, then)
            self.install_screen(self._ticket, "ticket")
        else:
            self._ticket.load(sheet, then)
        self.push_screen(self._ticket)

    # ending

    def leave(self) -> None:
        """Quit once every draft is saved; ask when one cannot be."""
        if self._nothing_to_lose():
            self.exit()
            return
        self._leaving = True
        for screen in self._desk_screens():
            screen.save_all(self._leave_if_safe)
        self.set_timer(_SAVED_WITHIN, self._ask_to_leave)

    def _desk_screens(self) -> list[DeskScreen]:
        return [screen for screen in self.screen_stack if isinstance(screen, DeskScreen)]

    def _nothing_to_lose(self) -> bool:
        return not self.unsaved and all(screen.safe_to_leave() for screen in self._desk_screens())

    def _leave_if_safe(self) -> None:
        if self._leaving and self._nothing_to_lose():
            self.exit()

    def _ask_to_leave(self) -> None:
        from analyst_tui.screens.leaving import LeavingScreen

        if not isinstance(self.screen, LeavingScreen):
            self.push_screen(LeavingScreen(), self._left)

    def _left(self, leaves: bool | None) -> None:
        self._leaving = False
        if leaves:
            self.exit()

    def action_help_quit(self) -> None:
        self.say("Para salir, ctrl+q.")

    async def action_quit(self) -> None:
        self.leave()

    def _fatal_error(self) -> None:
        """End after an unexpected error without printing any value of the program: it might be a person's."""
        self.crash = sys.exc_info()[1]
        self._close_messages_no_wait()
