"""Route `supervision`: a complaint goes to supervisors, and never to the official that it may be about."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from core import clock
from core.appointments import booking
from core.appointments import desk as front
from core.appointments.views import Wish
from core.errors import Conflict, NotAllowed, NotFound
from core.people import staff
from core.people.account_views import Account
from core.people.views import Staff
from core.tickets import assigning, desk, sheets
from core.tickets.asides import history
from core.tickets.citizens import following
from core.tickets.lists import queue
from core.tickets.searching import search
from tests.harness import cast

UNFAIR = {"tipo": "reclamo", "materia": "at", "categoria": "at-trato", "tramite_id": ""}
NINE = int(datetime(2026, 11, 25, 9, tzinfo=ZoneInfo("America/Santiago")).timestamp())


pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def eva(database: str) -> Staff:
    return cast.analyst("Eva Díaz", role="supervisor")


@pytest.fixture
def hugo(database: str) -> Staff:
    return cast.analyst("Hugo Pinto", role="supervisor")


def complain_after(owner: Account, who: Staff) -> int:
    """Somebody answers a ticket of the person, who then complains; the id of the complaint."""
    row = cast.row_of(cast.ticket(owner), who)
    desk.reply(who, row.id, row.version, "Sí, puedes.", "answer")
    return cast.row_of(cast.ticket(owner, **UNFAIR), who).id


def test_it_is_for_supervisors_and_for_those_who_were_given_the_right(owner: Account, eva: Staff) -> None:
    ticket_id = cast.row_of(cast.ticket(owner, **UNFAIR), eva).id
    with pytest.raises(NotFound):
        sheets.open_sheet(cast.analyst(), ticket_id)
    assert sheets.open_sheet(eva, ticket_id).row.route == "supervision"
    assert sheets.open_sheet(cast.analyst(rights=("supervision",)), ticket_id).row.id == ticket_id


@pytest.mark.parametrize("role", ["supervisor", "analyst"])
def test_whoever_answered_the_person_neither_reads_nor_takes_it(owner: Account, eva: Staff, role: str) -> None:
    complained_of = cast.analyst("Hugo Pinto", role=role, rights=("supervision",))
    ticket_id = complain_after(owner, complained_of)
    for verb in (sheets.open_sheet, desk.claim, history.of_ticket):
        with pytest.raises(NotAllowed, match="puede tratar de ti"):
            verb(complained_of, ticket_id)
    assert desk.take_next(complained_of) is None
    assert desk.take_next(eva) == ticket_id


def test_in_no_list_it_names_the_person_to_whoever_answered_them(owner: Account, eva: Staff, hugo: Staff) -> None:
    ticket_id = complain_after(owner, hugo)
    (seen,) = [row for row in queue.window(eva, "sin_asignar", 0, 10) if row.id == ticket_id]
    (veiled,) = [row for row in queue.window(hugo, "sin_asignar", 0, 10) if row.id == ticket_id]
    assert (seen.person_name, seen.person_age) == ("María José Quispe Mamani", 41)
    assert (veiled.person_name, veiled.person_age) == ("puede tratar de ti", None)
    assert queue.counts(hugo).unassigned == queue.counts(eva).unassigned == 1


@pytest.mark.parametrize("line", ["quispe", "correo:{email}", "{folio}", "tipo:reclamo", "etapa"])
def test_no_search_finds_it_for_whoever_answered_the_person(owner: Account, eva: Staff, hugo: Staff, line: str) -> None:
    ticket_id = complain_after(owner, hugo)
    asked = line.format(email=owner.email, folio=_folio(ticket_id, eva))
    assert ticket_id in search.search(eva, asked).ids
    assert ticket_id not in search.search(hugo, asked).ids


def test_the_persons_other_tickets_do_not_show_it_to_them(owner: Account, eva: Staff, hugo: Staff) -> None:
    answered = cast.row_of(cast.ticket(owner), hugo)
    desk.reply(hugo, answered.id, answered.version, "Sí, puedes.", "answer")
    cast.ticket(owner, **UNFAIR)
    assert [row.tipo for row in sheets.open_sheet(eva, answered.id, cast.REASON).earlier] == ["reclamo"]
    assert sheets.open_sheet(hugo, answered.id).earlier == ()


def test_nobody_hands_it_to_them_either(owner: Account, eva: Staff, hugo: Staff) -> None:
    ticket_id = complain_after(owner, hugo)
    version = cast.row_of(_folio(ticket_id, eva), eva).version
    with pytest.raises(Conflict, match="Hugo Pinto atendió antes a esta persona"):
        assigning.assign(eva, ticket_id, version, hugo.id)


def test_whoever_received_the_person_at_an_office_neither(owner: Account, eva: Staff, hugo: Staff) -> None:
    folio = cast.ticket(owner)
    hour = booking.book(owner, owner.persons[0].id, Wish("santiago", NINE), folio)
    clock.freeze(NINE + 60)
    hugo, eva = staff.begin(hugo.id)[1], staff.begin(eva.id)[1]
    front.came(hugo, hour.id, did_come=True)
    following.withdraw(owner, folio)
    ticket_id = cast.row_of(cast.ticket(owner, **UNFAIR), eva).id
    with pytest.raises(NotAllowed, match="puede tratar de ti"):
        sheets.open_sheet(hugo, ticket_id)
    assert desk.take_next(eva) == ticket_id


def test_answering_one_complaint_bars_nobody_from_the_next_one(owner: Account, eva: Staff) -> None:
    first = cast.row_of(cast.ticket(owner, **UNFAIR), eva)
    desk.reply(eva, first.id, first.version, "Lo revisamos.", "answer")
    second = cast.row_of(cast.ticket(owner, **UNFAIR), eva).id
    assert desk.take_next(eva) == second


def test_other_tickets_of_the_person_are_as_open_as_before(owner: Account, hugo: Staff) -> None:
    row = cast.row_of(cast.ticket(owner), hugo)
    desk.reply(hugo, row.id, row.version, "Sí, puedes.", "answer")
    assert desk.take_next(hugo) is None
    again = cast.row_of(cast.ticket(owner), hugo).id
    assert desk.take_next(hugo) == again


def _folio(ticket_id: int, reader: Staff) -> str:
    return next(row.folio for row in queue.window(reader, "todos", 0, 100) if row.id == ticket_id)
