"""What people write is kept as it was meant, without what could do harm."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import text
from tests.corpus import load, texts

ANYTHING = st.text(st.characters(codec=None), max_size=200)
HARMLESS = st.text(st.characters(categories=("L", "M", "N", "P", "S", "Zs")), max_size=100)
LEGITIMATE = texts("names_accept.jsonl")
ALL = [case["value"] for case in load("text.jsonl") if isinstance(case["value"], str)]


def dangers_in(cleaned: str, kept: str = "") -> set[str]:
    return {c for c in cleaned if unicodedata.category(c) in ("Cc", "Cs", "Co", "Zl", "Zp") and c not in kept} | (
        set(cleaned) & set(text.BIDI)
    )


@given(ANYTHING)
def test_a_cleaned_line_holds_no_control_and_no_reordering(typed: str) -> None:
    assert dangers_in(text.clean_line(typed)) == set()


@given(ANYTHING)
def test_a_cleaned_block_holds_no_control_but_newline_and_tab(typed: str) -> None:
    assert dangers_in(text.clean_block(typed), "\n\t") == set()


@given(ANYTHING)
def test_what_is_shown_holds_no_control_but_newline_and_tab(typed: str) -> None:
    assert dangers_in(text.visible(typed), "\n\t") == set()


@given(ANYTHING)
def test_cleaning_twice_changes_nothing_more(typed: str) -> None:
    assert text.clean_line(text.clean_line(typed)) == text.clean_line(typed)
    assert text.clean_block(text.clean_block(typed)) == text.clean_block(typed)


@given(ANYTHING)
def test_what_was_cleaned_can_be_stored_in_a_database(typed: str) -> None:
    stored = text.clean_block(typed)
    assert "\x00" not in stored
    assert stored.encode("utf-8").decode() == stored


@pytest.mark.parametrize("typed", ALL)
def test_hostile_text_loses_its_controls(typed: str) -> None:
    assert dangers_in(text.clean_block(typed), "\n\t") == set()
    assert dangers_in(text.visible(typed), "\n\t") == set()


@pytest.mark.parametrize("name", LEGITIMATE)
def test_names_of_every_country_stay_as_typed(name: str) -> None:
    assert text.clean_line(name) == unicodedata.normalize("NFC", name.strip())
    assert text.visible(name) == name


def test_line_ends_of_every_system_become_newlines() -> None:
    assert text.clean_block("uno\r\ndos\rtres\n") == "uno\ndos\ntres"


def test_joiners_that_names_and_emoji_need_stay() -> None:
    assert text.clean_line("क्‍ष 👩‍👧") == "क्‍ष 👩‍👧"


def test_escape_sequences_and_clipboard_codes_lose_their_power() -> None:
    assert text.visible("\x1b]52;c;aG9sYQ==\x07 hola \x9b31m") == "]52;c;aG9sYQ== hola 31m"


def test_marks_that_reorder_text_go() -> None:
    assert text.clean_line("abc\u202egpj.exe") == "abcgpj.exe"


@pytest.mark.parametrize("typed", ["", " ", "\n\t ", "\u200b\u200d", "\u3164", "\u2800\ufeff", "\u00ad"])
def test_what_cannot_be_seen_is_blank(typed: str) -> None:
    assert text.is_blank(text.clean_block(typed))


@pytest.mark.parametrize("typed", ["a", ".", "ñ", "李", "👍", "\u200b1"])
def test_what_can_be_seen_is_not_blank(typed: str) -> None:
    assert not text.is_blank(text.clean_block(typed))


@given(HARMLESS)
def test_folding_twice_changes_nothing_more(typed: str) -> None:
    assert text.fold(text.fold(typed)) == text.fold(typed)


@given(st.text("áéíóúüñÁÉÍÓÚÜÑabcXYZ çÇãÃ", max_size=30))
def test_folding_knows_neither_accents_nor_case(typed: str) -> None:
    assert text.fold(typed.upper()) == text.fold(typed.lower()) == text.fold(unicodedata.normalize("NFD", typed))
    assert text.fold(typed).isascii()


def test_words_are_folded_and_in_order() -> None:
    assert text.words("¿Mi VISA, señor O'Brien?") == ["mi", "visa", "senor", "o", "brien"]


def test_scripts_without_blanks_are_words_character_by_character() -> None:
    assert text.words("王秀英 visa") == ["王", "秀", "英", "visa"]


@given(ANYTHING)
def test_words_are_never_empty_nor_long(typed: str) -> None:
    assert all(0 < len(word) <= 64 for word in text.words(text.clean_line(typed)))
