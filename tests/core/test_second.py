"""An answer that was not enough: a second ticket, tied to the first, that somebody else answers."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core import clock
from core.errors import Conflict, Invalid, NotAllowed, NotFound
from core.mail import outbox
from core.operations import verify
from core.operations.rights import blocking
from core.people import accounts
from core.people.account_views import Account
from core.people.views import Staff
from core.tickets import closing, desk, opening, sheets
from core.tickets.citizens import drafts, following, second
from core.tickets.lists import queue
from tests.harness import cast

TEXT = "No me dijeron en qué fecha termina la prórroga."


@pytest.fixture
def eva(owner: Account) -> Staff:
    """Who answers the first ticket."""
    return cast.analyst("Eva Díaz", rights=("nna",))


@pytest.fixture
def marta(owner: Account) -> Staff:
    return cast.analyst("Marta")


def answered(owner: Account, by: Staff, **changed: str) -> str:
    """The folio of a ticket that has its answer."""
    folio = cast.ticket(owner, **changed)
    row = cast.row_of(folio, by)
    desk.reply(by, row.id, row.version, "Sí, puedes.", f"answer {folio}")
    return folio


def test_a_second_ticket_keeps_the_subject_and_is_tied_to_the_first(owner: Account, eva: Staff, marta: Staff) -> None:
    first = answered(owner, eva)
    clock.advance(600)
    drafts.save(owner.persons[0].id, {"tipo": "reclamo", "texto": "Otra cosa"})
    folio = second.open_second(owner, first, TEXT, "a")
    assert second.open_second(owner, first, "Otra vez", "a") == folio
    one, two = (following.ticket_of(owner, each) for each in (first, folio))
    kept = ("tipo", "materia", "categoria", "tramite", "person_id")
    assert [getattr(two, name) for name in kept] == [getattr(one, name) for name in kept]
    assert (two.second_of, one.followed_by, two.messages[0].body) == (first, folio, TEXT)
    assert [letter.kind for letter in outbox.letters_of(owner.id)][:2] == ["receipt", "answer"]
    assert drafts.read(owner.persons[0].id) is not None
    row = cast.row_of(folio, marta)
    assert row.is_second
    assert [each.id for each in queue.window(marta, "segundos", 0, 10)] == [row.id]
    assert queue.counts(marta).seconds == queue.size(marta, "segundos") == 1
    assert list(verify.verify()) == []


def test_it_goes_to_another_analyst_than_the_one_who_answered(owner: Account, eva: Staff, marta: Staff) -> None:
    row = cast.row_of(second.open_second(owner, answered(owner, eva), TEXT, "a"), eva)
    with pytest.raises(Conflict, match="Solo quedan segundos tickets"):
        desk.take_next(eva)
    other = cast.row_of(cast.ticket(), eva)
    assert desk.take_next(eva) == other.id
    for verb in (
        lambda: desk.claim(eva, row.id),
        lambda: desk.reply(eva, row.id, row.version, "Otra vez lo mismo.", "x"),
    ):
        with pytest.raises(Conflict, match="respondiste el primer ticket"):
            verb()
    can = sheets.open_sheet(eva, row.id).can
    assert {verb for verb, reason in can.items() if "primer ticket" in reason} >= {"claim", "reply", "ask", "extend", "refer"}
    desk.note(eva, row.id, "Yo respondí el primero.", "n")
    assert desk.take_next(marta) == row.id
    desk.reply(marta, row.id, cast.row_of(row.folio, marta).version, "Termina en enero.", "y")


def test_a_supervisor_who_answered_leaves_it_to_others_too(owner: Account) -> None:
    chief = cast.analyst("Camila", role="supervisor")
    row = cast.row_of(second.open_second(owner, answered(owner, chief), TEXT, "a"), chief)
    desk.claim(cast.analyst(), row.id)
    with pytest.raises(Conflict, match="respondiste el primer ticket"):
        desk.claim(chief, row.id)


def test_the_desk_reads_the_first_ticket_with_the_second(owner: Account, eva: Staff, marta: Staff) -> None:
    first = answered(owner, eva)
    desk.note(eva, cast.row_of(first, eva).id, "Ojo con la fecha.", "n")
    row = cast.row_of(second.open_second(owner, first, TEXT, "a"), marta)
    attached = sheets.open_sheet(marta, row.id).first
    assert attached is not None
    assert (attached.row.folio, attached.row.assignee_name) == (first, "Eva Díaz")
    assert [message.body for message in attached.messages] == [cast.TEXT, "Sí, puedes.", "Ojo con la fecha."]
    assert sheets.open_sheet(marta, cast.row_of(first, marta).id, cast.REASON).first is None


def test_a_first_ticket_that_an_analyst_may_not_see_is_not_shown(database: str, eva: Staff, marta: Staff) -> None:
    child = cast.child()
    row = cast.row_of(second.open_second(child, answered(child, eva), TEXT, "a"), eva)
    assert row.route == "nna"
    with pytest.raises(NotFound):
        sheets.open_sheet(marta, row.id)


def test_one_open_ticket_for_each_person_still_holds(owner: Account, eva: Staff) -> None:
    first = answered(owner, eva)
    present = cast.ticket(owner)
    with pytest.raises(Conflict) as refused:
        second.open_second(owner, first, TEXT, "a")
    assert (refused.value.folio, refused.value.message) == (present, opening.ONE_AT_A_TIME)


def test_there_is_one_second_ticket_for_an_answer_unless_it_was_given_up(owner: Account, eva: Staff, marta: Staff) -> None:
    first = answered(owner, eva)
    given_up = second.open_second(owner, first, TEXT, "a")
    with pytest.raises(Conflict) as refused:
        second.open_second(owner, first, TEXT, "b")
    assert refused.value.folio == given_up
    following.withdraw(owner, given_up)
    folio = second.open_second(owner, first, TEXT, "c")
    row = cast.row_of(folio, marta)
    desk.reply(marta, row.id, row.version, "Termina en enero.", "y")
    with pytest.raises(Conflict) as refused:
        second.open_second(owner, first, TEXT, "d")
    assert refused.value.folio == folio
    third = second.open_second(owner, folio, TEXT, "e")
    assert desk.take_next(eva) == cast.row_of(third, eva).id
    assert list(verify.verify()) == []


def test_what_has_no_answer_has_no_second_ticket(owner: Account) -> None:
    folio = cast.ticket(owner)
    with pytest.raises(Conflict):
        second.open_second(owner, folio, TEXT, "a")
    following.withdraw(owner, folio)
    with pytest.raises(Conflict):
        second.open_second(owner, folio, TEXT, "a")


def test_a_stranger_a_blank_text_and_blocked_data_open_nothing(owner: Account, eva: Staff) -> None:
    first = answered(owner, eva)
    with pytest.raises(NotFound):
        second.open_second(cast.account(), first, TEXT, "a")
    with pytest.raises(Invalid) as refused:
        second.open_second(owner, first, "\u200b \n", "a")
    assert set(refused.value.fields) == {"texto"}
    with pytest.raises(Invalid, match=r"10\.001"):
        second.open_second(owner, first, "a" * 10_001, "a")
    blocking.block(owner)
    with pytest.raises(NotAllowed):
        second.open_second(accounts.named(owner.email), first, TEXT, "a")


@pytest.mark.parametrize(("days_ago", "route"), [(1, "plazo"), (30, "normal")])
def test_a_legal_term_goes_on_while_it_runs_and_no_longer(owner: Account, eva: Staff, days_ago: int, route: str) -> None:
    notice = clock.today() - timedelta(days=days_ago)
    about = {"materia": "rt", "categoria": "rt-rechazo", "fecha_notificacion": f"{notice:%d-%m-%Y}"}
    row = cast.row_of(second.open_second(owner, answered(owner, eva, **about), TEXT, "a"), eva)
    assert (row.route, row.urgent, row.has_term) == (route, route == "plazo", route == "plazo")
    assert list(verify.verify()) == []


def test_a_closed_ticket_can_still_be_followed_by_a_second_one(owner: Account, eva: Staff) -> None:
    first = answered(owner, eva)
    closing.enough(owner, first)
    assert following.ticket_of(owner, second.open_second(owner, first, TEXT, "a")).second_of == first
