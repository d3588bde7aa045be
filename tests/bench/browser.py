"""A browser stripped to the wire: it costs the machine as little as possible while it measures others."""

from __future__ import annotations

import html
import re
import socket
import time
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

_FORM = re.compile(r'<form\b[^>]*\baction="(/ticket/nuevo(?!/borrar)[^"]*)"[^>]*>(.*?)</form>', re.DOTALL)
_HIDDEN = re.compile(r'<input type="hidden" name="(\w+)"[^>]*?\bvalue="([^"]*)"')
_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_LOCATION = re.compile(rb"\r\nlocation: *([^\r]+)", re.IGNORECASE)
_COOKIE = re.compile(rb"\r\nset-cookie: *([^=]+)=([^;\r]*)", re.IGNORECASE)
_ENDS_AFTER = re.compile(rb"\r\nconnection: *close", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, and how long it took from the first byte sent to the last byte read."""

    status: int
    location: str
    body: bytes
    seconds: float

    @property
    def text(self) -> str:
        """The body, unpacked."""
        return (zlib.decompress(self.body, 31) if self.body[:2] == b"\x1f\x8b" else self.body).decode()

    def form(self) -> tuple[str, dict[str, str]]:
        """Where the ticket's form goes, and its hidden fields."""
        found = _FORM.search(self.text)
        if found is None:
            raise AssertionError(f"no form in an answer with status {self.status}:\n{self.text[:2000]}")
        return html.unescape(found[1]), {name: html.unescape(value) for name, value in _HIDDEN.findall(found[2])}


class Browser:
    """One visitor on one connection that is kept alive."""

    def __init__(self, port: int, cookies: Mapping[str, str] | None = None) -> None:
        self._port = port
        self.cookies = dict(cookies or {})
        self._socket: socket.socket | None = None

    def get(self, path: str) -> Answer:
        """Ask for a page."""
        return self._ask(f"GET {path} HTTP/1.1\r\n{self._headers()}\r\n".encode())

    def post(self, path: str, fields: Mapping[str, str]) -> Answer:
        """Send a form."""
        return self.send(path, "application/x-www-form-urlencoded", urlencode(fields).encode())

    def send(self, path: str, content_type: str, body: bytes) -> Answer:
        """Send a body of any kind."""
        kind = f"Content-Type: {content_type}\r\nContent-Length: {len(body)}\r\n"
        return self._ask(f"POST {path} HTTP/1.1\r\n{self._headers()}{kind}\r\n".encode() + body)

    def close(self) -> None:
        """Hang up."""
        if self._socket is not None:
            self._socket.close()
            self._socket = None

    def _headers(self) -> str:
        jar = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        origin = f"http://127.0.0.1:{self._port}"
        return f"Host: 127.0.0.1:{self._port}\r\nOrigin: {origin}\r\nAccept-Encoding: gzip\r\n" + (
            f"Cookie: {jar}\r\n" if jar else ""
        )

    def _ask(self, request: bytes) -> Answer:
        begin = time.perf_counter()
        if self._socket is None:
            self._socket = socket.create_connection(("127.0.0.1", self._port), timeout=60)
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._socket.sendall(request)
        head, body = self._read(self._socket)
        seconds = time.perf_counter() - begin
        for name, value in _COOKIE.findall(head):
            self.cookies[name.decode()] = value.decode()
        if _ENDS_AFTER.search(head):
            self.close()
        location = _LOCATION.search(head)
        return Answer(int(head[9:12]), location[1].decode() if location else "", body, seconds)

    @staticmethod
    def _read(connection: socket.socket) -> tuple[bytes, bytes]:
        data = b""
        while (end := data.find(b"\r\n\r\n")) < 0:
            piece = connection.recv(65_536)
            if not piece:
                raise ConnectionError("the server hung up")
            data += piece
        head, body = data[:end], data[end + 4 :]
        length = _LENGTH.search(head)
        wanted = int(length[1]) if length else 0
        while len(body) < wanted:
            body += connection.recv(65_536)
        return head, body


ANSWERS = {
    "tipo": {"tipo": "consulta"},
    "materia": {"materia": "rt"},
    "categoria": {"categoria": "rt-estado"},
    "detalle": {
        "tramite_id": "12345678",
        "region": "Metropolitana",
        "texto": "Buenos días:\n\nenvié mi solicitud hace cinco meses y sigue en análisis. ¿Falta algún documento?\nGracias.",
    },
    "revisar": {},
}
"""What is filled in on each page of the form, in their order."""


def journey(browser: Browser) -> list[float]:
    """From the portal to the receipt, every page read and sent as a browser does: seconds of each request."""
    steps = [browser.get("/portal"), browser.get("/ticket/nuevo")]
    for filled in ANSWERS.values():
        action, hidden = steps[-1].form()
        steps.append(browser.post(action, {**hidden, **filled}))
        if steps[-1].status != 303:
            raise AssertionError(f"{action} answered {steps[-1].status}:\n{steps[-1].text[:2000]}")
        while steps[-1].status == 303:
            steps.append(browser.get(steps[-1].location))
    if steps[-1].status != 200 or "AM-" not in steps[-1].text:
        raise AssertionError(f"no receipt:\n{steps[-1].text[:2000]}")
    return [step.seconds for step in steps]
