"""Links of the terminal: looked at as often as one likes, used once."""

from __future__ import annotations

import pytest

from core import clock
from core.people.account_views import Account
from core.people.views import Staff
from core.tickets import sheets
from core.tickets.asides import taking_out
from intake_web.app import Application
from tests.harness import cast
from tests.harness.filing import put
from tests.harness.page import Visitor, within
from tests.intake_web.people import send


@pytest.fixture
def me(site: Application) -> Staff:
    return cast.analyst("Ana Rojas")


@pytest.fixture
def owner(site: Application) -> Account:
    return cast.account()


@pytest.fixture
def ticket_id(owner: Account, me: Staff) -> int:
    put(owner, "Résolution «1»")
    return cast.row_of(cast.ticket(owner), me).id


def path_of(me: Staff, ticket_id: int, what: str = "1") -> str:
    address = taking_out.link(me, ticket_id, what).address
    assert address.startswith("http://127.0.0.1:8000/archivo/")
    return address.removeprefix("http://127.0.0.1:8000")


def test_a_stranger_with_the_link_gets_the_file_to_be_saved(visitor: Visitor, me: Staff, ticket_id: int) -> None:
    page = visitor.get(path_of(me, ticket_id))
    assert (page.status, page.header("Cache-Control")) == (200, "no-store")
    assert "sirve una sola vez, durante 10 minutos" in page.text
    assert "Résolution" not in page.text
    assert "noindex" in page.text
    file = send(page)
    assert (file.status, file.body) == (200, "%PDF-1.7 Résolution «1»".encode())
    assert file.header("Content-Type") == "application/pdf"
    assert file.header("Content-Disposition").startswith('attachment; filename="AM-2026-')
    assert file.header("Content-Security-Policy").startswith("default-src 'none'")
    assert "sandbox" in file.header("Content-Security-Policy")
    assert [name for name, _ in file.headers].count("Content-Security-Policy") == 1
    assert file.header("X-Content-Type-Options") == "nosniff"
    assert file.header("Cache-Control") == "no-store"
    assert len(file.body) == int(file.header("Content-Length"))


def test_looking_uses_nothing_up(visitor: Visitor, site: Application, me: Staff, ticket_id: int) -> None:
    path = path_of(me, ticket_id)
    for _ in range(3):
        assert visitor.get(path).status == 200
        assert visitor.ask("HEAD", path, {}, b"").status == 200
    scanner = Visitor(within(site))
    assert scanner.post(path, {}).status == 422
    assert scanner.post(path, {}, {"Origin": "https://evil.example"}).status == 403
    assert send(visitor.get(path)).status == 200


def test_used_twice_it_says_so(visitor: Visitor, me: Staff, ticket_id: int) -> None:
    path = path_of(me, ticket_id)
    page = visitor.get(path)
    assert send(page).status == 200
    for again in (send(page), visitor.get(path)):
        assert again.status == 410
        assert "sirve una sola vez. Si el archivo no llegó, haz otro enlace" in again.text
    kinds = [event.kind for event in sheets.open_sheet(me, ticket_id).events]
    assert kinds.count("enlace_usado") == 1


def test_an_old_link_says_so(visitor: Visitor, me: Staff, ticket_id: int) -> None:
    path = path_of(me, ticket_id)
    page = visitor.get(path)
    clock.advance(601)
    for old in (visitor.get(path), send(page)):
        assert old.status == 410
        assert "Su tiempo pasó" in old.text


@pytest.mark.parametrize(
    "spoil", [lambda path: path[:-1], lambda path: f"{path}x", lambda path: "/archivo/x.y.z", lambda path: "/archivo/."]
)
def test_a_link_that_was_changed_is_not_known(visitor: Visitor, me: Staff, ticket_id: int, spoil: object) -> None:
    page = visitor.get(spoil(path_of(me, ticket_id)))  # type: ignore[operator]
    assert page.status == 404
    assert "Puede que falte una parte" in page.text


def test_a_paper_is_text_to_be_saved(visitor: Visitor, me: Staff, ticket_id: int) -> None:
    file = send(visitor.get(path_of(me, ticket_id, "historia")))
    assert (file.status, file.header("Content-Type")) == (200, "text/plain; charset=utf-8")
    assert file.header("Content-Disposition").endswith('-historia.txt"')
    assert "la persona escribió el ticket" in file.body.decode()
