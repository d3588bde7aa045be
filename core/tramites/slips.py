"""A trámite ID with a slip: what was understood, which of one's own it may have been, or what else it looks like."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from core.identifiers import TramiteId, normalise_tramite, parse_folio, valid_run
from core.text import clean_line
from core.tramites.views import Tramite

FOLIO, RUN, EMAIL = "folio", "run", "correo"
_LOOK_ALIKE = str.maketrans("OoQDIl|iSsBZzGg", "000011115582269")
_SHORT = 6
"""Digits up to which one slip makes another number; longer ones may have two."""


@dataclass(frozen=True, slots=True)
class Understood:
    """What somebody typed for an ID."""

    typed: str
    id: TramiteId
    own: Tramite | None
    """The one of their own that it is."""
    near: Tramite | None
    """The one of their own that it may have been meant to be."""
    guess: str
    """The number that it may be, when letters stand where digits look the same."""
    taken_for: str
    """What it looks like instead: a `folio`, a `run`, a `correo`; empty for anything else."""

    @property
    def changed(self) -> bool:
        """Whether it was understood as something else than what stands there."""
        return bool(self.id.value) and self.id.value != self.typed


def understand(typed: str, own: Iterable[Tramite]) -> Understood:
    """Read what was typed beside the trámites that its writer has; nothing of it stops anybody."""
    line, known = clean_line(typed), list(own)
    read = normalise_tramite(line)
    same = next((tramite for tramite in known if tramite.id == read.value), None)
    instead = "" if same else _taken_for(line, read)
    guess = "" if same or instead else _guess(line, read)
    near = None if same or instead or not read.value else _nearest(guess or read.value, known)
    return Understood(line, read, same, near, "" if near else guess, instead)


def _taken_for(line: str, read: TramiteId) -> str:
    if parse_folio(line) is not None:
        return FOLIO
    if "-" in line and valid_run(line):
        return RUN
    return EMAIL if read.strange and "@" in line else ""


def _guess(line: str, read: TramiteId) -> str:
    """The number behind letters that look like digits, if most of it are digits already."""
    if not read.strange or sum(letter.isdigit() for letter in line) * 2 < len(line):
        return ""
    again = normalise_tramite(line.translate(_LOOK_ALIKE))
    return "" if again.strange else again.value


def _nearest(value: str, own: list[Tramite]) -> Tramite | None:
    slips = [(_slips(value, tramite.id), tramite) for tramite in own]
    few = [(count, tramite) for count, tramite in slips if count <= (1 if len(tramite.id) <= _SHORT else 2)]
    return min(few, key=lambda each: each[0])[1] if few else None


def _slips(typed: str, meant: str) -> int:
    """How many signs were left out, added, changed or exchanged with their neighbour (optimal string alignment)."""
    if abs(len(typed) - len(meant)) > 2:
        return 9
    before: list[int] = []
    row = list(range(len(meant) + 1))
    for i, letter in enumerate(typed, start=1):
        older, before, row = before, row, [i]
        for j, other in enumerate(meant, start=1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == meant[j - 2] and typed[i - 2] == other:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
    return row[-1]
