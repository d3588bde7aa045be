"""A notice with a term, told to the ticket that is open: it goes first, is due in time, and there is no second one."""

from __future__ import annotations

import pytest

from core.errors import Conflict, Invalid, NotFound
from core.people.account_views import Account
from core.people.views import Staff
from core.tickets import desk, notices, opening, sheets
from core.tickets.citizens import following
from tests.harness import cast

pytestmark = pytest.mark.usefixtures("database")

NOTICE = {"plazo_de": "rt-rechazo", "fecha_notificacion": "19-11-2026"}


@pytest.fixture
def reader(database: str) -> Staff:
    return cast.analyst(rights=("nna",))


def test_the_open_ticket_goes_first_and_is_due_before_the_term_ends(owner: Account, reader: Staff) -> None:
    other, folio = cast.ticket(), cast.ticket(owner)
    notices.mark(owner, folio, NOTICE)
    row = cast.row_of(folio, reader)
    assert (row.route, row.urgent, row.has_term, row.due_on.isoformat()) == ("plazo", True, True, "2026-11-26")
    assert desk.take_next(reader) == row.id
    assert [event.code for event in sheets.events_of(row.id) if event.kind == "plazo"] == ["rt-rechazo"]
    assert len(following.tickets_of(owner)) == 1
    assert cast.row_of(other, reader).due_on.isoformat() == "2026-12-07"


def test_each_kind_of_notice_has_its_own_days(owner: Account, reader: Staff) -> None:
    folio = cast.ticket(owner)
    notices.mark(owner, folio, {**NOTICE, "plazo_de": "mu-descargos"})
    assert cast.row_of(folio, reader).due_on.isoformat() == "2026-12-03"


def test_telling_it_twice_is_telling_it_once_and_a_wrong_date_can_be_mended(owner: Account, reader: Staff) -> None:
    folio = cast.ticket(owner)
    notices.mark(owner, folio, {**NOTICE, "fecha_notificacion": "02-11-2026"})
    for _ in range(2):
        notices.mark(owner, folio, NOTICE)
    row = cast.row_of(folio, reader)
    assert row.due_on.isoformat() == "2026-11-26"
    assert [event.kind for event in sheets.events_of(row.id)].count("plazo") == 2


def test_a_childs_ticket_stays_with_those_who_may_read_about_children(reader: Staff) -> None:
    owner = cast.child()
    folio = cast.ticket(owner)
    notices.mark(owner, folio, NOTICE)
    row = cast.row_of(folio, reader)
    assert (row.route, row.urgent, row.has_term) == ("nna", True, True)


def test_correcting_the_birth_date_leaves_the_term(owner: Account, reader: Staff) -> None:
    folio = cast.ticket(owner)
    notices.mark(owner, folio, NOTICE)
    opening.route_again(owner.persons[0].id)
    row = cast.row_of(folio, reader)
    assert (row.route, row.urgent) == ("plazo", True)


def test_an_answer_that_is_being_written_is_told_of_it(owner: Account, reader: Staff) -> None:
    folio = cast.ticket(owner)
    row = cast.row_of(folio, reader)
    notices.mark(owner, folio, NOTICE)
    with pytest.raises(Conflict, match="le corre un plazo"):
        desk.reply(reader, row.id, row.version, "Listo", "llave")


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"plazo_de": ""}, "plazo_de"),
        ({"plazo_de": "rt-estado"}, "plazo_de"),
        ({"fecha_notificacion": ""}, "fecha_notificacion"),
        ({"fecha_notificacion": "24-11-2026"}, "fecha_notificacion"),
        ({"fecha_notificacion": "31-02-2026"}, "fecha_notificacion"),
    ],
)
def test_a_wrong_answer_is_refused_at_its_field(owner: Account, changed: dict[str, str], field: str) -> None:
    folio = cast.ticket(owner)
    with pytest.raises(Invalid) as refused:
        notices.mark(owner, folio, {**NOTICE, **changed})
    assert list(refused.value.fields) == [field]


def test_a_strangers_ticket_is_not_there_and_one_that_ended_takes_nothing(owner: Account) -> None:
    folio = cast.ticket(owner)
    with pytest.raises(NotFound):
        notices.mark(cast.account(), folio, NOTICE)
    following.withdraw(owner, folio)
    with pytest.raises(Conflict):
        notices.mark(owner, folio, NOTICE)
