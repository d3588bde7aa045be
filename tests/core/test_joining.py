"""Somebody whom ClaveÚnica vouches for and an account find each other by the proof of an e-mail."""

from __future__ import annotations

import re

import pytest

from core import clock
from core.database.binding import db
from core.errors import Conflict, Invalid, NotFound, Problem, TooOften
from core.people import accounts, email_changes, joining, links, sessions, visitors
from core.people.joining import Identity, NotSignedIn
from core.people.models import Account, Link
from tests.harness import cast
from tests.harness.crowd import at_once

pytestmark = pytest.mark.usefixtures("database")

ROSA = Identity(44_444_444, "Rosa Elena", "Ñamandú", "de la Cruz")
JEAN = Identity(55_555_555, "Jean-Baptiste", "Désir", "")
BROWSER, OTHER = "un-navegador-cualquiera", "otro-navegador"
ANSWERS = {"nacimiento_dia": "1", "nacimiento_mes": "2", "nacimiento_anio": "1990", "pais": "py"}


def answers(email: str) -> dict[str, str]:
    return {**ANSWERS, "correo": email}


def last_token(email: str) -> str:
    found = re.search(r"/claveunica/correo/(\S+)", cast.letters_to(email)[-1].body)
    assert found is not None
    return found[1]


def arrive_and_join(identity: Identity, email: str, browser: str = BROWSER) -> str:
    assert joining.arrive(browser, identity) is None
    joining.join(browser, answers(email))
    return last_token(email)


def run_of(account_id: int) -> int | None:
    with db.connection_context():
        return Account.get_by_id(account_id).run


def test_a_first_visit_makes_an_account_once_the_address_is_proven() -> None:
    token = arrive_and_join(ROSA, " Rosa@Correo.example ".strip().lower())
    assert joining.arrive(OTHER, ROSA) is None
    grant = joining.confirm(token, BROWSER)
    assert grant is not None
    account = sessions.account_of(grant.token)
    assert account is not None
    assert (account.email, account.verified) == ("rosa@correo.example", True)
    (person,) = account.persons
    assert (person.shown_name, person.country, person.is_holder) == ("Rosa Elena Ñamandú de la Cruz", "py", True)


def test_the_next_visit_needs_nothing_but_claveunica() -> None:
    joining.confirm(arrive_and_join(ROSA, "rosa@correo.example"))
    grant = joining.arrive(OTHER, Identity(ROSA.run, "Con", "Otro", "Nombre"))
    assert grant is not None


def test_another_browser_proves_the_address_but_is_not_signed_in() -> None:
    assert joining.confirm(arrive_and_join(ROSA, "rosa@correo.example"), OTHER) is None
    assert joining.arrive(OTHER, ROSA) is not None


def test_one_surname_is_a_name() -> None:
    grant = joining.confirm(arrive_and_join(JEAN, "jean@correo.example"), BROWSER)
    assert grant is not None
    account = sessions.account_of(grant.token)
    assert account is not None
    assert (account.persons[0].shown_name, account.persons[0].single_name) == ("Jean-Baptiste Désir", False)


def test_no_surname_is_a_single_name() -> None:
    grant = joining.confirm(arrive_and_join(Identity(7, "Suharto", "", ""), "s@correo.example"), BROWSER)
    assert grant is not None
    account = sessions.account_of(grant.token)
    assert account is not None
    assert account.persons[0].single_name


def test_an_account_with_a_password_is_joined_only_by_its_letter() -> None:
    known = cast.account()
    token = arrive_and_join(ROSA, known.email)
    assert run_of(known.id) is None
    assert joining.arrive(OTHER, ROSA) is None
    assert joining.link_standing(token) == ("valid", True)
    grant = joining.confirm(token, BROWSER)
    assert grant is not None
    assert grant.account_id == known.id
    assert run_of(known.id) == ROSA.run
    assert sessions.sign_in(known.email, cast.PASSWORD).account_id == known.id


def test_the_letter_names_who_asks_but_tells_no_stranger_more_than_needed() -> None:
    known = cast.account()
    arrive_and_join(ROSA, known.email)
    letter = cast.letters_to(known.email)[-1]
    assert letter.kind == "claveunica-link"
    assert "Rosa Ñ." in letter.body
    assert "44" not in letter.body
    assert "Elena" not in letter.body


def test_an_account_is_joined_to_one_claveunica() -> None:
    joining.confirm(arrive_and_join(ROSA, "rosa@correo.example"))
    joining.arrive(OTHER, JEAN)
    joining.join(OTHER, answers("rosa@correo.example"))
    letter = cast.letters_to("rosa@correo.example")[-1]
    assert (letter.kind, "/claveunica/correo/" in letter.body) == ("claveunica-taken", False)


def test_of_two_who_ask_for_one_account_the_first_proof_counts() -> None:
    known = cast.account()
    first = arrive_and_join(ROSA, known.email)
    second = arrive_and_join(JEAN, known.email, OTHER)
    joining.confirm(second, OTHER)
    with pytest.raises(Conflict):
        joining.confirm(first, BROWSER)
    assert run_of(known.id) == JEAN.run


def test_of_two_addresses_of_one_person_the_first_proof_counts() -> None:
    first, second = arrive_and_join(ROSA, "a@correo.example"), arrive_and_join(ROSA, "b@correo.example")
    joining.confirm(second, BROWSER)
    with pytest.raises(Conflict, match="ya está unida a otra cuenta"):
        joining.confirm(first, BROWSER)
    assert joining.link_standing(first)[0] == "valid", "a refusal leaves everything as it was"


def test_two_proofs_at_the_same_moment_make_one_owner() -> None:
    tokens = [arrive_and_join(ROSA, f"{letter}@correo.example") for letter in "abc"]
    done = at_once([lambda token=token: joining.confirm(token, BROWSER) for token in tokens])  # type: ignore[misc]
    assert [type(result).__name__ for result in done].count("SessionGrant") == 1
    assert all(isinstance(result, Problem) for result in done if isinstance(result, BaseException))


def test_a_link_works_once_and_for_a_day() -> None:
    token = arrive_and_join(ROSA, "rosa@correo.example")
    clock.advance(links.LIFETIMES["claveunica"] + 1)
    assert joining.link_standing(token)[0] == "expired"
    with pytest.raises(Conflict):
        joining.confirm(token, BROWSER)
    token = arrive_and_join(ROSA, "rosa@correo.example")
    joining.confirm(token, BROWSER)
    with pytest.raises(Conflict):
        joining.confirm(token, BROWSER)
    with pytest.raises(NotFound):
        joining.confirm("x.y.z", BROWSER)


def test_the_run_is_kept_with_the_account_and_nowhere_else_once_it_is_joined() -> None:
    joining.confirm(arrive_and_join(ROSA, "rosa@correo.example"), BROWSER)
    with db.connection_context():
        assert [link.subject_id for link in Link.select()] == [None]
    with pytest.raises(Conflict):
        joining.newcomer(BROWSER)


def test_a_password_account_that_proves_the_address_first_is_the_one_to_join() -> None:
    first = arrive_and_join(ROSA, "rosa@correo.example")
    known = cast.account(correo="rosa@correo.example")
    with pytest.raises(NotFound):
        joining.confirm(first, BROWSER)
    assert joining.confirm(arrive_and_join(ROSA, "rosa@correo.example")) is None
    assert run_of(known.id) == ROSA.run


def test_a_link_to_an_address_that_the_account_left_is_worth_nothing() -> None:
    known = cast.account()
    token = arrive_and_join(ROSA, known.email)
    email_changes.ask(known, cast.PASSWORD, "nuevo@correo.example")
    for address in (known.email, "nuevo@correo.example"):
        confirmation = re.search(r"/cuenta/correo/(\S+)", cast.letters_to(address)[-1].body)
        assert confirmation is not None
        email_changes.confirm(confirmation[1])
    with pytest.raises(Conflict):
        joining.confirm(token, BROWSER)


@pytest.mark.parametrize(
    ("field", "value"),
    [("correo", "rosa"), ("pais", "zz"), ("nacimiento_dia", "31"), ("nacimiento_anio", "2027"), ("nacimiento_anio", "2015")],
)
def test_what_is_typed_is_checked_as_on_the_sign_up_form(field: str, value: str) -> None:
    joining.arrive(BROWSER, ROSA)
    with pytest.raises(Invalid) as refused:
        joining.join(BROWSER, {**answers("rosa@correo.example"), "nacimiento_mes": "2", field: value})
    assert field.replace("_anio", "_dia") in refused.value.fields
    assert cast.letters_to("rosa@correo.example") == []


def test_what_was_typed_is_there_again() -> None:
    arrive_and_join(ROSA, "rosa@correo.exmaple")
    assert joining.newcomer(BROWSER).typed == answers("rosa@correo.exmaple")


def test_whoever_did_not_come_from_claveunica_joins_nothing() -> None:
    joining.arrive(BROWSER, ROSA)
    for browser in (OTHER, ""):
        with pytest.raises(Conflict):
            joining.join(browser, answers("rosa@correo.example"))
    clock.advance(3 * 3600)
    with pytest.raises(Conflict):
        joining.join(BROWSER, answers("rosa@correo.example"))


def test_letters_to_strangers_run_out() -> None:
    joining.arrive(BROWSER, ROSA)
    with pytest.raises(TooOften):
        for number in range(10):
            joining.join(BROWSER, answers(f"persona{number}@correo.example"), address=f"10.0.0.{number}")


def test_a_first_visit_without_a_name_is_refused_and_a_later_one_is_not() -> None:
    with pytest.raises(NotSignedIn):
        joining.arrive(BROWSER, Identity(ROSA.run, "", "", ""))
    joining.confirm(arrive_and_join(ROSA, "rosa@correo.example"))
    assert joining.arrive(BROWSER, Identity(ROSA.run, "", "", "")) is not None


def test_an_account_that_was_never_proven_is_forgotten_with_its_link() -> None:
    arrive_and_join(ROSA, "rosa@correo.example")
    clock.advance(accounts.UNVERIFIED_KEPT + 1)
    assert accounts.forget_unverified() == 1


def test_a_state_is_given_out_once_however_many_ask() -> None:
    visitors.save_draft(BROWSER, "estado", {"siguiente": "/portal"})
    taken = at_once([lambda: visitors.take_draft(BROWSER, "estado", 60) for _ in range(8)])
    assert [result for result in taken if result is not None] == [{"siguiente": "/portal"}]
