"""Erasing somebody: no word stays anywhere, the figures stay as they were, nobody else loses anything."""

from __future__ import annotations

import pytest

from core import clock
from core.database import engines
from core.database.binding import db, writes
from core.errors import Invalid, NotAllowed, NotFound
from core.figures import stats
from core.mail import worker
from core.mail.models import Letter
from core.operations import addresses, verify
from core.operations.rights import requests, scrubbing
from core.operations.rights.erasing import erase
from core.people import accounts, email_changes, recovery, sessions
from core.people.views import Staff
from core.tickets import desk, sheets
from core.tickets.answers import holding
from core.tickets.models import Message, Ticket
from core.tickets.searching import search
from core.tickets.views import TicketSheet
from core.tramites import history
from tests.harness import cast, life
from tests.harness.life import Life

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def boss(database: str) -> Staff:
    return cast.analyst("Eva Díaz", role="supervisor", rights=("nna", "reservada", "identidad", "datos"))


@pytest.fixture
def somebody(boss: Staff) -> Life:
    return life.lead("ara", boss)


@pytest.fixture
def bystander(boss: Staff) -> Life:
    return life.lead("oro", boss)


def sheet(folio: str, reader: Staff) -> TicketSheet:
    return sheets.open_sheet(reader, cast.row_of(folio, reader).id)


PLACES_OF_WORDS = {
    "account.email",
    "answer_draft.aside",
    "answer_draft.body",
    "attachment.name",
    "attachment.words",
    "data_request.answer",
    "data_request.body",
    "draft_version.body",
    "email_change.new_email",
    "hand_over.email",
    "held_answer.body",
    "held_answer.reason",
    "letter.address",
    "letter.attachment",
    "letter.body",
    "letter.error",
    "look_words.body",
    "message.body",
    "own_view.line",
    "own_view.name",
    "person.first_surname",
    "person.given_names",
    "person.guardian",
    "person.second_surname",
    "relation.reason",
    "session.device",
    "surge.body",
    "surge.verdict",
    "survey.comment",
    "tag.folded",
    "tag.word",
    "ticket.tramite_id",
    "ticket_draft.fields",
    "ticket_search.words",
    "tramite.email",
    "visitor_draft.fields",
}


def test_a_whole_life_leaves_its_words_in_every_place_that_can_hold_them(somebody: Life) -> None:
    """Otherwise the test after this one would prove nothing."""
    found = {what: life.places_of(word) for what, word in somebody.words.items()}
    assert [what for what, places in found.items() if not places] == []
    everywhere = set().union(*found.values(), life.places_of(somebody.account.email))
    vocabulary = {"vocabulary.word"} if engines.is_sqlite(db.obj) else set()
    assert everywhere == vocabulary | PLACES_OF_WORDS


def test_of_an_erased_person_no_word_is_left_anywhere(somebody: Life) -> None:
    erase(somebody.account)
    assert [(secret, places) for secret in somebody.secrets if (places := life.places_of(secret))] == []


def test_nobody_else_loses_anything(somebody: Life, bystander: Life) -> None:
    def theirs() -> list[tuple[str, str]]:
        return sorted(
            (table, str(row))
            for table, held in life.rows().items()
            for row in held
            if any(secret.casefold() in str(row).casefold() for secret in bystander.secrets)
        )

    before = theirs()
    places = {secret: life.places_of(secret) for secret in bystander.secrets}
    erase(somebody.account)
    assert theirs() == before
    assert {secret: life.places_of(secret) for secret in bystander.secrets} == places


def test_the_figures_of_somebody_whose_tickets_are_answered_stay_the_same(somebody: Life, boss: Staff) -> None:
    clock.advance(holding.SECONDS + 1)
    holding.release_due()
    before = stats.stats(boss).as_json()
    erase(somebody.account)
    assert stats.stats(boss).as_json() == before


def test_an_open_ticket_is_given_up_and_changes_nothing_else_in_the_figures(somebody: Life, boss: Staff) -> None:
    before = stats.stats(boss)
    erase(somebody.account)
    after = stats.stats(boss)
    assert life.ticket_states(somebody.account) == {somebody.answered_folio: "respondido", somebody.open_folio: "desistido"}
    assert (before.open - after.open, before.received, before.answered) == (1, after.received, after.answered)
    assert before.days == after.days
    assert before.first_answer_median_days == after.first_answer_median_days
    assert before.failed_letters == after.failed_letters


def test_folios_subjects_and_dates_stay(somebody: Life, boss: Staff) -> None:
    before = cast.row_of(somebody.answered_folio, boss)
    erase(somebody.account)
    after = cast.row_of(somebody.answered_folio, boss)
    kept = ("folio", "tipo", "materia", "categoria", "route", "opened_at", "legal_on", "due_on", "assignee_name")
    assert [getattr(after, name) for name in kept] == [getattr(before, name) for name in kept]
    assert (after.person_name, after.person_age, after.tramite) == (scrubbing.NAME, None, "")


def test_the_history_of_a_ticket_stays_and_says_what_happened(somebody: Life, boss: Staff) -> None:
    before = [event.kind for event in sheet(somebody.open_folio, boss).events]
    erase(somebody.account)
    assert [event.kind for event in sheet(somebody.open_folio, boss).events] == [*before, "desistido", "suprimido"]


def test_the_desk_finds_an_erased_person_by_nothing(somebody: Life, boss: Staff) -> None:
    lines = (somebody.account.email, *(somebody.words[what] for what in ("given", "first", "tramite", "question", "answer")))
    assert all(search.search(boss, line).rows for line in lines)
    erase(somebody.account)
    assert [line for line in lines if search.search(boss, line).rows] == []


def test_nothing_can_be_written_into_an_erased_persons_ticket(somebody: Life, boss: Staff) -> None:
    erase(somebody.account)
    row = cast.row_of(somebody.open_folio, boss)
    for verb in (
        lambda: desk.note(boss, row.id, "Era la señora…", "k"),
        lambda: desk.save_draft(boss, row.id, "nota", "Era la señora…"),
        lambda: desk.claim(boss, row.id),
    ):
        with pytest.raises(NotAllowed, match="suprimidos"):
            verb()
    assert set(sheet(somebody.open_folio, boss).can.values()) == {"datos suprimidos"}


def test_the_database_is_whole_afterwards(somebody: Life, bystander: Life) -> None:
    erase(somebody.account)
    assert list(verify.verify()) == []


@writes
def write_into(folio: str) -> None:
    """What nobody can do through a service."""
    ticket = Ticket.get(Ticket.folio == folio)
    Message.update(body="Era la señora…").where(Message.ticket == ticket.id).execute()
    Ticket.update(state="ingresado", resolved_at=None).where(Ticket.id == ticket.id).execute()


def test_verify_tells_when_an_erased_person_comes_back(somebody: Life, boss: Staff) -> None:
    erase(somebody.account)
    ticket_id = cast.row_of(somebody.open_folio, boss).id
    write_into(somebody.open_folio)
    assert list(verify.verify()) == [
        f"ticket {ticket_id}: la persona fue suprimida y su ticket sigue abierto",
        f"ticket {ticket_id}: la persona fue suprimida y quedan palabras suyas",
    ]


def test_nobody_can_sign_in_any_more_and_the_address_is_free_again(somebody: Life) -> None:
    grant = sessions.begin(somebody.account.id, remember=True)
    erase(somebody.account)
    assert sessions.account_of(grant.token) is None
    with pytest.raises(Invalid):
        sessions.sign_in(somebody.account.email, cast.PASSWORD)
    clock.advance(7200)
    again = cast.account(correo=somebody.account.email)
    assert again.id != somebody.account.id
    assert history.tramites_of(again.email) == ()


def test_an_account_is_erased_once(somebody: Life) -> None:
    erase(somebody.account)
    with pytest.raises(NotFound):
        erase(somebody.account)
    with pytest.raises(NotFound):
        accounts.named(somebody.account.email)
    with pytest.raises(NotFound):
        accounts.named(scrubbing.address_of(somebody.account.id))


def test_an_address_that_nobody_proved_can_be_erased_too(database: str) -> None:
    waiting = cast.applicant(nombres="Golondrina")
    accounts.sign_up(waiting)
    erase(accounts.named(waiting.email))
    assert life.places_of("Golondrina") | life.places_of(waiting.email) == set()


def test_whoever_asked_gets_one_letter_of_which_nothing_is_kept_once_it_is_delivered(somebody: Life) -> None:
    requests.ask(somebody.account, "supresion", "Ya no vivo en Chile")
    erase(somebody.account)
    assert life.places_of(somebody.account.email) == {"letter.address"}
    sent: list[str] = []

    class Postman:
        def send(self, message: object, sender: str, address: str) -> None:
            sent.append(f"{address} {message['Subject']}")  # type: ignore[index]

        def close(self) -> None: ...

    worker.deliver(Postman(), "Ayuda <no-responder@ayuda.example>", "http://127.0.0.1:8000")  # type: ignore[arg-type]
    assert [line for line in sent if somebody.account.email in line] == [f"{somebody.account.email} Borramos tus datos"]
    assert life.places_of(somebody.account.email) == set()


def test_what_an_erased_person_had_asked_for_is_closed_and_stays_as_a_record(somebody: Life) -> None:
    requests.ask(somebody.account, "supresion", "")
    erase(somebody.account)
    outcomes = [(each.kind, each.outcome, each.body, each.answer) for each in requests.requests_of(somebody.account)]
    assert outcomes == [
        ("supresion", "acogida", "", ""),
        ("acceso", "sin_objeto", "", ""),
        ("rectificacion", "parcial", "", ""),
        ("rectificacion", "hecha", "", ""),
    ]
    assert requests.waiting() == ()


def test_a_pending_link_of_an_erased_account_is_worth_nothing(somebody: Life) -> None:
    token = next(
        word.rpartition("/")[2]
        for letter in cast.letters_to(somebody.account.email)
        if letter.kind == "password"
        for word in letter.body.split()
        if "/clave/nueva/" in word
    )
    assert recovery.link_standing(token) == "valid"
    erase(somebody.account)
    assert recovery.link_standing(token) == "invalid"


def test_an_earlier_address_is_gone_too(somebody: Life) -> None:
    clock.advance(3600)
    email_changes.ask(somebody.account, cast.PASSWORD, "albatros@correo.example")
    for address in (somebody.account.email, "albatros@correo.example"):
        addresses.confirm(cast.letters_to(address)[-1].body.split("/cuenta/correo/")[1].split()[0])
    now = accounts.named("albatros@correo.example")
    assert life.places_of(somebody.account.email)
    erase(now)
    assert life.places_of(somebody.account.email) | life.places_of("albatros") == set()


def test_what_others_ask_for_with_the_same_address_goes_on(somebody: Life, database: str) -> None:
    """Whoever is changing to an address that becomes free, or hands a record over to it, is not stopped half way."""
    other = cast.account()
    clock.advance(3600)
    email_changes.ask(other, cast.PASSWORD, somebody.account.email)
    token = cast.letters_to(other.email)[-1].body.split("/cuenta/correo/")[1].split()[0]
    erase(somebody.account)
    assert email_changes.confirm(token).progress == "waits_for_new"


def test_a_letter_in_the_mail_workers_hands_does_not_come_back(somebody: Life) -> None:
    waiting = next(row for row in life.rows()["letter"] if row["state"] == "queued")
    erase(somebody.account)
    worker._fail(Letter(id=waiting["id"], kind=waiting["kind"]), f"550 {somebody.account.email}")
    assert life.places_of(somebody.account.email) == set()
