"""Taking something out of a ticket: into a folder, or by a link that works once."""

from __future__ import annotations

from pathlib import Path

import pytest

from core import clock
from core.errors import Invalid, NotFound
from core.mail import outbox
from core.operations import housekeeping
from core.operations.rights import blocking
from core.operations.rights.erasing import erase
from core.people import staff
from core.people.account_views import Account
from core.people.views import Staff
from core.tickets import looks, sheets
from core.tickets.asides import papers, taking_out
from tests.harness import cast, life
from tests.harness.crowd import at_once
from tests.harness.filing import put


@pytest.fixture
def me(database: str) -> Staff:
    outbox.configure("https://ayuda.migraciones.gob.cl", "Ayuda <no-responder@servicio.example>")
    return cast.analyst("Ana Rojas")


@pytest.fixture
def owner(me: Staff) -> Account:
    return cast.account()


@pytest.fixture
def ticket_id(owner: Account, me: Staff) -> int:
    put(owner, "Resolución")
    return cast.row_of(cast.ticket(owner), me).id


def token_of(me: Staff, ticket_id: int, what: str) -> str:
    return taking_out.link(me, ticket_id, what).address.rpartition("/")[2]


def told(me: Staff, ticket_id: int) -> list[tuple[str, str, str]]:
    events = sheets.open_sheet(me, ticket_id).events
    return [(event.kind, event.author, event.code) for event in events if event.kind != "abierto"]


def test_a_link_fits_a_line_of_a_terminal(me: Staff, ticket_id: int) -> None:
    link = taking_out.link(me, ticket_id, "1")
    assert link.address.startswith("https://ayuda.migraciones.gob.cl/archivo/")
    assert len(link.address) <= 80
    assert link.until == clock.now() + 600


def test_a_link_delivers_a_file_once_and_the_history_says_so(me: Staff, ticket_id: int) -> None:
    token = token_of(me, ticket_id, "1")
    assert taking_out.look(token).standing == "valid"
    taken = taking_out.take(token)
    assert taken is not None
    with taken.content as content:
        assert content.read() == "%PDF-1.7 Resolución".encode()
    assert (taken.media_type, taken.name.rpartition("-")[2]) == ("application/pdf", "Resolución.pdf")
    assert taking_out.look(token).standing == "used"
    assert taking_out.take(token) is None
    assert told(me, ticket_id) == [("enlace", "Ana Rojas", "1"), ("enlace_usado", "", "1")]


def test_whoever_takes_something_out_is_in_the_trail_of_looks(me: Staff, ticket_id: int, tmp_path: Path) -> None:
    def kept() -> list[tuple[str, int]]:
        return [(row["kind"], row["staff_id"]) for row in life.rows()["look"] if row["ticket_id"] == ticket_id]

    taking_out.link(me, ticket_id, "1")
    assert (looks.FILE, me.id) in kept()
    clock.advance(looks.ONE_LOOK + 1)
    before = len(kept())
    taking_out.save(me, ticket_id, papers.HISTORY, str(tmp_path))
    assert kept()[before:] == [(looks.FILE, me.id)]


@pytest.mark.parametrize("kind", papers.KINDS)
def test_a_link_delivers_a_paper(me: Staff, ticket_id: int, kind: str) -> None:
    taken = taking_out.take(token_of(me, ticket_id, kind))
    assert taken is not None
    with taken.content as content:
        assert cast.row_of(cast.ticket(), me).folio[:8] in content.read().decode()
    assert taken.name.startswith("AM-2026-")


def test_of_many_who_use_a_link_at_once_one_gets_it(me: Staff, ticket_id: int) -> None:
    token = token_of(me, ticket_id, "plazo")
    taken = [each for each in at_once([lambda: taking_out.take(token)] * 6) if each is not None]
    assert len(taken) == 1
    taken[0].content.close()


def test_a_link_lives_ten_minutes_to_the_second(me: Staff, ticket_id: int) -> None:
    token = token_of(me, ticket_id, "1")
    clock.advance(600)
    assert taking_out.look(token).standing == "valid"
    clock.advance(1)
    assert taking_out.look(token).standing == "expired"
    assert taking_out.take(token) is None


@pytest.mark.parametrize(
    "spoil", [lambda t: t[:-1], lambda t: f"x{t}", lambda t: t.replace(".", "-"), lambda t: "", lambda t: "ñ.x"]
)
def test_a_link_that_was_changed_is_none(me: Staff, ticket_id: int, spoil: object) -> None:
    token = token_of(me, ticket_id, "1")
    assert taking_out.look(spoil(token)).standing == "invalid"  # type: ignore[operator]
    assert taking_out.take(spoil(token)) is None  # type: ignore[operator]
    assert taking_out.look(token).standing == "valid"


def test_a_link_is_worth_nothing_once_whoever_made_it_is_gone(me: Staff, ticket_id: int) -> None:
    token = token_of(me, ticket_id, "1")
    staff.disable_staff(me.name)
    assert taking_out.look(token).standing == "invalid"
    assert taking_out.take(token) is None


def test_a_link_is_worth_nothing_while_the_data_are_blocked(me: Staff, owner: Account, ticket_id: int) -> None:
    token = token_of(me, ticket_id, "1")
    blocking.block(owner)
    assert taking_out.look(token).standing == "invalid"
    assert taking_out.take(token) is None
    blocking.unblock(owner)
    assert taking_out.look(token).standing == "valid"


def test_a_link_to_what_was_erased_meanwhile_leads_nowhere(me: Staff, owner: Account, ticket_id: int) -> None:
    token = token_of(me, ticket_id, "1")
    erase(owner)
    with pytest.raises(NotFound):
        taking_out.take(token)


@pytest.mark.parametrize("what", ["2", "0", "-1", "otro", "", "1 "])
def test_there_is_no_link_to_what_is_not_there(me: Staff, ticket_id: int, what: str) -> None:
    with pytest.raises(NotFound):
        taking_out.link(me, ticket_id, what)
    assert told(me, ticket_id) == []


def test_whoever_may_not_see_a_ticket_gets_no_link(me: Staff) -> None:
    keeper = cast.analyst("Eva Díaz", rights=("nna",))
    child_id = cast.row_of(cast.ticket(cast.child()), keeper).id
    with pytest.raises(NotFound):
        taking_out.link(me, child_id, "plazo")


def test_old_links_are_forgotten(me: Staff, ticket_id: int) -> None:
    token = token_of(me, ticket_id, "1")
    clock.advance(24 * 3600 + 1)
    housekeeping.tidy()
    assert taking_out.forget_old() == 0
    assert taking_out.look(token).standing == "expired"


def test_a_paper_is_saved_into_a_folder(me: Staff, ticket_id: int, tmp_path: Path) -> None:
    path = taking_out.save(me, ticket_id, papers.TERM, str(tmp_path))
    assert path.read_text(encoding="utf-8") == papers.make(me, ticket_id, papers.TERM).text
    assert path.stat().st_mode & 0o077 == 0
    assert told(me, ticket_id) == [("archivo", "Ana Rojas", "plazo")]
    with pytest.raises(Invalid, match="No existe la carpeta"):
        taking_out.save(me, ticket_id, papers.TERM, str(tmp_path / "no"))
