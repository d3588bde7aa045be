"""The real server over real sockets: raw requests, slow visitors, workers, an orderly end."""

from __future__ import annotations

import json
import os
import signal
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

import psutil
import pytest

from tests.corpus import Case
from tests.harness.page import Visitor, over_http
from tests.harness.processes import Process, wait_until
from tests.harness.server import Service

CORPUS = Path(__file__).parents[1] / "corpus" / "http_raw.jsonl"


@pytest.fixture(scope="module")
def running(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Service, Process]]:
    """One site for all raw requests."""
    home = tmp_path_factory.mktemp("server")
    (home / "ayuda.db").write_bytes(sqlite_template.read_bytes())
    service = Service(home, f"sqlite:///{home / 'ayuda.db'}")
    yield service, service.web()
    service.stop()


@contextmanager
def line(port: int, timeout: float = 15) -> Iterator[socket.socket]:
    with closing(socket.create_connection(("127.0.0.1", port), timeout=timeout)) as connection:
        yield connection


def everything(connection: socket.socket, patience: float = 1) -> bytes:
    """All that arrives until the server closes or is silent for so many seconds."""
    received = b""
    connection.settimeout(patience)
    try:
        while piece := connection.recv(65536):
            received += piece
    except (TimeoutError, ConnectionResetError):
        pass
    return received


def visitor_of(service: Service) -> Visitor:
    return Visitor(over_http(service.address), {"Connection": "close"})


def cases() -> list[object]:
    lines = CORPUS.read_text(encoding="ascii").splitlines()
    return [pytest.param(case, id=case["id"]) for case in map(json.loads, lines)]


def request_of(case: Case, host: str) -> bytes:
    text = case["raw"].replace("{h}", host)
    if "repeat_part" in case:
        part, times = case["repeat_part"]
        text = text.replace("{rep}", part * times)
    return text.encode("latin-1")


def is_answered(port: int) -> bool:
    with line(port) as connection:
        connection.sendall(b"GET /salud HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
        return everything(connection).startswith(b"HTTP/1.1 200")


@pytest.mark.parametrize("case", cases())
def test_a_malformed_request_is_refused_or_harmless(running: tuple[Service, Process], case: Case) -> None:
    service, process = running
    with line(service.port) as connection:
        connection.sendall(request_of(case, f"127.0.0.1:{service.port}"))
        answer = everything(connection)
    statuses = [int(part[:3]) for part in answer.split(b"HTTP/1.1 ")[1:] + answer.split(b"HTTP/1.0 ")[1:]]
    assert all(status < 500 or status in (501, 505) for status in statuses), answer[:300]
    assert b"root:" not in answer
    assert b"SQLite format" not in answer
    if "CL" in case["name"] or "TE" in case["name"]:
        assert b"/admin" not in answer
        assert statuses.count(200) <= 1
    assert is_answered(service.port)
    assert "Traceback" not in process.said()


@pytest.mark.parametrize(
    "beginning",
    [
        b"GET / HTTP/1.1\r\nHost: x\r\nX-",
        b"POST /ingreso HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100\r\n\r\nco",
    ],
    ids=["headers", "body"],
)
def test_slow_visitors_do_not_keep_others_waiting(running: tuple[Service, Process], beginning: bytes) -> None:
    service, process = running
    before = psutil.Process(process.pid).memory_info().rss
    with ExitStack() as stack:
        for _ in range(300):
            stack.enter_context(line(service.port)).sendall(beginning)
        started = time.perf_counter()
        assert is_answered(service.port)
        assert time.perf_counter() - started < 2.5  # reading on until silence takes one of them
    assert psutil.Process(process.pid).memory_info().rss - before < 50_000_000


def test_an_answer_names_no_software(running: tuple[Service, Process]) -> None:
    page = visitor_of(running[0]).get("/")
    assert page.header("Server") == ""
    assert "waitress" not in str(page.headers).lower()


def test_a_body_far_too_long_is_refused_before_it_is_read(running: tuple[Service, Process]) -> None:
    with line(running[0].port) as connection:
        connection.sendall(b"POST /ingreso HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 900000000\r\n\r\n" + b"a" * 1000)
        assert b" 413 " in everything(connection)[:40]


def test_what_was_begun_is_answered_before_it_ends(sqlite_service: Service) -> None:
    sqlite_service.run("init")
    process = sqlite_service.web()
    with line(sqlite_service.port) as connection, line(sqlite_service.port) as idle:
        body = b"correo=nadie%40correo.example&clave=x"
        visitor = visitor_of(sqlite_service)
        token = visitor.get("/ingreso").form("ficha").fields["ficha"]
        body += b"&ficha=" + token.encode()
        head = (
            f"POST /ingreso HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: visita={visitor.cookies['visita']}\r\n"
            f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        connection.sendall(head.encode() + body)  # checking a password takes a while
        time.sleep(0.02)
        os.kill(process.pid, signal.SIGTERM)
        assert everything(connection, 8).startswith(b"HTTP/1.1 422")
        wait_until(lambda: not process.running, "the server to end")
        assert everything(idle) == b""
    assert process.stop() == 0, process.said()
    assert "Traceback" not in process.said()


def test_workers_share_one_address_and_one_that_dies_is_replaced(service: Service) -> None:
    service.run("init")
    process = service.web("--workers", "2")
    leader = psutil.Process(process.pid)
    wait_until(lambda: len(leader.children()) == 2, "two workers")
    doomed = leader.children()[0]
    doomed.kill()
    wait_until(lambda: len(leader.children()) == 2 and doomed not in leader.children(), "another worker")
    for _ in range(8):
        assert visitor_of(service).get("/salud").status == 200
    workers = leader.children()
    process.stop()
    assert not any(worker.is_running() for worker in workers)


def test_workers_end_when_their_leader_is_killed(sqlite_service: Service) -> None:
    sqlite_service.run("init")
    process = sqlite_service.web("--workers", "2")
    leader = psutil.Process(process.pid)
    wait_until(lambda: len(leader.children()) == 2, "two workers")
    workers = leader.children()
    process.kill()
    wait_until(lambda: not any(worker.is_running() for worker in workers), "the workers to end")
    process.stop()


def test_an_address_in_use_is_one_clear_line(running: tuple[Service, Process]) -> None:
    service = running[0]
    said = service.run("web", "--host", "127.0.0.1", "--port", str(service.port))
    assert said.returncode == 1
    assert said.stderr.startswith(f"No se puede escuchar en 127.0.0.1:{service.port}")
    assert len(said.stderr.splitlines()) == 1
