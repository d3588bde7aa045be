"""Signing up and proving the address."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import partial

import pytest

from core import clock
from core.errors import Conflict, Invalid, NotFound, TooOften
from core.people import accounts, email_changes, recovery, sessions, throttles
from core.people.links import LIFETIMES
from tests.harness import cast
from tests.harness.crowd import at_once

pytestmark = pytest.mark.usefixtures("database")

DAY = 24 * 3600


def test_signing_up_sends_one_letter_with_a_link() -> None:
    somebody = cast.applicant()
    accounts.sign_up(somebody)
    (letter,) = cast.letters_to(somebody.email)
    assert (letter.kind, letter.state) == ("validation", "queued")
    assert accounts.link_standing(cast.token_in(letter.body)) == "valid"


def test_the_link_proves_the_address() -> None:
    somebody = cast.applicant(nombres="Ñusta")
    accounts.sign_up(somebody)
    known = accounts.validate(cast.validation_token(somebody.email)).account
    assert known.verified
    assert known.email == somebody.email
    assert [person.shown_name for person in known.persons] == ["Ñusta Quispe Mamani"]


def test_a_child_is_the_accounts_person_and_the_adult_is_on_record() -> None:
    known = cast.child()
    (child,) = known.persons
    assert (child.is_holder, child.relation, child.guardian) == (False, "madre", "Rosa Ñamandú")


def test_a_link_works_once() -> None:
    somebody = cast.applicant()
    accounts.sign_up(somebody)
    token = cast.validation_token(somebody.email)
    accounts.validate(token)
    assert accounts.link_standing(token) == "used"
    with pytest.raises(Conflict):
        accounts.validate(token)


def test_another_spelling_of_a_used_link_is_used_too() -> None:
    somebody = cast.applicant()
    accounts.sign_up(somebody)
    token = cast.validation_token(somebody.email)
    accounts.validate(token)
    for spelling in (token + "=", token + ".", token + ")"):
        assert accounts.link_standing(spelling) in ("used", "invalid")


def test_a_link_whose_full_stop_the_mail_program_kept_still_works() -> None:
    somebody = cast.applicant()
    accounts.sign_up(somebody)
    assert accounts.validate(cast.validation_token(somebody.email) + ".").account.verified


def test_a_link_lives_to_the_second() -> None:
    somebody = cast.applicant()
    accounts.sign_up(somebody)
    token = cast.validation_token(somebody.email)
    clock.advance(LIFETIMES["validation"])
    assert accounts.link_standing(token) == "valid"
    clock.advance(1)
    assert accounts.link_standing(token) == "expired"
    with pytest.raises(Conflict):
        accounts.validate(token)


@pytest.mark.parametrize("token", ["", "x", "a.b", "WzEsIngiXQ.abc", "ñ" * 50, "\x00"])
def test_an_invented_link_is_worth_nothing(token: str) -> None:
    assert accounts.link_standing(token) == "invalid"
    with pytest.raises(NotFound):
        accounts.validate(token)


def test_a_second_link_can_be_asked_for_and_the_first_dies_with_its_use() -> None:
    somebody = cast.applicant()
    accounts.sign_up(somebody)
    first = cast.validation_token(somebody.email)
    accounts.resend_validation(somebody.email)
    second = cast.validation_token(somebody.email)
    assert first != second
    accounts.validate(second)
    assert accounts.link_standing(first) == "used"


def test_asking_again_for_an_unknown_address_says_nothing_and_sends_nothing() -> None:
    accounts.resend_validation("nadie@correo.example")
    assert cast.letters_to("nadie@correo.example") == []


def test_signing_up_with_a_known_address_changes_nothing_and_writes_to_its_owner() -> None:
    known = cast.account()
    accounts.sign_up(cast.applicant(correo=known.email, nombres="Otra"))
    letter = cast.letters_to(known.email)[-1]
    assert letter.kind == "welcome-back"
    assert "/cuenta/validar/" not in letter.body
    assert [person.given_names for person in known.persons] == ["María José"]


def test_of_two_people_who_sign_up_with_one_address_whoever_reads_its_mail_gets_it() -> None:
    squatter = cast.applicant(correo="ana@correo.example", nombres="Intruso")
    owner = cast.applicant(correo="ana@correo.example", nombres="Ana")
    accounts.sign_up(squatter)
    accounts.sign_up(owner)
    account = accounts.validate(cast.validation_token("ana@correo.example")).account
    assert [person.given_names for person in account.persons] == ["Ana"]
    first = cast.token_in(cast.letters_to("ana@correo.example")[0].body)
    with pytest.raises((Conflict, NotFound)):
        accounts.validate(first)


def test_another_letter_is_for_the_account_of_the_browser_that_asks() -> None:
    accounts.sign_up(cast.applicant(correo="ana@correo.example", nombres="Ana", visitor="el de Ana"))
    accounts.sign_up(cast.applicant(correo="ana@correo.example", nombres="Intruso", visitor="otro"))
    accounts.resend_validation("ana@correo.example", "el de Ana")
    known = accounts.validate(cast.validation_token("ana@correo.example")).account
    assert [person.given_names for person in known.persons] == ["Ana"]


def test_a_form_that_is_sent_twice_at_once_makes_one_account_with_the_last_password() -> None:
    form = {"correo": "ana@correo.example", "visitor": "este navegador"}
    outcomes = at_once([partial(accounts.sign_up, cast.applicant(**form)) for _ in range(4)])
    assert outcomes == [None] * 4
    assert len(cast.letters_to("ana@correo.example")) == 1


def test_another_person_with_the_same_address_is_not_the_same_form() -> None:
    for given in ("Ana", "Rosa"):
        accounts.sign_up(cast.applicant(correo="ana@correo.example", nombres=given, visitor="este navegador"))
    assert len(cast.letters_to("ana@correo.example")) == 2


def test_validating_in_the_browser_that_signed_up_signs_in_and_elsewhere_does_not() -> None:
    here, elsewhere = cast.applicant(visitor="este navegador"), cast.applicant(visitor="este navegador")
    accounts.sign_up(here)
    accounts.sign_up(elsewhere)
    grant = accounts.validate(cast.validation_token(here.email), visitor="este navegador").grant
    assert grant is not None
    assert sessions.account_of(grant.token) is not None
    assert accounts.validate(cast.validation_token(elsewhere.email), visitor="otro").grant is None


def test_letters_to_one_inbox_have_a_limit_that_fills_up_again() -> None:
    somebody = cast.applicant()
    accounts.sign_up(somebody)
    with pytest.raises(TooOften) as refused:
        for _ in range(20):
            accounts.resend_validation(somebody.email)
    assert refused.value.retry_after > 0
    clock.advance(refused.value.retry_after)
    accounts.resend_validation(somebody.email)


@pytest.mark.parametrize("ask", [recovery.ask_reset, accounts.resend_validation])
def test_one_place_cannot_have_letters_sent_to_the_whole_world(ask: Callable[..., None]) -> None:
    burst = throttles.LIMITS["letters_from_place"].burst
    for number in range(burst):
        ask(f"victima{number}@correo.example", address="192.0.2.1")
    with pytest.raises(TooOften):
        ask("otra@correo.example", address="192.0.2.1")
    ask("otra@correo.example", address="192.0.2.2")


def test_whoever_asks_for_letters_all_day_does_not_keep_the_owner_from_signing_up() -> None:
    for _ in range(30):
        with suppress(TooOften):
            accounts.resend_validation("ana@correo.example", address="192.0.2.1")
        clock.advance(300)
    accounts.sign_up(cast.applicant(correo="ana@correo.example"))


def test_a_change_that_is_sent_twice_is_one(database: str) -> None:
    known = cast.account()
    for _ in range(2):
        email_changes.ask(known, cast.PASSWORD, "nueva@correo.example")
    assert len(cast.letters_to("nueva@correo.example")) == 1
    token = sessions.begin(known.id, remember=False).token
    for _ in range(2):
        recovery.change_password(known, token, cast.PASSWORD, "otras palabras largas", "otras palabras largas")
    assert [letter.kind for letter in cast.letters_to(known.email)].count("password-changed") == 1
    with pytest.raises(Invalid):
        recovery.change_password(known, token, cast.PASSWORD, "todavía otras palabras", "todavía otras palabras")


def test_accounts_that_nobody_validates_are_forgotten_with_all_that_was_said() -> None:
    somebody, known = cast.applicant(), cast.account()
    accounts.sign_up(somebody)
    clock.advance(accounts.UNVERIFIED_KEPT + 1)
    assert accounts.forget_unverified() == 1
    assert cast.letters_to(somebody.email) == []
    assert cast.letters_to(known.email) != []
