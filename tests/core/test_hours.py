"""Asking for an hour: one for each person, no place twice, whatever happens at the same moment."""

from __future__ import annotations

from datetime import UTC, datetime
from email import message_from_bytes, policy
from functools import partial

import icalendar
import peewee
import pytest

from core import clock
from core.appointments import booking, invitations, offices, searching, slots
from core.appointments.models import Appointment
from core.appointments.views import Gone, Hour, OneAlready, Wish
from core.database.binding import db
from core.errors import Conflict, NotAllowed, NotFound
from core.mail import envelope, outbox
from core.mail.models import Letter
from core.operations.rights import blocking
from core.people.account_views import Account
from core.tickets import sheets
from tests.harness import cast
from tests.harness.crowd import at_once
from tests.harness.databases import MONDAY

on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
TUESDAY_NINE = int(datetime(2026, 11, 24, 12, 0, tzinfo=UTC).timestamp())
NEXT = TUESDAY_NINE + 1200


@pytest.fixture(autouse=True)
def bound(database: str) -> None:
    outbox.configure("https://ayuda.example", "Ayuda <no-responder@ayuda.example>")


def ask(owner: Account, at: int = TUESDAY_NINE, office: str = "santiago", preferential: bool = False, folio: str = "") -> Hour:
    return booking.book(owner, owner.persons[0].id, Wish(office, at, preferential), folio)


def last_letter(owner: Account) -> Letter:
    return cast.letters_to(owner.email)[-1]


def event(letter: Letter) -> icalendar.cal.Component:
    calendar = icalendar.Calendar.from_ical(letter.attachment)
    assert calendar["METHOD"] == letter.attachment_type.rpartition("=")[2]
    (found,) = calendar.walk("VEVENT")
    return found


def test_an_hour_is_booked_with_a_letter_that_a_calendar_understands() -> None:
    owner = cast.account()
    hour = ask(owner)
    letter = last_letter(owner)
    assert (hour.state, hour.starts_at, hour.office.city) == ("reservada", TUESDAY_NINE, "Santiago")
    assert letter.kind == "hour-booked"
    assert "martes 24 de noviembre, 09:00\nSantiago, San Antonio 580\n" in letter.body
    assert "por verificar" in letter.body
    found = event(letter)
    assert (str(found["UID"]), int(found["SEQUENCE"]), str(found["STATUS"])) == (hour.uid, 0, "CONFIRMED")
    assert found.decoded("DTSTART") == datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
    assert found.decoded("DTEND") == datetime(2026, 11, 24, 12, 20, tzinfo=UTC)
    assert found.decoded("DTSTAMP") == datetime.fromtimestamp(MONDAY, UTC)
    assert (found["ORGANIZER"], found["ATTENDEE"]) == ("mailto:no-responder@ayuda.example", f"mailto:{owner.email}")


@on_sqlite
def test_the_file_goes_along_beside_the_words() -> None:
    owner = cast.account()
    ask(owner)
    sent = envelope.message_of(last_letter(owner), "Ayuda <no-responder@ayuda.example>", "https://ayuda.example")
    message = message_from_bytes(sent.as_bytes(), policy=policy.default)
    words, file = message.iter_parts()
    assert [part.get_content_type() for part in words.iter_parts()] == ["text/plain", "text/html"]
    assert (file.get_content_type(), file.get_param("method"), file.get_filename()) == ("text/calendar", "REQUEST", "hora.ics")
    assert file.get_payload(decode=True).startswith(b"BEGIN:VCALENDAR\r\n")


def test_sending_twice_and_asking_for_the_same_again_is_one_hour_and_one_letter() -> None:
    owner = cast.account()
    assert ask(owner) == ask(owner) == ask(owner, preferential=True)
    assert [letter.kind for letter in cast.letters_to(owner.email)].count("hour-booked") == 1


def test_a_second_hour_names_the_first() -> None:
    owner = cast.account()
    first = ask(owner)
    with pytest.raises(OneAlready, match="una a la vez") as refused:
        ask(owner, NEXT)
    assert refused.value.hour == first
    assert len(booking.hours_of(owner)) == 1


def test_the_schema_itself_knows_both_rules() -> None:
    one, other = cast.account(), cast.account()
    ask(one)
    ask(other, NEXT)
    both = Appointment.update(office="santiago", starts_at=TUESDAY_NINE, place=1).where(Appointment.starts_at == NEXT)
    with db.connection_context(), pytest.raises(peewee.IntegrityError), db.atomic():
        both.execute()
    again = {"office": "calama", "starts_at": 1, "minutes": 20, "place": 1, "preferential": 0, "state": "reservada"}
    more = {"uid": "x", "sequence": 0, "booked_at": 1, "changed_at": 1}
    with db.connection_context(), pytest.raises(peewee.IntegrityError), db.atomic():
        Appointment.insert(person=one.persons[0].id, **again, **more).execute()


def test_fifty_at_once_for_the_last_place_one_wins_and_the_others_hear_what_is_near() -> None:
    ask(cast.account())
    people = [cast.account() for _ in range(50)]
    outcomes = at_once([partial(ask, person) for person in people])
    won = [outcome for outcome in outcomes if isinstance(outcome, Hour)]
    lost = [outcome for outcome in outcomes if isinstance(outcome, Gone)]
    assert (len(won), len(lost)) == (1, 49), outcomes
    assert all("otra persona" in refusal.message for refusal in lost)
    assert {refusal.nearest[0].starts_at for refusal in lost} == {NEXT}
    assert sum(len(booking.hours_of(person)) for person in people) == 1


def test_two_tabs_at_once_are_one_hour() -> None:
    owner = cast.account()
    outcomes = at_once([partial(ask, owner, TUESDAY_NINE + 1200 * turn) for turn in range(6)])
    assert sum(isinstance(outcome, Hour) for outcome in outcomes) == 1, outcomes
    assert sum(isinstance(outcome, OneAlready) for outcome in outcomes) == 5
    assert len(booking.hours_of(owner)) == 1


@on_sqlite
def test_places_kept_for_preferential_attention_are_for_those_who_need_it() -> None:
    for _ in range(2):
        ask(cast.account())
    with pytest.raises(Gone):
        ask(cast.account())
    assert ask(cast.account(), preferential=True).preferential
    with pytest.raises(Gone):
        ask(cast.account(), preferential=True)
    child = cast.child()
    assert ask(child, NEXT).preferential
    assert "Con atención preferente" in last_letter(child).body


@on_sqlite
def test_whoever_needs_preferential_attention_may_have_any_place() -> None:
    for _ in range(3):
        ask(cast.account(), preferential=True)
    with pytest.raises(Gone):
        ask(cast.account())


@on_sqlite
@pytest.mark.parametrize(
    ("at", "words"),
    [
        (MONDAY + 1200, "ya pasó o empieza en muy poco rato"),
        (MONDAY - 3600, "ya pasó"),
        (TUESDAY_NINE + 60, "no se atiende a esa hora"),
        (TUESDAY_NINE + 12 * 3600, "no se atiende"),
        (TUESDAY_NINE + 40 * 24 * 3600, "no se atiende"),
        (int(datetime(2026, 12, 8, 12, 0, tzinfo=UTC).timestamp()), "no se atiende"),
        (2**60, "no se atiende"),
    ],
    ids=["soon", "past", "between", "night", "far", "holiday", "absurd"],
)
def test_an_hour_that_is_not_offered_cannot_be_had(at: int, words: str) -> None:
    owner = cast.account()
    with pytest.raises(Gone, match=words) as refused:
        ask(owner, at)
    assert len(refused.value.nearest) == searching.NEAREST
    assert booking.hours_of(owner) == ()


@on_sqlite
def test_what_is_offered_can_be_had_and_is_then_offered_no_more() -> None:
    office = offices.office("talca")
    days = searching.free_days(office, preferential=False)
    assert {day.day.weekday() for day in days} == {0, 2, 4}
    assert days[0].hours[0].starts_at >= clock.now() + slots.SOONEST
    for _ in range(2):
        ask(cast.account(), days[0].hours[0].starts_at, office="talca")
    assert searching.free_days(office, preferential=False)[0].hours == days[0].hours[1:]
    (offer,) = [offer for offer in searching.offers(preferential=False) if offer.office == office]
    assert offer.first == days[0].hours[1]


def test_a_changed_hour_frees_the_one_before_and_moves_in_the_calendar() -> None:
    owner = cast.account()
    hour = ask(owner)
    moved = booking.move(owner, hour.id, Wish("santiago", NEXT))
    assert booking.move(owner, hour.id, Wish("santiago", NEXT)) == moved
    found = event(last_letter(owner))
    assert (str(found["UID"]), int(found["SEQUENCE"])) == (hour.uid, 1)
    assert found.decoded("DTSTART") == datetime.fromtimestamp(NEXT, UTC)
    assert [letter.kind for letter in cast.letters_to(owner.email)].count("hour-changed") == 1
    assert len(searching.free_places(offices.office("santiago"), [], preferential=False)) == 2
    for _ in range(2):
        ask(cast.account())


def test_a_cancelled_hour_is_free_again_and_leaves_the_calendar() -> None:
    owner = cast.account()
    hour = ask(owner)
    booking.cancel(owner, hour.id)
    booking.cancel(owner, hour.id)
    letter = last_letter(owner)
    found = event(letter)
    assert (letter.kind, int(found["SEQUENCE"]), str(found["STATUS"])) == ("hour-cancelled", 1, "CANCELLED")
    assert ask(owner).id != hour.id
    with pytest.raises(Conflict, match="ya no está reservada"):
        booking.move(owner, hour.id, Wish("santiago", NEXT))


def test_what_has_begun_is_neither_changed_nor_cancelled_and_stands_in_nobodys_way() -> None:
    owner = cast.account()
    hour = ask(owner)
    clock.freeze(TUESDAY_NINE + 60)
    for attempt in (
        partial(booking.cancel, owner, hour.id),
        partial(booking.move, owner, hour.id, Wish("santiago", NEXT + 7200)),
    ):
        with pytest.raises(Conflict, match="ya empezó o pasó"):
            attempt()
    with pytest.raises(OneAlready):
        ask(owner, NEXT + 7200)
    clock.freeze(TUESDAY_NINE + 1200)
    assert ask(owner, NEXT + 7200).is_booked
    assert [each.state for each in booking.hours_of(owner)] == ["reservada", "pasada"]


def test_an_hour_that_comes_from_a_ticket_leaves_its_way_in_the_ticket() -> None:
    owner, me = cast.account(), cast.analyst()
    folio = cast.ticket(owner)
    hour = ask(owner, folio=folio.lower())
    booking.move(owner, hour.id, Wish("santiago", NEXT))
    booking.cancel(owner, hour.id)
    sheet = sheets.open_sheet(me, cast.row_of(folio, me).id)
    assert [(event.kind, event.code) for event in sheet.events if event.kind.startswith("hora")] == [
        ("hora_reservada", f"santiago:{TUESDAY_NINE}"),
        ("hora_cambiada", f"santiago:{NEXT}"),
        ("hora_cancelada", f"santiago:{NEXT}"),
    ]
    found = booking.hour_of_ticket(owner, folio)
    assert found is not None
    assert (found.id, found.folio, last_letter(owner).thread) == (hour.id, folio, f"<{folio.lower()}@ayuda.example>")


@on_sqlite
def test_strangers_hours_and_tickets_do_not_exist() -> None:
    owner, stranger = cast.account(), cast.account()
    folio, hour = cast.ticket(owner), ask(owner)
    for attempt in (
        partial(booking.hour_of, stranger, hour.id),
        partial(booking.move, stranger, hour.id, Wish("santiago", NEXT)),
        partial(booking.cancel, stranger, hour.id),
        partial(booking.book, stranger, owner.persons[0].id, Wish("santiago", NEXT)),
        partial(ask, stranger, NEXT, folio=folio),
        partial(ask, stranger, NEXT, office="atlantida"),
    ):
        with pytest.raises(NotFound):
            attempt()


@on_sqlite
def test_while_data_are_blocked_nothing_is_booked() -> None:
    owner = cast.account()
    blocking.block(owner)
    with pytest.raises(NotAllowed):
        ask(owner)


@on_sqlite
def test_letters_speak_the_readers_language_and_say_whose_hour_it_is() -> None:
    from core.people import accounts, children

    owner = cast.account()
    children.add(owner, cast.form(nombres="Daniela", nacimiento_anio="2015", relacion="madre", responsable="Rosa"))
    accounts.set_language(owner.id, "ht")
    owner = accounts.named(owner.email)
    ask(owner, office="arica")
    body = last_letter(owner).body
    assert "madi 24 novanm" in body
    assert owner.persons[0].shown_name in body


@on_sqlite
def test_every_line_of_the_calendar_file_is_short_and_ends_as_the_standard_says() -> None:
    owner = cast.account()
    hour = ask(owner)
    lines = invitations.text(hour, "REQUEST", "ñandú" * 20 + "@correo.example", "https://ayuda.example/hora").split("\r\n")
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-2:] == ["END:VCALENDAR", ""]
    assert max(len(line.encode()) for line in lines) <= 75


def test_whoever_is_to_prove_who_they_are_is_told_to_bring_a_document() -> None:
    owner = cast.account()
    folio = cast.ticket(owner, materia="cu", categoria="cu-recuperar", tramite_id="")
    ask(owner, folio=folio)
    letter = cast.letters_to(owner.email)[-1]
    assert (letter.kind, "Lleva tu pasaporte, tu cédula o el documento de tu país" in letter.body) == ("hour-booked", True)
