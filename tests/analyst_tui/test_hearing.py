"""What comes from the terminal: no key hides in a pasted text, in whatever pieces it arrives."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from textual._xterm_parser import XTermParser
from textual.events import Key

from analyst_tui.hearing import Escapes, Pastes

ESCAPE, START, END = "\x1b", "\x1b[200~", "\x1b[201~"


def heard(*pieces: str) -> str:
    pastes = Pastes()
    return "".join(map(pastes.clean, pieces))


def keys(*pieces: str) -> list[str]:
    """The keys that come in these pieces, of which the last one is followed by silence."""
    escapes, parser = Escapes(), XTermParser(False)
    told = filter(None, [*map(escapes.apart, pieces), escapes.after_silence()])
    return [message.key for text in told for message in parser.feed(text) if isinstance(message, Key)]


@pytest.mark.parametrize(
    ("pieces", "pressed"),
    [
        (["\x1bw"], ["escape", "w"]),
        (["\x1b\x13"], ["escape", "ctrl+s"]),
        (["\x1b\r"], ["escape", "enter"]),
        (["\x1b", "1"], ["escape", "1"]),
        (["\x1b\x1b\t"], ["escape", "escape", "tab"]),
        (["a\x1b"], ["a", "escape"]),
        (["\x1b\x1b[A", "\x1b", "[B"], ["escape", "up", "down"]),
        (["\x1bOP\x1b[1;3D\x1b[97;3u"], ["f1", "alt+left", "alt+a"]),
    ],
    ids=repr,
)
def test_a_key_typed_right_behind_escape_is_another_key(pieces: list[str], pressed: list[str]) -> None:
    assert keys(*pieces) == pressed


def test_words_are_gone_over_and_deleted_by_the_keys_that_a_mac_sends_for_it() -> None:
    assert keys("\x1bb\x1bf", "\x1b", "\x7f") == ["ctrl+left", "ctrl+right", "ctrl+w"]


def test_keys_are_left_as_they_are() -> None:
    assert heard("a\x1b[A\x13") == "a\x1b[A\x13"


def test_an_escape_in_a_pasted_text_goes_and_the_text_stays() -> None:
    assert heard(f"x{START}uno \x1b]52;c;x\x07 dos{END}\x1b[B") == f"x{START}uno ]52;c;x\x07 dos{END}\x1b[B"


@given(st.text(st.sampled_from("ab\x1b[201~\x13")), st.lists(st.integers(1, 60), max_size=5))
def test_a_pasted_text_ends_where_its_mark_ends_it_however_it_is_cut(text: str, places: list[int]) -> None:
    whole = f"a{START}{text}{END}b"
    cuts = sorted({0, len(whole), *(place for place in places if place < len(whole))})
    body, _mark, after = f"{text}{END}b".partition(END)
    assume(START not in after)
    assert heard(*(whole[start:end] for start, end in pairwise(cuts))) == f"a{START}{body.replace(ESCAPE, '')}{END}{after}"
