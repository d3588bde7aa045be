"""A bare Bottle hello world, served the way the site is served: `python -m tests.bench.hello PORT`."""

from __future__ import annotations

import socket
import sys

import bottle

from intake_web import server


def main() -> None:
    """Serve until the process is ended."""
    hello = bottle.Bottle()
    hello.route("/", callback=lambda: "Hola")
    listener = socket.create_server(("127.0.0.1", int(sys.argv[1])), backlog=1024)
    listener.setblocking(False)
    server.run(hello, listener)


if __name__ == "__main__":
    main()
