"""The national holidays: those of data/, and those of late decrees that an operator adds in a file of this machine.

A late decree is `{"fecha": "2027-01-15", "nombre": "Feriado …", "publicado": "2027-01-08"}` in AYUDA_HOME/feriados.json.
What was over when it was published stays as it was counted then.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from core.errors import Misconfigured
from core.text import clean_line

FILE = "feriados.json"
_ALWAYS = date.min
_OURS = Path(__file__).parent.parent.parent / "data" / "holidays.json"
_LONGEST_NAME = 120

_late: tuple[Feast, ...] = ()


@dataclass(frozen=True, slots=True)
class Feast:
    """A national holiday, and the day on which its decree was published when it came late."""

    day: date
    name: str
    published: date = _ALWAYS

    @property
    def is_late(self) -> bool:
        """Whether an operator added it."""
        return self.published != _ALWAYS


@cache
def calendar() -> dict[date, Feast]:
    """Every holiday that is known, by its date; a late decree does not rename one that there was already."""
    ours = json.loads(_OURS.read_text(encoding="utf-8"))
    known = {feast.day: feast for feast in _late}
    return known | {day: Feast(day, row["nombre"]) for row in ours for day in (date.fromisoformat(row["fecha"]),)}


@cache
def on_weekdays() -> list[date]:
    """The holidays that take a business day away, in order."""
    return sorted(day for day in calendar() if day.weekday() < 5)


@cache
def publications() -> list[date]:
    """The days on which late decrees were published, in order."""
    return sorted({feast.published for feast in calendar().values() if feast.is_late})


def add_late(file: Path) -> int:
    """Take the late decrees of a file, in the place of those before; how many there are. Raises `Misconfigured`."""
    global _late
    _late = _read(file)
    for known in (calendar, on_weekdays, publications):
        known.cache_clear()
    return len(_late)


def _read(file: Path) -> tuple[Feast, ...]:
    try:
        rows = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return ()
    except (OSError, ValueError) as reason:
        raise Misconfigured(f"{file} no se puede leer: {reason}.") from reason
    if not isinstance(rows, list):
        raise Misconfigured(f"{file} no se entiende: debe ser una lista de feriados, como [{_EXAMPLE}].")
    return tuple(_feast(file, number, row) for number, row in enumerate(rows, start=1))


def _feast(file: Path, number: int, row: object) -> Feast:
    try:
        given = {name: str(row[name]) for name in ("fecha", "nombre", "publicado")}  # type: ignore[index]
        feast = Feast(
            date.fromisoformat(given["fecha"]),
            clean_line(given["nombre"])[:_LONGEST_NAME],
            date.fromisoformat(given["publicado"]),
        )
    except (KeyError, TypeError, ValueError) as reason:
        raise Misconfigured(f"{file}, feriado {number}: no se entiende; escribe {_EXAMPLE}.") from reason
    if not feast.name:
        raise Misconfigured(f"{file}, feriado {number}: falta el nombre; escribe {_EXAMPLE}.")
    return feast


_EXAMPLE = '{"fecha": "2027-01-15", "nombre": "Feriado por …", "publicado": "2027-01-08"}'
