"""What all of the desk shares: its state, its notices, its top line and how a ticket is opened."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from time import monotonic
from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType

from analyst_tui import feed, theme
from analyst_tui.command_tables.command import Command
from analyst_tui.commands import keymap_id
from analyst_tui.desk_parts.dressing import Dressing
from analyst_tui.desk_parts.typeahead import Typeahead
from analyst_tui.feed import Listing
from analyst_tui.screens.base import DeskScreen
from analyst_tui.widgets.line import Part
from core import clock
from core.people.views import Staff

if TYPE_CHECKING:
    from analyst_tui.screens.ticket import TicketScreen
    from analyst_tui.widgets.writing import Unsaved
    from core.tickets.answers.views import Held
    from core.tickets.views import TicketSheet


class Furniture(Dressing, Typeahead):
    """The state of the terminal, and what every screen asks of it."""

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
        plain: bool = False,
        linear: bool = False,
        remote: bool = False,
    ) -> None:
        super().__init__(plain)
        self.starts_plain, self.starts_linear = plain, linear
        self._threads = threads or feed.threads()
        self.animation_level = "none"
        self.actor: Staff | None = None
        self.crash: BaseException | None = None
        self.token = token
        self.opening = opening
        self._keys = keys or {}
        self._furnish = furnish
        self.remote = remote
        """Whether who sits here sits before another machine: a file in a folder of this one would be of no use."""
        self.mark = 0
        self._away = self._minute = ""
        self._waits = self.asks_who = self._leaving = False
        self.typed_at = 0.0
        self._ticket: TicketScreen | None = None
        self.unsaved: Unsaved = {}
        self.folder: dict[str, str] = {}
        self.office = ""
        self.held: tuple[Held, ...] = ()
        """One's answers that can still be taken back, the latest last."""
        self.turn = 0
        """Which advice it is the turn of."""
        self.told_returns: set[int] = set()
        self.looked_for: tuple[int, tuple[str, ...]] = 0, ()
        """The ticket that was opened from a search, and the words that were looked for."""

    @property
    def desk_screens(self) -> list[DeskScreen]:
        """Our own screens that are open, the last one on top."""
        return [screen for screen in self.screen_stack if isinstance(screen, DeskScreen)]

    def typed(self) -> None:
        """Somebody is writing."""
        self.typed_at = monotonic()

    def keys_of(self, command: Command) -> str:
        """The keys of a command, as remapped."""
        return self._keys.get(keymap_id(command), command.keys)

    def say(self, sentence: str, alarm: bool = False) -> None:
        """Show one sentence on the screen that is in use: the only place for notices."""
        screen = self._in_use
        if screen is not None:
            screen.say(sentence, alarm)

    def mention(self, sentence: str) -> None:
        """Show one sentence that nobody has asked for: an alarm is left to be read."""
        screen = self._in_use
        if screen is not None and not screen.alarm:
            screen.say(sentence)

    @property
    def _in_use(self) -> DeskScreen | None:
        return next((screen for screen in reversed(self.screen_stack) if isinstance(screen, DeskScreen)), None)

    def waiting(self, works: bool) -> None:
        """Show, or no longer, that something is being waited for."""
        if works != self._waits:
            self._waits = works
            self._repaint_top()

    def away(self, sentence: str) -> None:
        """Show that the database is away, until an empty sentence says that it is back.

        The corner says so in any case; an alarm about something else is left to be read.
        """
        if sentence == self._away:
            return
        before, self._away = self._away, sentence
        self._repaint_top()
        screen = self._in_use
        if screen is not None and screen.alarm in ("", before):
            screen.say(sentence or "La base responde otra vez.", alarm=bool(sentence))

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
