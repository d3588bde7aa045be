"""What comes from the terminal: keys, and pasted text in which no key can hide.

Textual hands an escape sequence inside a pasted text on as keys: a text that somebody wrote could press ctrl+s. And it takes
a key that comes within a tenth of a second behind escape for one held with Alt, or for the key alone: whoever leaves a
question by escape and goes on at once would answer it, or write the key into a text.
"""

from __future__ import annotations

import errno
import os
import re
import selectors
from codecs import getincrementaldecoder
from collections.abc import Callable
from threading import Event
from time import monotonic

from textual._xterm_parser import BRACKETED_PASTE_END, BRACKETED_PASTE_START, XTermParser
from textual.constants import ESCAPE_DELAY
from textual.message import Message

_ESCAPE = "\x1b"
_ESCAPE_KEY = "\x1b[27u"
_KEY_BEHIND = re.compile(r"\x1b(?=[^\[\]OPbf\x7f])")
"""An escape behind which no sequence begins: nothing of the desk wants Alt, but for the keys by which a Mac goes over words."""
_PIECE = 1 << 14
_LOOKED_EVERY = 0.1


class Pastes:
    """Takes the escapes out of what stands between the marks of a paste, in whatever pieces it comes."""

    def __init__(self) -> None:
        self._inside = False
        self._begun = 0
        """How many characters of the first mark have come."""
        self._held = ""
        """The beginning of the last mark, which waits for the rest of it."""

    def clean(self, piece: str) -> str:
        """What may be read as keys and pasted text."""
        text, self._held, told = self._held + piece, "", []
        while text:
            part, text = self._pasted(text) if self._inside else self._keys(text)
            told.append(part)
        return "".join(told)

    def _keys(self, text: str) -> tuple[str, str]:
        """Everything until a text is pasted, and what is left."""
        for place, letter in enumerate(text, start=1):
            fits = letter == BRACKETED_PASTE_START[self._begun]
            self._begun = self._begun + 1 if fits else int(letter == _ESCAPE)
            if self._begun == len(BRACKETED_PASTE_START):
                self._inside, self._begun = True, 0
                return text[:place], text[place:]
        return text, ""

    def _pasted(self, text: str) -> tuple[str, str]:
        """The pasted text without escapes, and what is left."""
        before, mark, left = text.partition(BRACKETED_PASTE_END)
        self._inside = not mark
        if not mark:
            self._held = _begun(before)
            before = before.removesuffix(self._held)
        return before.replace(_ESCAPE, "") + mark, left


def _begun(text: str) -> str:
    """The beginning of the last mark with which a text ends."""
    lengths = range(len(BRACKETED_PASTE_END) - 1, 0, -1)
    return next((BRACKETED_PASTE_END[:length] for length in lengths if text.endswith(BRACKETED_PASTE_END[:length])), "")


class Escapes:
    """Tells the escape key from the beginning of a sequence, in whatever pieces they come."""

    def __init__(self) -> None:
        self._held = ""

    def apart(self, piece: str) -> str:
        """The keys, with each escape that is a key of its own said as one; a last one waits for what comes behind it."""
        text = _KEY_BEHIND.sub(_ESCAPE_KEY, self._held + piece)
        self._held = _ESCAPE if text.endswith(_ESCAPE) else ""
        return text.removesuffix(_ESCAPE)

    def after_silence(self) -> str:
        """The escape that nothing came behind."""
        held, self._held = self._held, ""
        return _ESCAPE_KEY if held else ""


def hear(terminal: int, ends: Event, debug: bool, tell: Callable[[Message], object]) -> None:
    """Tell what is typed into a terminal until the program ends; raises `OSError` once the terminal is gone."""
    parser, pastes, escapes = XTermParser(debug), Pastes(), Escapes()
    decode = getincrementaldecoder("utf-8")("replace").decode
    typed, heard_at = "", monotonic()
    with selectors.SelectSelector() as waiting:
        waiting.register(terminal, selectors.EVENT_READ)
        while not ends.is_set():
            if waiting.select(_LOOKED_EVERY):
                came = os.read(terminal, _PIECE)
                if not came:
                    raise OSError(errno.EIO, "the terminal is gone")
                typed, heard_at = escapes.apart(pastes.clean(decode(came))), monotonic()
            elif monotonic() - heard_at >= ESCAPE_DELAY:
                typed = escapes.after_silence()
            for message in parser.feed(typed) if typed else ():
                tell(message)
            for message in parser.tick():
                tell(message)
            typed = ""
