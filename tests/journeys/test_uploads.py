"""Many and heavy files on the real server: its memory, its other visitors, its disk."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest

from core import tokens
from core.database import binding
from core.files import store
from core.files.views import LARGEST_FILE
from core.people import sessions
from core.tickets import enclosing
from tests.harness import cast, multipart, samples
from tests.harness.databases import KEYS, copy_of
from tests.harness.page import Page, Visitor, over_http
from tests.harness.processes import Process
from tests.harness.server import Service
from tests.harness.wants import WHOLE, rounds

AT_ONCE = rounds(sample=8, whole=20)
MOST_MEMORY = 150_000_000


@dataclass
class Sender:
    """Somebody before the page with the text box."""

    person: int
    page: Page

    def held(self) -> list[str]:
        """The names of the files in the draft."""
        return [each.name for each in enclosing.of_draft(self.person)]


@pytest.fixture(scope="module")
def running(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Service, Process]]:
    """One site, whose database this process looks into as well."""
    home = tmp_path_factory.mktemp("uploads")
    service = Service(home, copy_of(sqlite_template, home))
    tokens.use_keys(KEYS)
    store.use(home / "attachments")
    binding.bind(service.settings["AYUDA_DATABASE_URL"])
    yield service, service.web()
    service.stop()
    binding.unbind()


def sender(service: Service) -> Sender:
    account = cast.account()
    cast.write_draft(account)
    visitor = Visitor(over_http(service.address, timeout=120), {"Connection": "close"})
    visitor.cookies["sesion"] = sessions.begin(account.id, remember=False).token
    return Sender(account.persons[0].id, visitor.get("/ticket/nuevo/detalle"))


def heavy_photo() -> bytes:
    """15 MB, in `make torture` with as many pixels as may be, else quick to look into."""
    photo = samples.photo(8_000, 6_240) if WHOLE else samples.photo()
    return (photo + bytes(LARGEST_FILE))[:LARGEST_FILE]


def all_at_once(calls: list[Callable[[], Page]], meanwhile: Callable[[], object]) -> list[Page]:
    """What each call was answered; until the last one is, the other thing is done over and over."""
    answers: list[Page] = []
    threads = [threading.Thread(target=lambda call=call: answers.append(call())) for call in calls]  # type: ignore[misc]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        meanwhile()
        time.sleep(0.01)
    return answers


def test_heavy_files_at_once_are_kept_within_bounds_and_keep_nobody_waiting(running: tuple[Service, Process]) -> None:
    service, process = running
    web, content = psutil.Process(process.pid), heavy_photo()
    senders = [sender(service) for _ in range(AT_ONCE)]
    passer_by = Visitor(over_http(service.address), {"Connection": "close"})
    memory, waits = [], []

    def look() -> None:
        memory.append(web.memory_info().rss)
        begin = time.perf_counter()
        assert passer_by.get("/").status == 200
        waits.append(time.perf_counter() - begin)

    calls = [lambda each=each: multipart.send(each.page, [("foto.jpg", content)], texto="Hola") for each in senders]
    answers = all_at_once(calls, look)  # type: ignore[arg-type]
    assert [answer.status for answer in answers] == [303] * AT_ONCE
    assert [each.held() for each in senders] == [["foto.jpg"]] * AT_ONCE
    assert max(memory) < MOST_MEMORY
    assert sorted(waits)[len(waits) // 2] < 0.2, "pages wait for files"
    assert "Traceback" not in process.said()


def head_of(page: Page, length: str) -> bytes:
    jar = "; ".join(f"{name}={value}" for name, value in page.visitor.cookies.items())
    return (
        f"POST /ticket/nuevo/detalle HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {jar}\r\n"
        f"Content-Type: multipart/form-data; boundary={multipart.BOUNDARY}\r\n{length}\r\n\r\n"
    ).encode()


def body_of(page: Page, *files: tuple[str, bytes]) -> bytes:
    return multipart.body(multipart.parts_of({**multipart.form_of(page).fields, "texto": "Sigue aquí"}, files))


def said(service: Service, pieces: Iterator[bytes]) -> bytes:
    """What the server answers to these pieces."""
    with closing(socket.create_connection(("127.0.0.1", service.port), timeout=60)) as line:
        received = b""
        try:
            for piece in pieces:
                line.sendall(piece)
        except (BrokenPipeError, ConnectionResetError):
            pass
        try:
            while piece := line.recv(65536):
                received += piece
                if b"</html>" in received or b"Content-Length: 0" in received:
                    break
        except ConnectionResetError:
            pass
        return received


def chunked(whole: bytes, size: int = 4_000) -> Iterator[bytes]:
    for start in range(0, len(whole), size):
        piece = whole[start : start + size]
        yield f"{len(piece):x}\r\n".encode() + piece + b"\r\n"
    yield b"0\r\n\r\n"


def test_a_body_in_pieces_of_unknown_length_is_taken(running: tuple[Service, Process]) -> None:
    each = sender(running[0])

    def pieces() -> Iterator[bytes]:
        yield head_of(each.page, "Transfer-Encoding: chunked")
        yield from chunked(body_of(each.page, ("a.jpg", samples.photo())))

    assert b" 303 " in said(running[0], pieces())[:30]
    assert each.held() == ["a.jpg"]


@pytest.mark.parametrize("beginning", [b"5;" + b"x" * 9_000, b"0\r\nX: " + b"x" * 60_000], ids=["head of a piece", "trailer"])
def test_endless_words_between_the_pieces_are_not_gathered(running: tuple[Service, Process], beginning: bytes) -> None:
    each = sender(running[0])
    assert b" 400 " in said(running[0], iter([head_of(each.page, "Transfer-Encoding: chunked"), beginning]))[:30]


def test_more_than_may_be_sent_is_read_and_answered_with_the_words_kept(running: tuple[Service, Process]) -> None:
    each = sender(running[0])
    heavy = bytes(LARGEST_FILE + 1)
    whole = body_of(each.page, ("a.jpg", samples.photo()), *((f"b{number}.jpg", heavy) for number in range(6)))
    answer = said(running[0], iter([head_of(each.page, f"Content-Length: {len(whole)}\r\nConnection: close"), whole]))
    assert b" 422 " in answer[:30]
    text = answer.decode()
    assert "Sigue aquí" in text
    assert "envíalos de a uno" in text
    assert each.held() == ["a.jpg"]


def test_a_body_without_bounds_is_refused_before_it_is_read(running: tuple[Service, Process]) -> None:
    each = sender(running[0])
    answer = said(running[0], iter([head_of(each.page, "Content-Length: 90000000000"), b"--x"]))
    assert b" 413 " in answer[:30]
    assert "envía menos cada vez" in answer.decode()


def test_nothing_is_left_of_somebody_who_hangs_up_in_the_middle(running: tuple[Service, Process]) -> None:
    service, process = running
    each = sender(service)
    whole = body_of(each.page, ("a.jpg", samples.photo()))
    with closing(socket.create_connection(("127.0.0.1", service.port))) as line:
        line.sendall(head_of(each.page, f"Content-Length: {len(whole)}") + whole[: len(whole) // 2])
    assert sender(service).page.status == 200
    assert each.held() == []
    assert "Traceback" not in process.said()


def test_a_full_disk_refuses_the_file_and_keeps_the_words(sqlite_template: Path, tmp_path: Path) -> None:
    """The disk is as full as the biggest file that the process may write: less than the photo."""
    service = Service(tmp_path, copy_of(sqlite_template, tmp_path))
    tokens.use_keys(KEYS)
    store.use(tmp_path / "attachments")
    binding.bind(service.settings["AYUDA_DATABASE_URL"])
    try:
        process = service.web()
        psutil.Process(process.pid).rlimit(psutil.RLIMIT_FSIZE, (1_000_000, 1_000_000))
        each = sender(service)
        page = multipart.send(each.page, [("foto.jpg", samples.photo())], texto="Sigue aquí")
        assert page.status == 422
        assert "Sigue aquí" in page.text
        assert "no tenemos espacio" in page.text
        assert each.held() == []
        assert "Sigue aquí" in each.page.visitor.get("/ticket/nuevo/detalle").text
        assert "Traceback" not in process.said()
    finally:
        service.stop()
        binding.unbind()
