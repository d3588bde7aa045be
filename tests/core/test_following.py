"""What a person does with a ticket that was sent."""

from __future__ import annotations

import pytest

from core import clock
from core.errors import Conflict, Invalid, NotFound
from core.mail import outbox
from core.people.account_views import Account
from core.people.views import Staff
from core.tickets import desk
from core.tickets.citizens import drafts, following
from tests.harness import cast
from tests.harness.crowd import at_once

pytestmark = pytest.mark.usefixtures("database")


def answer(me: Staff, folio: str, text: str = "Tu solicitud avanza: no tienes que hacer nada.") -> None:
    row = cast.row_of(folio, me)
    desk.reply(me, row.id, row.version, text, f"llave de {folio}")


def test_a_strangers_ticket_is_as_unknown_as_one_that_does_not_exist(owner: Account) -> None:
    said = set()
    for folio in (cast.ticket(), "AM-2026-999999-X", "", "x", "../../etc", "AM-2026-000001-\x00"):
        with pytest.raises(NotFound) as refused:
            following.ticket_of(owner, folio)
        said.add(refused.value.message)
    assert len(said) == 1


def test_a_folio_is_found_however_it_is_typed(owner: Account) -> None:
    folio = cast.ticket(owner)
    assert following.ticket_of(owner, folio.lower().replace("-", " ")).folio == folio


def test_what_is_added_stands_below_what_was_said(owner: Account) -> None:
    folio = cast.ticket(owner)
    following.add_information(owner, folio, "Olvidé decir algo.", "llave")
    assert [message.body for message in following.ticket_of(owner, folio).messages] == [cast.TEXT, "Olvidé decir algo."]


def test_what_is_sent_twice_is_added_once(owner: Account) -> None:
    folio = cast.ticket(owner)
    for _ in range(2):
        following.add_information(owner, folio, "Olvidé decir algo.", "llave")
    assert len(following.ticket_of(owner, folio).messages) == 2


def test_what_is_sent_twice_at_the_same_moment_is_added_once(owner: Account) -> None:
    folio = cast.ticket(owner)
    outcomes = at_once([lambda: following.add_information(owner, folio, "Olvidé decir algo.", "llave")] * 8)
    assert outcomes == [None] * 8
    assert len(following.ticket_of(owner, folio).messages) == 2


@pytest.mark.parametrize("text", ["", "  \n", "\u200b", "x" * 10_001])
def test_nothing_to_add_is_refused(owner: Account, text: str) -> None:
    folio = cast.ticket(owner)
    with pytest.raises(Invalid) as refused:
        following.add_information(owner, folio, text, "llave")
    assert set(refused.value.fields) == {"texto"}


def test_nobody_adds_to_a_strangers_ticket_or_withdraws_it(owner: Account) -> None:
    folio = cast.ticket()
    with pytest.raises(NotFound):
        following.add_information(owner, folio, "hola", "llave")
    with pytest.raises(NotFound):
        following.withdraw(owner, folio)


def test_the_answer_is_read_with_its_date_and_without_internal_notes(owner: Account, me: Staff) -> None:
    folio = cast.ticket(owner)
    clock.advance(3600)
    desk.note(me, cast.row_of(folio, me).id, "Ojo: caso conocido", "nota")
    answer(me, folio)
    known = following.ticket_of(owner, folio)
    assert (known.state, known.is_open, known.answered_at) == ("respondido", False, clock.now())
    assert [message.kind for message in known.messages] == ["persona", "respuesta"]
    assert known.messages[1].fate == "en cola"
    assert "Ana Rojas" in known.messages[1].author


def test_after_the_answer_nothing_is_added_but_another_ticket_may_be_opened(owner: Account, me: Staff) -> None:
    folio = cast.ticket(owner)
    answer(me, folio)
    with pytest.raises(Conflict):
        following.add_information(owner, folio, "una cosa más", "llave")
    second = cast.ticket(owner, texto="No me quedó claro.")
    assert [known.folio for known in following.tickets_of(owner)] == [second, folio]


def test_whoever_withdraws_may_open_another_one(owner: Account) -> None:
    folio = cast.ticket(owner)
    following.withdraw(owner, folio)
    following.withdraw(owner, folio)
    assert following.ticket_of(owner, folio).state == "desistido"
    assert cast.ticket(owner, texto="Otra cosa") != folio


def test_an_answered_ticket_cannot_be_withdrawn(owner: Account, me: Staff) -> None:
    folio = cast.ticket(owner)
    answer(me, folio)
    with pytest.raises(Conflict):
        following.withdraw(owner, folio)
    assert following.ticket_of(owner, folio).state == "respondido"


def test_the_answer_is_in_the_inbox_as_it_was_in_the_letter(owner: Account, me: Staff) -> None:
    answer(me, cast.ticket(owner), "Tu solicitud avanza: no tienes que hacer nada.\n\nSaludos")
    kinds = [letter.kind for letter in outbox.letters_of(owner.id)]
    assert kinds == ["answer", "receipt", "validation"]
    newest = outbox.letters_of(owner.id)[0]
    assert "Tu solicitud avanza: no tienes que hacer nada.\n\nSaludos" in outbox.letter_of(owner.id, newest.id).body
    assert outbox.count_of(owner.id) == 3


def test_a_strangers_letter_is_unknown(owner: Account) -> None:
    stranger = cast.account()
    with pytest.raises(NotFound):
        outbox.letter_of(owner.id, outbox.letters_of(stranger.id)[0].id)


def test_a_draft_keeps_what_is_typed_step_by_step(owner: Account) -> None:
    person = owner.persons[0].id
    drafts.save(person, {"tipo": "consulta"})
    drafts.save(person, {"materia": "pt", "clave": "no es un campo"})
    kept = drafts.read(person)
    assert kept is not None
    assert kept.fields == {"tipo": "consulta", "materia": "pt"}


def test_a_draft_has_the_same_key_until_something_changes(owner: Account) -> None:
    person = owner.persons[0].id
    key = drafts.save(person, {"texto": "hola"}).key
    assert drafts.save(person, {"texto": "hola"}).key == key
    assert drafts.save(person, {"texto": "hola!"}).key != key


def test_a_dropped_draft_is_gone(owner: Account) -> None:
    person = owner.persons[0].id
    drafts.save(person, {"texto": "hola"})
    drafts.drop(person)
    assert drafts.read(person) is None
