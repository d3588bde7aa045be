"""Identifiers that people read aloud and type: folio, RUN, trámite ID."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from core.text import clean_line

_CHECK_LETTERS = "0123456789ABCDEFGHJKLMNPQRTUVWXY"  # 31 used: no I, O, S or Z, which are misread
_CHECK_BASE = 31
_FOLIO = re.compile(r"(?:A\s*M)?\W*(20\d\d)\W+(\d{1,9})(?:\W*([0-9A-Z]))?\Z")
_COMPACT_FOLIO = re.compile(r"AM(20\d\d)(\d{6,9})([0-9A-Z])\Z")
_LABEL = re.compile(
    r"\A\s*(?:(?:n[uú]mero|nro|num|no|n|id|tr[aá]mite|solicitud|del?|mi)(?![a-zà-ÿ])\.?|[°#:.\s])+", re.IGNORECASE
)
_GROUPED = re.compile(r"\d+(?:\s+\d+)+\Z|\d{1,3}(?:[.,]\d{3})+\Z")
_DASHED = re.compile(r"\d+(?:[-\u2010-\u2015\u2212]\d+)+\Z")
_DIGITS = re.compile(r"\d{1,20}\Z")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
TRAMITE_LENGTH = 64


def format_folio(year: int, number: int) -> str:
    """AM-2026-000123-K: year, number, check character."""
    return f"AM-{year}-{number:06d}-{_check_character(year, number)}"


def parse_folio(text: str) -> str | None:
    """The folio in its one spelling, or None when this is none or its check character is wrong."""
    folded = unicodedata.normalize("NFKC", text).upper().strip()
    match = _FOLIO.match(folded) or _COMPACT_FOLIO.match(folded)
    if match is None or not folded.isascii():
        return None
    year, number, check = int(match[1]), int(match[2]), match[3]
    folio = format_folio(year, number)
    return folio if check is None or check == folio[-1] else None


def _check_character(year: int, number: int) -> str:
    """One wrong digit, or two neighbours exchanged, changes it (weights modulo a prime)."""
    digits = f"{year}{number:09d}"
    total = sum((position + 2) * int(digit) for position, digit in enumerate(digits))
    return _CHECK_LETTERS[total % _CHECK_BASE]


def valid_run(text: str) -> bool:
    """Whether a RUN's check digit is right (modulus 11), with or without dots."""
    bare = re.sub(r"[.\s]", "", unicodedata.normalize("NFKC", text)).upper()
    match = re.fullmatch(r"([0-9]{1,8})-?([0-9K])", bare)
    return match is not None and run_check_digit(int(match[1])) == match[2]


def run_check_digit(number: int) -> str:
    """The check digit of a RUN: 0-9 or K."""
    total = sum(int(digit) * (2 + index % 6) for index, digit in enumerate(reversed(str(number))))
    return "0123456789K0"[11 - total % 11] if total % 11 else "0"


@dataclass(frozen=True, slots=True)
class TramiteId:
    """A trámite's number as it is kept; `strange` when it does not look like one."""

    value: str
    strange: bool


def normalise_tramite(text: str) -> TramiteId:
    """The one spelling of a trámite ID: digits without label, grouping or leading zeros.

    Anything else is kept as typed (cleaned, at most `TRAMITE_LENGTH` characters) and marked as strange.
    """
    typed = clean_line(text)
    bare = _LABEL.sub("", _INVISIBLE.sub("", unicodedata.normalize("NFKC", typed))).strip()
    if _GROUPED.match(bare) or _DASHED.match(bare):
        bare = re.sub(r"\D", "", bare)
    if _DIGITS.match(bare):
        digits = str(int(bare))
        if digits != "0" and len(digits) <= 12:
            return TramiteId(digits, strange=False)
    return TramiteId(typed[:TRAMITE_LENGTH], strange=True)
