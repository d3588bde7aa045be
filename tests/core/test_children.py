"""Children of an account, their hand-over at 18, and procedures begun for them."""

from __future__ import annotations

import pytest

from core import clock
from core.errors import Conflict, Invalid, NotAllowed, NotFound
from core.mail import outbox
from core.operations import handing_over
from core.operations.rights import blocking
from core.people import accounts, children, sessions
from core.people.account_views import Account, Person
from core.tickets.citizens import following
from core.tramites import history, starting
from tests.harness import cast
from tests.harness.crowd import at_once

pytestmark = pytest.mark.usefixtures("database")

CHILD = {
    "relacion": "padre",
    "responsable": "Jean Louis",
    "nombres": "Wesley",
    "primer_apellido": "Louis",
    "nacimiento_dia": "3",
    "nacimiento_mes": "4",
    "nacimiento_anio": "2016",
    "pais": "ht",
}


@pytest.fixture
def adult(database: str) -> Account:
    return cast.account()


def again(account: Account) -> Account:
    return accounts.named(account.email)


def of_age(adult: Account, name: str = "Wesley") -> Person:
    """A child of the account who comes of age."""
    child = children.add(adult, {**CHILD, **seventeen(), "nombres": name})
    clock.advance(366 * 24 * 3600)
    return child


def seventeen() -> dict[str, str]:
    return {"nacimiento_anio": str(clock.today().year - 17), "nacimiento_dia": "1", "nacimiento_mes": "1"}


def link_to(address: str) -> str:
    return cast.letters_to(address)[-1].body.split("/cuenta/entrega/")[1].split()[0]


def test_a_child_needs_somebody_who_acts(adult: Account) -> None:
    with pytest.raises(Invalid) as refused:
        children.add(adult, {**CHILD, "relacion": "", "responsable": ""})
    assert set(refused.value.fields) == {"relacion", "responsable"}


def test_a_child_added_twice_at_the_same_moment_is_there_once(adult: Account) -> None:
    at_once([lambda: children.add(adult, CHILD)] * 4)
    assert len(again(adult).persons) == 2


def test_there_is_one_holder(adult: Account) -> None:
    with pytest.raises(Conflict):
        children.add_holder(adult, {**CHILD, "nacimiento_anio": "1980"})


def test_while_the_data_are_blocked_nobody_is_added_and_nothing_is_begun(adult: Account) -> None:
    blocking.block(adult)
    with pytest.raises(NotAllowed):
        children.add(adult, CHILD)
    with pytest.raises(NotAllowed):
        starting.start(adult, adult.persons[0].id, "cert-pd")


def test_tickets_letters_and_trámites_move_with_their_person(adult: Account) -> None:
    child = of_age(adult)
    begun = starting.start(again(adult), child.id, "cert-pd")
    mine = starting.start(again(adult), adult.persons[0].id, "cert-pd")
    children.hand_over(again(adult), child.id, "wesley@correo.example")
    handing_over.take_over(link_to("wesley@correo.example"), cast.PASSWORD, cast.PASSWORD)
    grown = accounts.named("wesley@correo.example")
    assert [(person.id, person.is_holder, person.guardian) for person in grown.persons] == [(child.id, True, "")]
    assert [each.id for each in history.tramites_of(grown.email)] == [begun.id]
    assert [each.id for each in history.tramites_of(adult.email)] == [mine.id]
    assert following.tickets_of(grown) == ()
    assert sessions.sign_in(grown.email, cast.PASSWORD, False, "here").account_id == grown.id


def test_a_link_used_twice_at_the_same_moment_makes_one_account(adult: Account) -> None:
    child = of_age(adult)
    children.hand_over(again(adult), child.id, "wesley@correo.example")
    token = link_to("wesley@correo.example")
    outcomes = at_once([lambda: handing_over.take_over(token, cast.PASSWORD, cast.PASSWORD)] * 3)
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Conflict", "Conflict", "NoneType"], outcomes


def test_the_link_of_one_twin_leaves_the_others_alone(adult: Account) -> None:
    first = of_age(adult)
    second = children.add(again(adult), {**CHILD, **seventeen(), "nombres": "Wilson"})
    with pytest.raises(Conflict):
        children.hand_over(again(adult), second.id, "wilson@correo.example")
    clock.advance(366 * 24 * 3600)
    for child, address in ((first, "wesley@correo.example"), (second, "wilson@correo.example")):
        children.hand_over(again(adult), child.id, address)
    handing_over.take_over(link_to("wesley@correo.example"), cast.PASSWORD, cast.PASSWORD)
    handing_over.take_over(link_to("wilson@correo.example"), cast.PASSWORD, cast.PASSWORD)
    assert len(again(adult).persons) == 1


def test_a_second_offer_to_the_same_person_is_worthless_after_the_first_was_taken(adult: Account) -> None:
    child = of_age(adult)
    for address in ("uno@correo.example", "dos@correo.example"):
        children.hand_over(again(adult), child.id, address)
    handing_over.take_over(link_to("uno@correo.example"), cast.PASSWORD, cast.PASSWORD)
    with pytest.raises(Conflict):
        handing_over.take_over(link_to("dos@correo.example"), cast.PASSWORD, cast.PASSWORD)


def test_nobody_hands_over_a_strangers_child(adult: Account) -> None:
    child = of_age(adult)
    with pytest.raises(NotFound):
        children.hand_over(cast.account(), child.id, "wesley@correo.example")


def test_a_procedure_begun_twice_at_the_same_moment_has_one_id(adult: Account) -> None:
    person = adult.persons[0].id
    begun = at_once([lambda: starting.start(adult, person, "cert-pd", "llave")] * 4)
    assert len({getattr(each, "id", each) for each in begun}) == 1
    assert len(history.tramites_of(adult.email)) == 1


def test_an_id_that_the_service_gave_already_is_not_given_again(adult: Account) -> None:
    person = adult.persons[0].id
    first = int(starting.start(adult, person, "cert-pd").id)
    taken = {"tipo": "x", "estado": "x", "correo": "otra@correo.example", "creado": ""}
    history.import_rows([{**taken, "id": str(first + 1)}])
    second = starting.start(adult, person, "rd-solicitud")
    assert second.id != str(first + 1)
    assert starting.begun_for([second.id]) == {second.id: person}


def test_what_the_portal_answers_itself_is_not_begun(adult: Account) -> None:
    for code in ("consulta-beneficios", "nada", ""):
        with pytest.raises(NotFound):
            starting.start(adult, adult.persons[0].id, code)


def test_letters_are_marked_when_they_were_read_by_their_own_account(adult: Account) -> None:
    starting.start(adult, adult.persons[0].id, "cert-pd")
    (letter,) = outbox.inbox(adult.id)
    outbox.mark_read(cast.account().id, letter.id)
    assert outbox.inbox_counts(adult.id, adult.email).unread == 1
    outbox.mark_read(adult.id, letter.id)
    assert outbox.inbox_counts(adult.id, adult.email) == outbox.Inbox(total=1, unread=0, came_back=0)
