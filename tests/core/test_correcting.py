"""Correcting one's own data: checked as at sign-up, searched by the new words, left on record."""

from __future__ import annotations

from datetime import date

import pytest

from core import clock
from core.errors import Invalid, NotFound
from core.mail import outbox
from core.operations.rights import correcting, requests
from core.people import accounts, children
from core.people.account_views import Account
from core.people.views import Staff
from core.text import clean_line
from core.tickets.searching import search
from tests.corpus import load
from tests.harness import cast, life
from tests.harness.wants import sweep

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def boss(database: str) -> Staff:
    return cast.analyst("Eva Díaz", role="supervisor", rights=("nna",))


def correct(owner: Account, **fields: str) -> tuple[str, ...]:
    return correcting.correct(owner, owner.persons[0].id, fields)


def again(owner: Account) -> Account:
    return accounts.named(owner.email)


def test_names_birth_and_country_can_be_corrected(owner: Account) -> None:
    changed = correct(owner, nombres="Ñusta", segundo_apellido="", nacimiento_dia="1", pais="ht")
    assert set(changed) == {"given_names", "second_surname", "birth_on", "country"}
    (person,) = again(owner).persons
    assert (person.shown_name, person.birth_date, person.country) == ("Ñusta Quispe", date(1985, 3, 1), "ht")


def test_a_document_with_a_single_name_has_no_surnames(owner: Account) -> None:
    correct(owner, nombres="Suharto", un_nombre="si")
    (person,) = again(owner).persons
    assert (person.shown_name, person.single_name) == ("Suharto", True)


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"nombres": ""}, {"nombres"}),
        ({"nombres": "http://evil.example"}, {"nombres"}),
        ({"primer_apellido": ""}, {"primer_apellido"}),
        ({"nacimiento_dia": "31", "nacimiento_mes": "2"}, {"nacimiento_dia"}),
        ({"nacimiento_anio": "2020"}, {"nacimiento_dia"}),
        ({"nacimiento_anio": "2030"}, {"nacimiento_dia"}),
        ({"pais": "zz"}, {"pais"}),
        ({"pais": "", "nombres": " "}, {"pais", "nombres"}),
    ],
)
def test_what_a_sign_up_refuses_is_refused_here_too(owner: Account, fields: dict[str, str], wrong: set[str]) -> None:
    with pytest.raises(Invalid) as refused:
        correct(owner, **fields)
    assert set(refused.value.fields) == wrong
    assert again(owner) == owner


def test_every_name_that_a_sign_up_takes_can_be_corrected_to(owner: Account) -> None:
    for case in sweep(load("names_accept.jsonl"), 20):
        correct(owner, nombres=case["payload"], nacimiento_dia="27")
        assert again(owner).persons[0].given_names == clean_line(case["payload"])


def test_a_correction_is_left_on_record_and_told_in_a_letter(owner: Account) -> None:
    correct(owner, nombres="Ñusta", pais="ht")
    (record,) = requests.requests_of(owner)
    assert (record.kind, record.outcome, record.answered_at) == ("rectificacion", "hecha", clock.now())
    assert record.body == "Corregiste en tus datos: nombres, país de nacimiento."
    letter = outbox.letters_of(owner.id)[0]
    assert letter.kind == "data-change"
    assert record.body in letter.body
    assert "Ñusta" not in letter.body


def test_saving_what_was_there_already_changes_and_records_nothing(owner: Account) -> None:
    assert correct(owner, **correcting.as_typed(owner.persons[0])) == ()
    assert requests.requests_of(owner) == ()


def test_the_desk_finds_the_new_name_and_no_longer_the_old(owner: Account, boss: Staff) -> None:
    correct(owner, nombres="Zorzalina")
    cast.ticket(owner)
    correct(again(owner), nombres="Calandria")
    assert search.search(boss, "Calandria").rows
    assert not search.search(boss, "Zorzalina").rows
    assert life.places_of("Zorzalina") == set()


def test_a_name_that_others_bear_can_still_be_found_by_its_beginning(owner: Account, boss: Staff) -> None:
    namesake = cast.account(nombres="Zorzalina")
    correct(owner, nombres="Zorzalina")
    for each in (again(owner), namesake):
        cast.ticket(each)
    correct(again(owner), nombres="Calandria")
    assert len(search.search(boss, "Zorzali").rows) == 1


def test_nobody_corrects_a_stranger(owner: Account) -> None:
    stranger = cast.account()
    with pytest.raises(NotFound):
        correcting.correct(owner, stranger.persons[0].id, {"nombres": "Ana"})


def test_what_is_not_ones_own_to_correct_is_not_touched(owner: Account) -> None:
    correct(owner, para_quien="nna", relacion="madre", responsable="Otra Persona", correo="x@correo.example", id="7")
    assert again(owner) == owner


def test_the_adult_who_acts_for_a_child_can_correct_both_names() -> None:
    owner = cast.child()
    correct(owner, nombres="Diuca", responsable="Loica", relacion="tutor")
    (person,) = again(owner).persons
    assert (person.given_names, person.guardian, person.relation) == ("Diuca", "Loica", "tutor")


def test_the_name_of_somebody_who_has_come_of_age_meanwhile_can_be_corrected() -> None:
    owner = cast.child(nacimiento_anio="2009")
    clock.advance(400 * 24 * 3600)
    correct(owner, nombres="Diuca")
    with pytest.raises(Invalid):
        correct(again(owner), nacimiento_anio="2007")


def test_a_ticket_follows_the_age_of_its_person(boss: Staff) -> None:
    owner = cast.account(nacimiento_anio="2007")
    folio = cast.ticket(owner)
    assert cast.row_of(folio, boss).route == "normal"
    correct(owner, nacimiento_anio="2010")
    row = cast.row_of(folio, boss)
    assert (row.route, row.urgent) == ("nna", True)
    correct(again(owner), nacimiento_anio="2007")
    row = cast.row_of(folio, boss)
    assert (row.route, row.urgent) == ("normal", False)


def test_one_of_several_persons_is_corrected_alone(owner: Account) -> None:
    children.add(owner, cast.form(nombres="Diuca", nacimiento_anio="2015", relacion="madre", responsable="Loica"))
    both = again(owner)
    correcting.correct(both, both.persons[1].id, {"nombres": "Chercán"})
    assert [person.given_names for person in again(owner).persons] == ["María José", "Chercán"]
