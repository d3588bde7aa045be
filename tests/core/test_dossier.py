"""A trámite's dossier across accounts, and other people's tickets about the same trámite."""

from __future__ import annotations

import pytest

from core import clock
from core.appointments import booking, offices, searching
from core.appointments.views import Wish
from core.errors import Invalid, NeedsReason
from core.operations.dossier import reading
from core.people import staff
from core.people.views import Staff
from core.tickets import desk, sheets, twins
from core.tickets.answers import holding
from core.tickets.citizens import following
from core.tickets.lists.views import TicketRow
from core.tickets.views import Overruled
from tests.harness import cast

TRAMITE = "12345678"
KNOWINGLY = Overruled(frozenset({"mismo_tramite"}), "Es otro asunto")


pytestmark = pytest.mark.usefixtures("database")


def filed(reader: Staff, **changed: str) -> TicketRow:
    """Somebody's ticket, about one trámite unless another one is named."""
    return cast.row_of(cast.ticket(**{"tramite_id": TRAMITE, **changed}), reader)


def reply(me: Staff, row: TicketRow, text: str) -> None:
    desk.reply(me, row.id, cast.row_of(row.folio, me).version, text, f"r {row.folio}", KNOWINGLY)


def test_everything_about_a_tramite_is_told_across_accounts_the_newest_first(me: Staff) -> None:
    owner = cast.account(nombres="Rosa")
    first = cast.row_of(cast.ticket(owner, tramite_id=TRAMITE), me)
    clock.advance(60)
    other = filed(me, nombres="Jean", texto="Soy su hermano.")
    clock.advance(60)
    following.add_information(owner, first.folio, "Se me olvidó esto.", "a")
    clock.advance(60)
    reply(me, first, "Puedes ir a la oficina.")
    told = reading.of_tramite(me, "ID 12.345.678")
    assert (told.tramite_id, told.persons, told.hidden, told.more) == ("12345678", 2, 0, False)
    assert [row.folio for row in told.tickets] == [other.folio, first.folio]
    assert [entry.words for entry in told.entries if entry.kind == "respuesta"] == ["Puedes ir a la oficina."]
    assert [entry.at for entry in told.entries] == sorted((entry.at for entry in told.entries), reverse=True)
    said = {entry.words for entry in told.entries if entry.kind == "persona"}
    assert said == {cast.TEXT, "Soy su hermano.", "Se me olvidó esto."}
    assert {entry.kind for entry in told.entries} >= {"ticket", "persona", "respuesta", "carta"}
    assert next(entry for entry in told.entries if entry.kind == "respuesta").fate == "en cola"


def test_hours_at_an_office_belong_to_it(me: Staff) -> None:
    owner = cast.account()
    folio = cast.ticket(owner, tramite_id=TRAMITE)
    office = offices.office("arica")
    at = searching.free_days(office, preferential=False)[0].hours[0].starts_at
    booking.book(owner, owner.persons[0].id, Wish(office.id, at), folio)
    (hour,) = [entry for entry in reading.of_tramite(me, "12345678").entries if entry.kind == "hora"]
    assert (hour.folio, hour.fate) == (folio, "reservada")
    assert office.city in hour.words


def test_tickets_of_hidden_routes_are_only_counted(me: Staff) -> None:
    filed(me)
    cast.ticket(cast.child(), tramite_id=TRAMITE)
    told = reading.of_tramite(me, "12345678")
    assert (len(told.tickets), told.hidden) == (1, 1)
    assert {entry.ticket_id for entry in told.entries} == {told.tickets[0].id}


def test_a_dossier_with_a_colleagues_ticket_asks_for_a_reason_which_then_opens_its_tickets(me: Staff, colleague: Staff) -> None:
    row = filed(me)
    desk.claim(me, row.id)
    filed(me)
    with pytest.raises(NeedsReason):
        reading.of_tramite(colleague, "12345678")
    assert len(reading.of_tramite(colleague, "12345678", cast.REASON).tickets) == 2
    assert sheets.open_sheet(colleague, row.id).row.folio == row.folio


def test_answers_and_what_is_being_written_stand_side_by_side(me: Staff, colleague: Staff) -> None:
    answered, still_open = filed(me), filed(me)
    reply(me, answered, "Puedes ir a la oficina.")
    clock.advance(60)
    desk.save_draft(colleague, still_open.id, "respuesta", "No, no puedes.")
    told = reading.of_tramite(me, "12345678")
    assert [(each.author, each.words, each.is_draft) for each in told.answers] == [
        ("Luis Soto", "No, no puedes.", True),
        ("Ana Rojas", "Puedes ir a la oficina.", False),
    ]


def test_an_answer_on_hold_stands_there_as_one_that_is_about_to_go_out(me: Staff) -> None:
    row, other = filed(me), filed(me)
    holding.hold(me, row.id, row.version, "Puedes ir mañana.", "h", KNOWINGLY)
    reply(me, other, "Puedes ir a la oficina.")
    told = reading.of_tramite(me, "12345678").answers
    assert {(each.folio, each.words, each.is_draft) for each in told} == {
        (row.folio, "Puedes ir mañana.", True),
        (other.folio, "Puedes ir a la oficina.", False),
    }


def test_an_unknown_tramite_has_an_empty_dossier_and_nothing_typed_has_none(me: Staff) -> None:
    told = reading.of_tramite(me, "99999999")
    assert (told.tickets, told.entries, told.tramite) == ((), (), None)
    with pytest.raises(Invalid):
        reading.of_tramite(me, " \u200b ")


def test_the_sheet_warns_of_other_peoples_tickets_about_the_same_tramite(me: Staff, colleague: Staff) -> None:
    mine, other = filed(me), filed(me)
    assert [row.folio for row in sheets.open_sheet(me, mine.id).twins] == [other.folio]
    reply(colleague, other, "Puedes ir a la oficina.")
    assert [row.state for row in sheets.open_sheet(me, mine.id).twins] == ["respondido"]
    clock.advance(twins.ANSWERED_WITHIN + 1)
    assert sheets.open_sheet(staff.begin(me.id)[1], mine.id).twins == ()


def test_people_who_typed_the_same_in_place_of_a_number_are_no_twins(me: Staff) -> None:
    mine, _other = (filed(me, tramite_id="está en el correo") for _ in range(2))
    assert sheets.open_sheet(me, mine.id).twins == ()
    desk.reply(me, mine.id, mine.version, "Puedes ir a la oficina.", "llave")


def test_neither_another_tramite_nor_the_same_person_is_a_twin_and_a_hidden_one_is_counted(me: Staff) -> None:
    owner = cast.account()
    earlier = cast.row_of(cast.ticket(owner, tramite_id=TRAMITE), me)
    reply(me, earlier, "Puedes ir a la oficina.")
    mine = cast.row_of(cast.ticket(owner, tramite_id=TRAMITE), me)
    filed(me, tramite_id="87654321")
    cast.ticket(cast.child(), tramite_id=TRAMITE)
    told = sheets.open_sheet(me, mine.id)
    assert (told.twins, told.hidden_twins) == ((), 1)
