"""Starts the terminal: the first list is read in a thread while the libraries of the screen are loaded."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from time import monotonic

from analyst_tui import feed
from core.errors import Problem

_PATIENCE = 2.0
_LOG = "terminal.log"
_ENDED = "La terminal se cerró por un error inesperado, que quedó anotado; tus borradores están guardados."
_NO_SCREEN = "La terminal de analistas necesita una pantalla: ábrela sin redirigir su entrada ni su salida."


def require_screen() -> None:
    """Raise a `Problem` unless somebody sits before this program."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise Problem(_NO_SCREEN)


def run(
    home: Path,
    session_token: str | None,
    furnish: Callable[[], object] = lambda: None,
    plain: bool = False,
    linear: bool = False,
    remote: bool = False,
) -> int:
    """Run the terminal until it is left, signed in by a session's token or by its own sign-in; an exit code.

    Its keymap and its log are in `home`; `furnish` sets up what only verbs need, once the first screen is painted.
    It starts without colours when `plain`, and in the linear mode when `linear`, whatever somebody prefers elsewhere;
    `remote` says that whoever sits here sits before another machine.
    Raises a `Problem` when there is no screen, the keymap is wrong, or the program had to end.
    """
    threads = feed.threads()
    opening = None if session_token is None else threads.submit(feed.signed_in, session_token)
    from analyst_tui import keymap
    from analyst_tui.background import note_unexpected
    from analyst_tui.desk import DeskApp

    _log_to(home / _LOG)
    desk = DeskApp(session_token, opening, keymap.read(home), threads, furnish, plain, linear, remote)
    desk.run()
    if desk.crash is not None:
        note_unexpected(desk.crash)
        raise Problem(_ENDED)
    threads.shutdown(wait=False, cancel_futures=True)
    return 0


def is_stuck() -> bool:
    """Whether a thread of a terminal that was left still waits for a database that says nothing, after a moment's patience."""
    deadline = monotonic() + _PATIENCE
    waiting = [thread for thread in threading.enumerate() if thread.name.startswith(feed.THREADS)]
    for thread in waiting:
        thread.join(max(deadline - monotonic(), 0))
    return any(thread.is_alive() for thread in waiting)


def _log_to(file: Path) -> None:
    """Log lines go to a file: the screen is taken."""
    log = logging.getLogger("ayuda")
    if not log.handlers:
        log.propagate = False
        log.addHandler(logging.FileHandler(file, encoding="utf-8", delay=True))
