"""Signed links, random session tokens, masked form tokens."""

from __future__ import annotations

import base64
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import clock, tokens
from tests.harness.databases import KEYS

VISITORS = st.text(min_size=1, max_size=60)


@pytest.fixture(autouse=True, scope="module")
def ready() -> Iterator[None]:
    tokens.use_keys(KEYS)
    clock.freeze(1_800_000_000)
    yield
    clock.start_at(None)


def test_a_token_gives_back_what_it_carries() -> None:
    assert tokens.read("validation", tokens.issue("validation", [7, "x"]), 60) == [7, "x"]


def test_a_token_for_one_purpose_is_worthless_for_another() -> None:
    assert tokens.read("password", tokens.issue("validation", 7), 60) is None


def test_a_token_lives_to_the_second(ready: None) -> None:
    token = tokens.issue("validation", 7)
    clock.advance(60)
    assert tokens.read("validation", token, 60) == 7
    clock.advance(1)
    with pytest.raises(tokens.Expired) as old:
        tokens.read("validation", token, 60)
    assert old.value.payload == 7


def test_a_token_of_the_old_key_is_good_until_the_key_is_removed() -> None:
    tokens.use_keys(KEYS[1:])
    token = tokens.issue("validation", 7)
    tokens.use_keys(KEYS)
    assert tokens.read("validation", token, 60) == 7
    tokens.use_keys(KEYS[:1])
    assert tokens.read("validation", token, 60) is None
    tokens.use_keys(KEYS)


@given(st.text(max_size=200))
def test_no_invented_token_is_ours(token: str) -> None:
    assert tokens.read("validation", token, 60) is None


@given(st.integers(0, 60), st.characters(codec="ascii"))
def test_a_token_with_one_letter_changed_carries_nothing_else(place: int, letter: str) -> None:
    token = tokens.issue("validation", 7)
    spot = place % len(token)
    assert tokens.read("validation", token[:spot] + letter + token[spot + 1 :], 60) in (7, None)


def test_session_tokens_are_long_and_never_the_same() -> None:
    made = {tokens.random_token() for _ in range(100)}
    assert len(made) == 100
    assert all(len(base64.urlsafe_b64decode(token + "=")) == 32 for token in made)


@given(VISITORS)
def test_a_form_token_is_different_in_every_page_and_good_for_its_visitor(visitor: str) -> None:
    one, other = tokens.form_token(visitor), tokens.form_token(visitor)
    assert one != other
    assert tokens.is_form_token(visitor, one)
    assert tokens.is_form_token(visitor, other)


@given(VISITORS, VISITORS)
def test_a_form_token_is_good_for_nobody_else(visitor: str, stranger: str) -> None:
    assert tokens.is_form_token(stranger, tokens.form_token(visitor)) == (visitor == stranger)


@given(VISITORS, st.text(max_size=80))
def test_no_invented_form_token_is_good(visitor: str, token: str) -> None:
    assert not tokens.is_form_token(visitor, token)


@given(st.integers(min_value=0, max_value=2**62))
def test_a_short_token_gives_back_its_number(number: int) -> None:
    token = tokens.issue_short("take_out", number)
    assert tokens.read_short("take_out", token, 60) == number
    assert tokens.read_short("otro", token, 60) is None
    assert tokens.read_short("take_out", f"1{token}", 60) is None


@given(st.text())
def test_any_other_text_is_no_short_token(text: str) -> None:
    assert tokens.read_short("take_out", text, 60) is None


def test_a_short_token_lives_to_the_second(ready: None) -> None:
    token = tokens.issue_short("take_out", 7)
    clock.advance(60)
    assert tokens.read_short("take_out", token, 60) == 7
    clock.advance(1)
    with pytest.raises(tokens.Expired):
        tokens.read_short("take_out", token, 60)
