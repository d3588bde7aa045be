"""Serving the site with waitress: patient with slow visitors, deaf to forged headers, drained before it ends.

Several workers are processes that share one listening socket; each has its own database connections.
"""

from __future__ import annotations

import logging
import os
import signal
import socket
import sys
import time
from collections.abc import Callable, Iterable
from typing import Any

from waitress import wasyncore
from waitress.server import create_server

from core.errors import Misconfigured
from core.settings import Settings
from intake_web import problems, templating
from intake_web.app import Application
from intake_web.forms import LARGEST_BODY
from intake_web.receiving import Channel, Lanes

Wsgi = Callable[..., Iterable[bytes]]

THREADS = 6
_BACKLOG = 1024
_DRAIN_SECONDS = 10
_SOONEST_RESTART = 1.0

log = logging.getLogger("ayuda.web")


def serve(settings: Settings, host: str, port: int, workers: int = 1) -> None:
    """Serve the site until SIGTERM or Ctrl+C; returns when every request that was begun is answered."""
    problems.log_to_stderr()
    listener = _listen(host, port)
    application = Application(settings)
    if workers == 1:
        _work(application, listener, settings)
    else:
        leader = os.getpid()
        _Crew(lambda: _work(application, listener, settings, leader), workers).run()


def run(application: Wsgi, listener: socket.socket, forwarded: bool = False, leader: int = 0) -> None:
    """Serve any WSGI application on a listening socket, the way the site is served.

    Until SIGTERM or Ctrl+C, or until the process that leads the workers is gone.
    """
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    sockets: dict[int, Any] = {}
    lanes = Lanes()
    lanes.set_thread_count(THREADS)
    server = create_server(
        application,
        map=sockets,
        _dispatcher=lanes,
        sockets=[listener],
        ident=None,
        backlog=_BACKLOG,
        connection_limit=2000,
        asyncore_use_poll=True,
        channel_timeout=10,
        cleanup_interval=5,
        send_bytes=1,  # answers are small: send each at once, from the thread that made it
        max_request_header_size=32_768,
        max_request_body_size=8 * LARGEST_BODY,  # the page that says «too long» is ours, within reason
        recv_bytes=65_536,
        inbuf_overflow=LARGEST_BODY // 2,
        clear_untrusted_proxy_headers=not forwarded,
    )
    server.channel_class = Channel
    stopping = _Stop(server.pull_trigger)
    while not stopping.asked and leader in (0, os.getppid()):
        wasyncore.loop(timeout=1, map=sockets, use_poll=True, count=1)
    _drain(server, sockets)


class _Stop:
    """Remembers that the process was asked to end, and wakes whoever waits for it."""

    def __init__(self, wake: Callable[[], None]) -> None:
        self.asked = False
        self._wake = wake
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._ask)

    def _ask(self, *_: object) -> None:
        self.asked = True
        self._wake()


def _drain(server: Any, sockets: dict[int, Any]) -> None:
    """Accept nobody new; answer what was begun and send it out."""
    server.accepting = False
    server.del_channel()
    deadline = time.monotonic() + _DRAIN_SECONDS
    while time.monotonic() < deadline:
        busy = [channel for channel in server.active_channels.values() if channel.requests or channel.total_outbufs_len]
        if not busy:
            break
        wasyncore.loop(timeout=0.05, map=sockets, use_poll=True, count=1)
    server.task_dispatcher.shutdown()


def _work(application: Application, listener: socket.socket, settings: Settings, leader: int = 0) -> None:
    templating.prepare_soon()
    run(application, listener, bool(settings.trusted_proxies), leader)


def _listen(host: str, port: int) -> socket.socket:
    try:
        family, kind, protocol, _name, address = socket.getaddrinfo(
            host or None, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listener = socket.socket(family, kind, protocol)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(_BACKLOG)
        listener.setblocking(False)
    except OSError as reason:
        raise Misconfigured(f"No se puede escuchar en {host}:{port}: {reason.strerror or reason}.") from reason
    return listener


class _Crew:
    """Worker processes: started, replaced when one dies, ended together."""

    def __init__(self, work: Callable[[], None], size: int) -> None:
        self._work = work
        self._size = size
        self._born: dict[int, float] = {}
        self._ending = False

    def run(self) -> None:
        """Keep the crew complete until this process is asked to end."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._end)
        while not self._ending and len(self._born) < self._size:
            self._start()
        while self._born:
            self._replace(*os.wait())

    def _start(self) -> None:
        child = os.fork()
        if child == 0:
            code = 1
            try:
                self._work()
                code = 0
            finally:
                logging.shutdown()
                sys.stderr.flush()
                os._exit(code)
        self._born[child] = time.monotonic()

    def _replace(self, child: int, status: int) -> None:
        lived = time.monotonic() - self._born.pop(child, 0.0)
        if self._ending:
            return
        log.error("worker %d ended with status %d; another takes its place", child, status)
        if lived < _SOONEST_RESTART:
            time.sleep(_SOONEST_RESTART - lived)
        if not self._ending:
            self._start()

    def _end(self, *_: object) -> None:
        self._ending = True
        for child in list(self._born):
            try:
                os.kill(child, signal.SIGTERM)
            except ProcessLookupError:
                continue
