"""A ticket opened at the desk: what the sheet shows, who else is looking, drafts that survive."""

from __future__ import annotations

import pytest

from core import clock
from core.errors import NotFound
from core.people import staff
from core.people.account_views import Account
from core.people.views import Staff
from core.tickets import desk, presence, sheets
from core.tickets.citizens import following
from core.tickets.lists.views import TicketRow
from tests.harness import cast

pytestmark = pytest.mark.usefixtures("database")


def again(row: TicketRow, reader: Staff) -> TicketRow:
    return sheets.open_sheet(reader, row.id).row


def test_a_draft_survives_and_is_ones_own(ticket: TicketRow, me: Staff, colleague: Staff) -> None:
    desk.save_draft(me, ticket.id, "respuesta", "Estimada…")
    desk.save_draft(me, ticket.id, "nota", "ojo")
    mine, theirs = sheets.open_sheet(me, ticket.id), sheets.open_sheet(colleague, ticket.id)
    assert (mine.answer_draft, mine.note_draft) == ("Estimada…", "ojo")
    assert (theirs.answer_draft, theirs.note_draft) == ("", "")


def test_a_sent_answer_and_an_emptied_text_leave_no_draft(ticket: TicketRow, me: Staff) -> None:
    desk.save_draft(me, ticket.id, "nota", "ojo")
    desk.save_draft(me, ticket.id, "nota", "")
    desk.save_draft(me, ticket.id, "respuesta", "Hola")
    desk.reply(me, ticket.id, again(ticket, me).version, "Listo", "respuesta")
    sheet = sheets.open_sheet(me, ticket.id)
    assert (sheet.answer_draft, sheet.note_draft) == ("", "")


def test_whoever_looks_at_a_ticket_is_seen_and_whoever_writes_comes_first(ticket: TicketRow, me: Staff, colleague: Staff) -> None:
    boss = cast.analyst("Zoila", role="supervisor")
    presence.look(colleague, ticket.id, writing=False)
    presence.look(boss, ticket.id, writing=True)
    assert [(each.name, each.writing) for each in presence.look(me, ticket.id, writing=False)] == [
        ("Zoila", True),
        ("Luis Soto", False),
    ]


def test_whoever_leaves_or_falls_silent_is_no_longer_seen(ticket: TicketRow, me: Staff, colleague: Staff) -> None:
    presence.look(colleague, ticket.id, writing=True)
    presence.stop_looking(colleague, ticket.id)
    assert presence.look(me, ticket.id, writing=False) == ()
    presence.look(colleague, ticket.id, writing=True)
    clock.advance(60)
    assert presence.look(me, ticket.id, writing=False) == ()


def test_nobody_writes_a_draft_or_looks_into_a_ticket_that_they_may_not_see(me: Staff) -> None:
    reader = cast.analyst(rights=("nna",))
    hidden = cast.row_of(cast.ticket(materia="rt", categoria="rt-nna", tramite_id=""), reader).id
    with pytest.raises(NotFound):
        desk.save_draft(me, hidden, "nota", "x")
    with pytest.raises(NotFound):
        presence.look(me, hidden, writing=False)


def test_the_sheet_shows_person_tramite_age_and_what_can_be_done(ticket: TicketRow, owner: Account, me: Staff) -> None:
    clock.advance(2 * 24 * 3600)
    me = staff.begin(me.id)[1]
    sheet = sheets.open_sheet(me, ticket.id)
    assert sheet.person.shown_name == "María José Quispe Mamani"
    assert sheet.email == owner.email
    assert (sheet.age_days, sheet.days_left) == (2, 8)
    assert {verb for verb, reason in sheet.can.items() if not reason} == {
        "claim",
        "reply",
        "note",
        "ask",
        "extend",
        "refer",
        "tag",
    }


def test_the_sheet_lists_the_persons_earlier_tickets(owner: Account, me: Staff) -> None:
    first = cast.ticket(owner)
    following.withdraw(owner, first)
    second = cast.row_of(cast.ticket(owner, texto="Otra vez"), me)
    assert [row.folio for row in sheets.open_sheet(me, second.id).earlier] == [first]
