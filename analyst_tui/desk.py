"""The desk's application: it starts, watches what changes, and says nothing of anybody when it fails."""

from __future__ import annotations

import asyncio
import gc
import signal
import sys
from concurrent.futures import ThreadPoolExecutor
from time import monotonic

from analyst_tui import feed, hold_feed
from analyst_tui.background import is_under_way, run
from analyst_tui.desk_parts.leaving import Leaving
from analyst_tui.desk_parts.sitting import Sitting
from analyst_tui.screens.base import DeskScreen
from core import clock

_WATCHED_EVERY = 1.0
_WARM_AFTER = 0.15
_STUCK = 2.5
"""Seconds after which a database that says nothing at all is taken for one that is away."""
_SILENT = "La base de datos no responde. Lo que escribes queda en este equipo hasta que vuelva."


class DeskApp(Sitting, Leaving):
    """The whole terminal; everything that needs the database runs in its few threads."""

    _asked_at = 0.0

    def on_mount(self) -> None:
        loop = asyncio.get_running_loop()
        loop.set_default_executor(self._threads)
        if not self.is_headless:
            for ending in (signal.SIGHUP, signal.SIGTERM):
                loop.add_signal_handler(ending, self.hang_up)
        self.set_keymap(self._keys)
        self.call_after_refresh(self._settle)

    def on_unmount(self) -> None:
        """Let the loop end although a thread waits for the database: asyncio would wait with it for ever."""
        asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(1))
        self._threads.shutdown(wait=False)
        gc.unfreeze()

    def _settle(self) -> None:
        """The first screen is painted: what was put off for it happens now."""
        self._furnish()
        self.set_interval(_WATCHED_EVERY, self._watch)  # from now on letters can be written: what is due may go out
        gc.freeze()  # what was loaded at the start stays: the collector need not walk it again and again
        gc.enable()
        self.set_timer(_WARM_AFTER, self._warm)

    def _warm(self) -> None:
        """Load what will be needed soon, and look for what an earlier terminal could not save."""
        run(self, "warm", feed.warm, lambda _: None, quiet=True)
        if self.actor is not None:
            self.recover()
            self.ask_holds()

    def _watch(self) -> None:
        """Once a second: the clock in the corner, and whether anything changed."""
        minute = f"{clock.local(clock.now()):%H:%M}"
        if minute != self._minute:
            self._minute = minute
            self._repaint_top()
        if self.actor is None:
            return
        if self.held:
            self.count_down()
        if is_under_way(self, "watch"):
            if monotonic() - self._asked_at > _STUCK:
                self.away(_SILENT)
            return
        self._asked_at = monotonic()
        run(self, "watch", hold_feed.watched, self._marked, quiet=True)

    def _marked(self, mark: int) -> None:
        if mark != self.mark and isinstance(self.screen, DeskScreen):
            self.mark = mark
            self.screen.changed()

    def _fatal_error(self) -> None:
        """End after an unexpected error without printing any value of the program: it might be a person's."""
        self.crash = sys.exc_info()[1]
        try:
            self.shelve_all()
        finally:
            self._close_messages_no_wait()
