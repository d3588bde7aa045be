"""What is pasted is text: an escape or a control inside of it would be taken for keys, such as those that send."""

from __future__ import annotations

import re
from collections.abc import Iterable

from textual._xterm_parser import XTermParser
from textual.message import Message

START, END = "\x1b[200~", "\x1b[201~"
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


class Paste:
    """Follows what a terminal sends, in pieces of any length, and takes the controls out of what was pasted."""

    def __init__(self) -> None:
        self._inside = False
        self._before = ""
        """The end of what came before, in which a paste may have begun."""
        self._held = ""
        """The end of what was pasted so far, which may be the beginning of its end."""

    def clean(self, data: str) -> str:
        """The next piece, as it may be obeyed."""
        data, self._held, said = self._held + data, "", []
        while data:
            piece, data = self._pasted(data) if self._inside else self._typed(data)
            said.append(piece)
        return "".join(said)

    def _typed(self, data: str) -> tuple[str, str]:
        """What comes until a paste begins, and the rest."""
        seen = self._before + data
        at = seen.find(START)
        if at < 0:
            self._before = seen[1 - len(START) :]
            return data, ""
        self._before, self._inside = "", True
        cut = at + len(START) - (len(seen) - len(data))
        return data[:cut], data[cut:]

    def _pasted(self, data: str) -> tuple[str, str]:
        """What comes until the paste ends, and the rest."""
        text, end, rest = data.partition(END)
        if end:
            self._inside = False
        else:
            kept = next((size for size in range(len(END) - 1, 0, -1) if text.endswith(END[:size])), 0)
            text, self._held = text[: len(text) - kept], text[len(text) - kept :]
        return _CONTROLS.sub("", text) + end, rest


class PlainParser(XTermParser):
    """Textual's parser, which gets no controls out of a paste."""

    def __init__(self, debug: bool = False) -> None:
        self._paste = Paste()
        super().__init__(debug)

    def feed(self, data: str) -> Iterable[Message]:
        piece = self._paste.clean(data)
        return super().feed(piece) if piece or not data else ()
