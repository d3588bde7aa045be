"""Signing in, staying signed in, and leaving."""

from __future__ import annotations

import pytest

from core import clock, tokens
from core.database.binding import writes
from core.errors import Invalid, TooOften
from core.people import accounts, recovery, sessions, throttles, visitors
from core.people.account_views import Resumed
from core.people.models import Session
from tests.harness import cast

pytestmark = pytest.mark.usefixtures("database")


def test_the_right_password_opens_a_session() -> None:
    known = cast.account()
    grant = sessions.sign_in(known.email, cast.PASSWORD)
    found = sessions.account_of(grant.token)
    assert found is not None
    assert found.email == known.email


def test_the_address_may_be_typed_in_any_case_and_with_blanks() -> None:
    known = cast.account()
    assert sessions.sign_in(f"  {known.email.upper()} ", cast.PASSWORD).account_id == known.id


def test_a_wrong_password_and_an_unknown_address_get_the_same_words() -> None:
    known = cast.account()
    with pytest.raises(Invalid) as wrong:
        sessions.sign_in(known.email, "otra cosa larga")
    with pytest.raises(Invalid) as unknown:
        sessions.sign_in("nadie@correo.example", cast.PASSWORD)
    assert wrong.value.fields == unknown.value.fields


def test_whoever_never_proved_the_address_is_told_so_but_only_with_the_password() -> None:
    somebody = cast.applicant()
    accounts.sign_up(somebody)
    with pytest.raises(sessions.NotVerified):
        sessions.sign_in(somebody.email, cast.PASSWORD)
    with pytest.raises(Invalid):
        sessions.sign_in(somebody.email, "otra cosa larga")


def test_a_session_ends_when_its_owner_leaves() -> None:
    grant = sessions.sign_in(cast.account().email, cast.PASSWORD)
    sessions.sign_out(grant.token)
    assert sessions.account_of(grant.token) is None


def test_leaving_twice_is_harmless() -> None:
    grant = sessions.sign_in(cast.account().email, cast.PASSWORD)
    sessions.sign_out(grant.token)
    sessions.sign_out(grant.token)


def test_leaving_one_browser_leaves_the_others_signed_in() -> None:
    known = cast.account()
    here, there = (sessions.sign_in(known.email, cast.PASSWORD) for _ in range(2))
    sessions.sign_out(here.token)
    assert sessions.account_of(there.token) is not None


def test_an_idle_session_ends_and_a_used_one_goes_on() -> None:
    grant = sessions.sign_in(cast.account().email, cast.PASSWORD)
    clock.advance(sessions.IDLE - 10)
    assert sessions.account_of(grant.token) is not None
    clock.advance(sessions.IDLE - 10)
    assert sessions.account_of(grant.token) is not None
    clock.advance(sessions.IDLE)
    assert sessions.account_of(grant.token) is None


def test_a_remembered_session_outlives_the_night_and_has_an_end() -> None:
    grant = sessions.sign_in(cast.account().email, cast.PASSWORD, remember=True)
    assert grant.expires_at == clock.now() + sessions.REMEMBERED
    clock.advance(sessions.REMEMBERED - 1)
    assert sessions.account_of(grant.token) is not None
    clock.advance(1)
    assert sessions.account_of(grant.token) is None


def aged(token: str, *hours: int) -> str:
    """The token that a browser has after looking at a page this many hours later, again and again."""
    for pause in hours:
        clock.advance(pause * 3600)
        renewed = sessions.resume(token).renewed
        token = renewed.token if renewed else token
    return token


def test_a_copy_that_went_on_for_days_is_found_out_when_the_owner_comes_back() -> None:
    known = cast.account()
    copied = sessions.sign_in(known.email, cast.PASSWORD, remember=True).token
    thief = aged(copied, 2, 2, 24, 48)
    assert sessions.resume(copied) == Resumed(None, stolen=True)
    assert sessions.account_of(thief) is None
    assert cast.letters_to(known.email)[-1].kind == "sessions-ended"


def test_a_copy_from_long_ago_is_found_out_however_often_the_owner_came() -> None:
    copied = sessions.sign_in(cast.account().email, cast.PASSWORD, remember=True).token
    owner = aged(copied, 2, 2, 24, 48)
    assert sessions.account_of(owner) is not None
    assert sessions.resume(copied).stolen
    assert sessions.account_of(owner) is None


def test_a_new_token_that_never_arrived_costs_nobody_the_session() -> None:
    """The answer that carried it was lost on the way to the phone."""
    held = sessions.sign_in(cast.account().email, cast.PASSWORD, remember=True).token
    clock.advance(2 * 3600)
    assert sessions.resume(held).renewed is not None
    clock.advance(600)
    again = sessions.resume(held)
    assert again.account is not None
    assert again.renewed is not None
    assert sessions.account_of(again.renewed.token) is not None
    clock.advance(600)
    assert sessions.resume(held).stolen, "once the new one was used, the old one is a copy"


def test_pages_asked_for_at_the_same_moment_may_bring_the_token_from_before() -> None:
    held = sessions.sign_in(cast.account().email, cast.PASSWORD, remember=True).token
    clock.advance(2 * 3600)
    renewed = sessions.resume(held).renewed
    assert renewed is not None
    assert sessions.account_of(renewed.token) is not None
    assert sessions.account_of(held) is not None
    clock.advance(61)
    assert sessions.account_of(held) is None


def test_nobody_ends_sessions_with_an_invented_token() -> None:
    held = sessions.sign_in(cast.account().email, cast.PASSWORD, remember=True).token
    for invented in (held[::-1], "A" * len(held), held[:-43] + "A" * 42, held + "A"):
        sessions.resume(invented)
    assert sessions.account_of(held) is not None


def test_a_session_of_an_earlier_version_goes_on_and_is_watched_over_from_its_next_token() -> None:
    held = sessions.sign_in(cast.account().email, cast.PASSWORD, remember=True).token
    forget_series(held)
    copied = aged(held, 2)
    aged(copied, 2, 2)
    assert sessions.resume(copied).stolen


@writes
def forget_series(token: str) -> None:
    """As a row was before sessions had them."""
    Session.update(series=None).where(Session.digest == tokens.digest(token)).execute()


@pytest.mark.parametrize("token", ["", "x", "ñ", "\x00", "\ud800", "a" * 10_000])
def test_an_invented_cookie_belongs_to_nobody(token: str) -> None:
    assert sessions.account_of(token) is None


def test_guessing_at_one_password_is_slowed_down_and_the_owner_gets_in_again() -> None:
    known = cast.account()
    with pytest.raises(TooOften) as refused:
        for _ in range(20):
            with pytest.raises(Invalid):
                sessions.sign_in(known.email, "adivina adivina")
    clock.advance(refused.value.retry_after)
    assert sessions.sign_in(known.email, cast.PASSWORD).account_id == known.id


def test_guessing_at_one_account_does_not_lock_out_another() -> None:
    known = cast.account()
    with pytest.raises(TooOften):
        for _ in range(20):
            throttles.spend("sign_in_account", "otra@correo.example")
    assert sessions.sign_in(known.email, cast.PASSWORD).account_id == known.id


def guess(email: str, *places: str) -> None:
    """One wrong guess from each of these places; some may be refused unheard."""
    for place in places:
        with pytest.raises((Invalid, TooOften)):
            sessions.sign_in(email, "adivina adivina", address=place)


def test_whoever_guesses_all_day_from_one_place_does_not_lock_the_owner_out_elsewhere() -> None:
    known = cast.account()
    for _ in range(5):
        guess(known.email, *["192.0.2.1"] * 10)
        clock.advance(60)
    assert sessions.sign_in(known.email, cast.PASSWORD, address="198.51.100.7").account_id == known.id


def test_guesses_from_everywhere_have_a_limit_and_the_letter_opens_the_way_again() -> None:
    known = cast.account()
    guess(known.email, *(f"192.0.2.{number}" for number in range(throttles.LIMITS["sign_in_everywhere"].burst)))
    with pytest.raises(TooOften):
        sessions.sign_in(known.email, cast.PASSWORD, address="198.51.100.7")
    recovery.ask_reset(known.email, "198.51.100.7")
    token = cast.letters_to(known.email)[-1].body.partition("/clave/nueva/")[2].split()[0]
    recovery.reset(token, "otras palabras bien largas", "otras palabras bien largas", "198.51.100.7")
    assert sessions.sign_in(known.email, "otras palabras bien largas", address="198.51.100.7").account_id == known.id


def test_an_allowance_holds_its_burst_and_fills_up_one_by_one() -> None:
    limit = throttles.LIMITS["sign_in_account"]
    for _ in range(limit.burst):
        throttles.spend("sign_in_account", "x")
    with pytest.raises(TooOften):
        throttles.spend("sign_in_account", "x")
    clock.advance(limit.seconds)
    throttles.spend("sign_in_account", "x")
    with pytest.raises(TooOften) as refused:
        throttles.spend("sign_in_account", "x")
    assert 0 < refused.value.retry_after <= limit.seconds


def test_a_full_allowance_takes_no_room() -> None:
    throttles.spend("sign_in_account", "x")
    assert throttles.forget_full() == 0
    clock.advance(max(limit.burst * limit.seconds for limit in throttles.LIMITS.values()) + 1)
    assert throttles.forget_full() == 1


def test_expired_sessions_are_removed_and_others_are_not() -> None:
    known = cast.account()
    sessions.sign_in(known.email, cast.PASSWORD)
    kept = sessions.sign_in(known.email, cast.PASSWORD, remember=True)
    clock.advance(sessions.IDLE + 1)
    assert sessions.forget_expired() == 0, "whose it was can still be told"
    clock.advance(24 * 3600)
    assert sessions.forget_expired() == 1
    assert sessions.account_of(kept.token) is not None


def test_what_a_visitor_typed_is_kept_without_passwords() -> None:
    visitors.save_draft("navegador", "cuenta", {"nombres": "Ñusta", "clave": "secreta", "clave2": "secreta"})
    assert visitors.read_draft("navegador", "cuenta") == {"nombres": "Ñusta"}
    assert visitors.read_draft("otro", "cuenta") == {}


def test_what_a_visitor_typed_is_replaced_dropped_and_forgotten() -> None:
    visitors.save_draft("navegador", "cuenta", {"nombres": "Ana"})
    visitors.save_draft("navegador", "cuenta", {"nombres": "Ñusta"})
    assert visitors.read_draft("navegador", "cuenta") == {"nombres": "Ñusta"}
    visitors.drop_draft("navegador", "cuenta")
    assert visitors.read_draft("navegador", "cuenta") == {}
    visitors.save_draft("navegador", "cuenta", {"nombres": "Ana"})
    clock.advance(visitors.KEPT + 1)
    assert visitors.forget_old() == 1
