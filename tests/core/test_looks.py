"""Who looked at whose file: one's own work, a reason for everything else, and a trail that stays."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import peewee
import pytest

from core import clock
from core.appointments import booking, offices, searching
from core.appointments import desk as hours
from core.appointments.views import Wish
from core.database.binding import db, reads
from core.errors import Invalid, NeedsReason, NotFound
from core.operations import verify
from core.operations.rights import archive, erasing
from core.people import accounts, staff
from core.people.account_views import Account
from core.people.views import Staff
from core.tickets import desk, enclosing, looks, presence, sheets, waiting
from core.tickets.asides import history, taking_out
from core.tickets.citizens import following, second
from core.tickets.lists.views import TicketRow
from core.tickets.looks import Reason
from core.tickets.models import Look, LookWords
from tests.harness import cast
from tests.harness.filing import put

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def boss(database: str) -> Staff:
    return cast.analyst("Zoila", role="supervisor")


@reads
def trail() -> list[tuple[Any, ...]]:
    """The looks as kind, reason and who, oldest first."""
    return list(Look.select(Look.kind, Look.reason, Look.staff).order_by(Look.id).tuples())


@reads
def words() -> list[str]:
    return [row.body for row in LookWords.select()]


def reply(me: Staff, row: TicketRow) -> None:
    desk.reply(me, row.id, cast.row_of(row.folio, me).version, "Puedes ir a la oficina.", f"r {row.folio}")


def test_a_ticket_that_is_nobodys_yet_is_everybodys_work(ticket: TicketRow, me: Staff, boss: Staff) -> None:
    sheets.open_sheet(me, ticket.id)
    sheets.open_sheet(boss, ticket.id)
    assert trail() == [("abierto", "propio", me.id), ("abierto", "propio", boss.id)]


@pytest.mark.parametrize("who", ["colleague", "boss"])
def test_a_colleagues_ticket_asks_for_a_reason_also_of_those_who_supervise(
    ticket: TicketRow, me: Staff, who: str, request: pytest.FixtureRequest
) -> None:
    reader: Staff = request.getfixturevalue(who)
    desk.claim(me, ticket.id)
    with pytest.raises(NeedsReason):
        sheets.open_sheet(reader, ticket.id)
    with pytest.raises(NeedsReason):
        sheets.preview(reader, ticket.id)
    assert trail() == []
    assert sheets.open_sheet(reader, ticket.id, Reason("ayuda")).row.folio == ticket.folio
    assert trail() == [("abierto", "ayuda", reader.id)]


def test_an_answered_ticket_stays_the_work_of_whoever_answered_it(ticket: TicketRow, me: Staff, colleague: Staff) -> None:
    reply(me, ticket)
    assert sheets.open_sheet(me, ticket.id).row.state == "respondido"
    with pytest.raises(NeedsReason):
        sheets.open_sheet(colleague, ticket.id)


def test_a_ticket_that_was_withdrawn_is_nobodys_work(ticket: TicketRow, owner: Account, me: Staff) -> None:
    following.withdraw(owner, ticket.folio)
    with pytest.raises(NeedsReason):
        sheets.open_sheet(me, ticket.id)


def test_whoever_wrote_to_the_person_before_reads_on_when_somebody_else_has_the_ticket(
    ticket: TicketRow, me: Staff, boss: Staff
) -> None:
    waiting.ask(me, ticket.id, ticket.version, "Envía tu pasaporte.", "p")
    desk.claim(boss, ticket.id)
    assert sheets.open_sheet(me, ticket.id).row.assignee_name == "Zoila"


def test_the_first_ticket_is_the_work_of_whoever_holds_the_second(
    ticket: TicketRow, owner: Account, me: Staff, colleague: Staff, boss: Staff
) -> None:
    reply(me, ticket)
    follows = cast.row_of(second.open_second(owner, ticket.folio, "No entendí la respuesta.", "s"), colleague)
    with pytest.raises(NeedsReason):
        sheets.open_sheet(colleague, ticket.id)
    desk.claim(colleague, follows.id)
    assert sheets.open_sheet(colleague, ticket.id).row.folio == ticket.folio
    with pytest.raises(NeedsReason):
        sheets.open_sheet(boss, ticket.id)


def test_whoever_is_called_to_a_note_reads_the_ticket(ticket: TicketRow, me: Staff, colleague: Staff, boss: Staff) -> None:
    desk.claim(me, ticket.id)
    desk.note(me, ticket.id, "@luis.soto ¿lo viste antes?", "n")
    assert sheets.open_sheet(colleague, ticket.id).row.folio == ticket.folio
    with pytest.raises(NeedsReason):
        sheets.open_sheet(boss, ticket.id)


def test_whoever_has_an_hour_today_is_the_work_of_those_who_attend(
    ticket: TicketRow, owner: Account, me: Staff, colleague: Staff
) -> None:
    desk.claim(me, ticket.id)
    office = offices.office("arica")
    at = searching.free_days(office, preferential=False)[1].hours[0].starts_at
    booking.book(owner, owner.persons[0].id, Wish(office.id, at), ticket.folio)
    colleague = staff.begin(colleague.id)[1]
    with pytest.raises(NeedsReason):
        sheets.open_sheet(colleague, ticket.id)
    clock.advance(at - clock.now() - 3600)
    colleague = staff.begin(colleague.id)[1]
    assert sheets.open_sheet(colleague, ticket.id).row.folio == ticket.folio


def test_a_reason_is_remembered_for_the_ticket_until_the_day_is_over(ticket: TicketRow, me: Staff, colleague: Staff) -> None:
    other = cast.row_of(cast.ticket(), me)
    for row in (ticket, other):
        desk.claim(me, row.id)
    sheets.open_sheet(colleague, ticket.id, Reason("llamo"))
    clock.advance(7 * 3600)
    sheets.open_sheet(colleague, ticket.id)
    with pytest.raises(NeedsReason):
        sheets.open_sheet(colleague, other.id)
    clock.advance(9 * 3600)
    with pytest.raises(NeedsReason):
        sheets.open_sheet(staff.begin(colleague.id)[1], ticket.id)
    assert [(kind, reason) for kind, reason, _ in trail()] == [("abierto", "llamo"), ("abierto", "llamo")]


def test_whoever_had_a_ticket_open_reads_on_when_a_colleague_takes_it(ticket: TicketRow, me: Staff, colleague: Staff) -> None:
    sheets.open_sheet(colleague, ticket.id)
    desk.claim(me, ticket.id)
    clock.advance(looks.ONE_LOOK + 1)
    assert sheets.open_sheet(colleague, ticket.id).row.assignee_name == "Ana Rojas"
    assert trail()[-1][1] == "seguimiento"


def test_a_preview_opens_no_door(ticket: TicketRow, me: Staff, colleague: Staff) -> None:
    sheets.preview(colleague, ticket.id)
    desk.claim(me, ticket.id)
    with pytest.raises(NeedsReason):
        sheets.open_sheet(colleague, ticket.id)
    with pytest.raises(NeedsReason):
        sheets.preview(colleague, ticket.id)


def test_looks_of_one_person_in_a_few_minutes_are_one_row_for_each_kind(ticket: TicketRow, me: Staff) -> None:
    for _ in range(3):
        sheets.open_sheet(me, ticket.id)
        sheets.preview(me, ticket.id)
    assert [kind for kind, _, _ in trail()] == ["abierto", "vista"]
    clock.advance(looks.ONE_LOOK + 1)
    sheets.open_sheet(me, ticket.id)
    assert [kind for kind, _, _ in trail()] == ["abierto", "vista", "abierto"]


READERS: dict[str, Callable[[Staff, int], object]] = {
    "ledger": lambda reader, ticket_id: sheets.ledger_of(reader, ticket_id),
    "words": lambda reader, ticket_id: enclosing.words_at_desk(reader, ticket_id, 1),
    "file": lambda reader, ticket_id: enclosing.open_at_desk(reader, ticket_id, 1),
    "history": lambda reader, ticket_id: history.of_ticket(reader, ticket_id),
    "link": lambda reader, ticket_id: taking_out.link(reader, ticket_id, "historia"),
    "presence": lambda reader, ticket_id: presence.look(reader, ticket_id, writing=False),
}


@pytest.mark.parametrize("way", READERS)
def test_no_other_way_into_a_colleagues_ticket_does_without_a_reason(ticket: TicketRow, me: Staff, boss: Staff, way: str) -> None:
    desk.claim(me, ticket.id)
    with pytest.raises(NeedsReason):
        READERS[way](boss, ticket.id)
    assert trail() == []


def test_what_somebody_typed_is_kept_whoever_has_the_ticket_meanwhile(ticket: TicketRow, me: Staff, colleague: Staff) -> None:
    desk.claim(me, ticket.id)
    desk.save_draft(colleague, ticket.id, "respuesta", "Hola, Rosa.")
    with pytest.raises(NeedsReason):
        sheets.open_sheet(colleague, ticket.id)
    assert sheets.open_sheet(colleague, ticket.id, Reason("ayuda")).answer_draft == "Hola, Rosa."


def test_reading_and_taking_out_a_file_is_kept(owner: Account, me: Staff) -> None:
    put(owner, "uno")
    row = cast.row_of(cast.ticket(owner), me)
    assert enclosing.words_at_desk(me, row.id, 1) == "uno"
    enclosing.open_at_desk(me, row.id, 1).content.close()
    assert [kind for kind, _, _ in trail()] == ["texto", "archivo"]


@pytest.mark.parametrize("reason", [Reason("porque sí"), Reason("otra"), Reason("otra", " \u200b"), Reason("otra", "x" * 201)])
def test_a_reason_is_one_of_the_usual_ones_or_says_something(
    ticket: TicketRow, me: Staff, colleague: Staff, reason: Reason
) -> None:
    desk.claim(me, ticket.id)
    with pytest.raises(Invalid):
        sheets.open_sheet(colleague, ticket.id, reason)
    assert trail() == []


def test_no_reason_opens_a_ticket_that_one_may_not_see(me: Staff) -> None:
    reader = cast.analyst(rights=("nna",))
    hidden = cast.row_of(cast.ticket(materia="rt", categoria="rt-nna", tramite_id=""), reader).id
    with pytest.raises(NotFound):
        sheets.open_sheet(me, hidden, Reason("llamo"))


def test_a_look_can_neither_be_changed_nor_removed(ticket: TicketRow, me: Staff) -> None:
    sheets.open_sheet(me, ticket.id)
    with db.connection_context() if db.is_closed() else db.atomic():
        for statement in ("UPDATE look SET reason = 'otra'", "DELETE FROM look"):
            with pytest.raises(peewee.IntegrityError, match="append-only"), db.atomic():
                db.execute_sql(statement)


def test_erasing_a_person_takes_the_words_of_reasons_and_leaves_the_looks(
    ticket: TicketRow, owner: Account, me: Staff, colleague: Staff
) -> None:
    desk.claim(me, ticket.id)
    sheets.open_sheet(colleague, ticket.id, Reason("otra", "Su hermana Rosa preguntó en la ventanilla"))
    assert words() == ["Su hermana Rosa preguntó en la ventanilla"]
    erasing.erase(accounts.named(owner.email))
    assert words() == []
    assert [reason for _, reason, _ in trail()] == ["otra"]
    assert list(verify.verify()) == []


def test_the_person_is_told_when_and_why_but_not_by_whom(ticket: TicketRow, owner: Account, me: Staff, colleague: Staff) -> None:
    desk.claim(me, ticket.id)
    sheets.open_sheet(colleague, ticket.id, Reason("otra", "Su hermana preguntó"))
    (told,) = archive.gather(accounts.named(owner.email)).sections["miradas"]
    assert (told["folio"], told["que"], told["motivo"]) == (ticket.folio, "abierto", "otra")
    assert "Luis Soto" not in str(told)
    assert "hermana" not in str(told)


def test_a_look_at_another_person_than_the_tickets_is_found(ticket: TicketRow, me: Staff) -> None:
    other = cast.account()
    with db.connection_context() if db.is_closed() else db.atomic():
        Look.insert(
            staff=me.id, ticket=ticket.id, person=other.persons[0].id, at=clock.now(), kind="abierto", reason="propio"
        ).execute()
    assert list(verify.verify()) == [f"ticket {ticket.id}: la mirada dice otra persona que la del ticket"]


def test_names_on_a_days_list_are_kept_once_for_each_reader(owner: Account, me: Staff, colleague: Staff) -> None:
    office = offices.office("arica")
    at = searching.free_days(office, preferential=False)[0].hours[0].starts_at
    booking.book(owner, owner.persons[0].id, Wish(office.id, at))
    day = office.local(at).date()
    for reader in (me, me, colleague):
        hours.day_of(reader, office.id, day)
    hours.day_of(me, office.id, day + timedelta(days=1))
    assert trail() == [("horas", "propio", me.id), ("horas", "propio", colleague.id)]
