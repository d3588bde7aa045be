"""Folio, RUN and trámite ID in every spelling that people give them."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from core.identifiers import TRAMITE_LENGTH, format_folio, normalise_tramite, parse_folio, run_check_digit, valid_run
from tests.corpus import load

YEARS = st.integers(2020, 2099)
NUMBERS = st.integers(1, 999_999)
TRAMITES = st.integers(1, 10**12 - 1)
LABELS = st.sampled_from(["", "ID ", "id: ", "N° ", "nº", "Número de trámite: ", "Solicitud ", "mi trámite #", "#", "Nro. "])


@given(YEARS, NUMBERS)
def test_a_folio_is_understood_as_it_was_given(year: int, number: int) -> None:
    folio = format_folio(year, number)
    assert parse_folio(folio) == folio


@given(YEARS, NUMBERS)
def test_a_folio_is_understood_however_it_is_typed(year: int, number: int) -> None:
    folio = format_folio(year, number)
    for typed in (folio.lower(), f"  {folio} ", folio.replace("-", " "), folio.replace("-", ""), folio.removeprefix("AM-")):
        assert parse_folio(typed) == folio


@given(YEARS, NUMBERS, st.integers(0, 9), st.integers(0, 9))
def test_one_wrong_digit_is_noticed(year: int, number: int, place: int, digit: int) -> None:
    folio = format_folio(year, number)
    spots = [index for index, c in enumerate(folio[:-1]) if c.isdigit()]
    spot = spots[place % len(spots)]
    assume(folio[spot] != str(digit))
    assert parse_folio(folio[:spot] + str(digit) + folio[spot + 1 :]) is None


@given(YEARS, NUMBERS, st.integers(0, 9))
def test_two_exchanged_neighbours_are_noticed(year: int, number: int, place: int) -> None:
    folio = format_folio(year, number)
    spots = [index for index in range(len(folio) - 2) if folio[index].isdigit() and folio[index + 1].isdigit()]
    spot = spots[place % len(spots)]
    assume(folio[spot] != folio[spot + 1])
    assert parse_folio(folio[:spot] + folio[spot + 1] + folio[spot] + folio[spot + 2 :]) is None


@given(st.text(max_size=40))
def test_any_text_is_a_folio_or_none(typed: str) -> None:
    folio = parse_folio(typed)
    assert folio is None or parse_folio(folio) == folio


@pytest.mark.parametrize("run", ["12.345.678-5", "12345678-5", "7654321-6", "11.111.111-1", "30686957-4", "123456785"])
def test_a_run_with_its_check_digit_is_valid(run: str) -> None:
    assert valid_run(run)


@pytest.mark.parametrize("run", ["12.345.678-6", "", "-", "K", "1234567890-1", "doce"])
def test_a_run_with_another_check_digit_is_not(run: str) -> None:
    assert not valid_run(run)


@given(st.integers(1, 99_999_999))
def test_exactly_one_check_digit_fits(number: int) -> None:
    assert [digit for digit in "0123456789K" if valid_run(f"{number}-{digit}")] == [run_check_digit(number)]


@given(TRAMITES)
def test_a_tramite_in_digits_stays_as_it_is(number: int) -> None:
    known = normalise_tramite(str(number))
    assert (known.value, known.strange) == (str(number), False)


@given(TRAMITES, LABELS, st.integers(0, 3))
def test_labels_leading_zeros_and_grouping_do_not_matter(number: int, label: str, zeros: int) -> None:
    expected = str(number)
    for typed in (f"{label}{'0' * zeros}{number}", f"{label}{number:,}", f"{label}{number:,}".replace(",", "."), f"  {number} "):
        assert normalise_tramite(typed).value == expected, typed


@given(st.text(max_size=100))
def test_normalising_twice_changes_nothing_more(typed: str) -> None:
    once = normalise_tramite(typed)
    assert len(once.value) <= TRAMITE_LENGTH
    assert normalise_tramite(once.value).value == once.value


CASES = load("tramite_ids.jsonl")
VARIANTS = [case for case in CASES if case["class"] == "canonical-variants of 12345678" and case["value"] != "123456789"]
TRAPS = [case for case in CASES if case["class"] != "canonical-variants of 12345678"]


@pytest.mark.parametrize("case", VARIANTS, ids=lambda case: case["id"])
def test_every_spelling_of_one_id_is_that_id(case: dict[str, str]) -> None:
    known = normalise_tramite(case["value"])
    assert known.value == "12345678" or (known.strange and known.value == case["value"])


@pytest.mark.parametrize("case", TRAPS, ids=lambda case: case["id"])
def test_a_trap_is_kept_as_strange_or_read_as_digits_and_never_blocks(case: dict[str, str]) -> None:
    known = normalise_tramite(case["value"])
    assert known.strange or known.value.isascii()
    assert known.strange or known.value.isdigit()
    assert len(known.value) <= TRAMITE_LENGTH
