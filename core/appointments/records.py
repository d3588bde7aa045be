"""Offices as JSON has them, checked: whoever writes a file of hours is told what is wrong, in one sentence."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from core.appointments.views import Office, Opening
from core.errors import Misconfigured

Record = Mapping[str, Any]

WEEKDAYS = ("lun", "mar", "mie", "jue", "vie", "sab", "dom")
_DATA = Path(__file__).parent.parent.parent / "data"
_ID = re.compile(r"[a-z][a-z-]{0,39}\Z")
_TIME = re.compile(r"([01]\d|2[0-4]):([0-5]\d)\Z")
_DAY = 24 * 60
_NUMBERS = {"minutos": (5, 240), "puestos": (1, 200), "preferentes": (0, 199), "dias_adelante": (1, 120)}
_TEXTS = ("id", "region", "ciudad", "direccion", "origen")
_YES_OR_NO = ("por_verificar", "horario_por_verificar", "cerrada")
KEYS = (*_TEXTS, "horario", *_NUMBERS, *_YES_OR_NO)


def read(path: Path) -> list[dict[str, Any]]:
    """The records of a file; raises `Misconfigured` naming it."""
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as reason:
        raise Misconfigured(f"{path} no se puede leer: {' '.join(str(reason).split())}.") from reason
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise Misconfigured(f"{path}: escribe una lista de oficinas, [{{…}}, {{…}}].")
    return rows


@cache
def regions() -> dict[str, Record]:
    """The regions by their codes, north to south."""
    return {row["id"]: row for row in read(_DATA / "regions.json")}


def stated() -> list[dict[str, Any]]:
    """The offices that are known, without hours."""
    return read(_DATA / "offices.json")


def examples() -> dict[str, Record]:
    """Hours to try the service with: they are nobody's, and say so."""
    found: dict[str, Record] = json.loads((_DATA / "office_hours.json").read_text(encoding="utf-8"))
    return found


def complaint(record: Record) -> str:
    """What is wrong with a record as somebody wrote it; empty when it can be used."""
    name = record.get("id")
    if not isinstance(name, str) or not _ID.match(name):
        return 'cada oficina necesita un «id» de letras minúsculas y guiones, como "santiago"'
    for key, value in record.items():
        wrong = _wrong_value(key, value)
        if wrong:
            return f"en «{name}», {wrong}"
    return ""


def _wrong_value(key: str, value: object) -> str:
    if key not in KEYS:
        return f"«{key}» no se conoce; valen: {', '.join(KEYS)}"
    if key in _NUMBERS:
        least, most = _NUMBERS[key]
        fits = isinstance(value, int) and not isinstance(value, bool) and least <= value <= most
        return "" if fits else f"«{key}» debe ser un número entre {least} y {most}"
    if key in _YES_OR_NO:
        return "" if isinstance(value, bool) else f"«{key}» debe ser true o false"
    if key == "region":
        return "" if value in regions() else f"«region» debe ser una de {', '.join(regions())}"
    if key == "horario":
        return _wrong_hours(value)
    return "" if isinstance(value, str) and value.strip() and len(value) <= 200 else f"«{key}» debe ser un texto entre comillas"


def _wrong_hours(value: object) -> str:
    if not isinstance(value, list):
        return "«horario» debe ser una lista de tramos"
    spans: list[tuple[int, int, int]] = []
    for part in value:
        if not isinstance(part, dict) or set(part) != {"dias", "desde", "hasta"}:
            return "cada tramo de «horario» necesita «dias», «desde» y «hasta», y nada más"
        days = part["dias"]
        if not isinstance(days, list) or not days or not all(day in WEEKDAYS for day in days):
            return f"«dias» debe ser una lista con algunos de {', '.join(WEEKDAYS)}"
        begin, end = _minute(part["desde"]), _minute(part["hasta"])
        if begin is None or end is None or begin >= end:
            return '«desde» y «hasta» deben ser horas como "09:00" y "13:30", la primera antes'
        spans += [(WEEKDAYS.index(day), begin, end) for day in days]
    overlapping = any(one[0] == two[0] and two[1] < one[2] for one, two in pairwise(sorted(spans)))
    return "los tramos de «horario» se enciman" if overlapping else ""


def _minute(text: object) -> int | None:
    match = _TIME.match(text) if isinstance(text, str) else None
    minute = int(match[1]) * 60 + int(match[2]) if match else None
    return minute if minute is None or minute <= _DAY else None


def made(record: Record) -> Office:
    """The office of a whole record; raises `Misconfigured` when something is missing."""
    missing = [key for key in ("region", "ciudad", "direccion") if key not in record]
    if missing:
        raise Misconfigured(f"en «{record['id']}» falta «{missing[0]}»")
    places, preferential = record.get("puestos", 1), record.get("preferentes", 0)
    if preferential >= places:
        raise Misconfigured(f"en «{record['id']}», «preferentes» debe ser menos que «puestos»")
    region = regions()[record["region"]]
    return Office(
        id=record["id"],
        region=record["region"],
        region_name=region["nombre"],
        zone=region["zona"],
        city=record["ciudad"],
        address=record["direccion"],
        address_unverified=record.get("por_verificar", False),
        openings=tuple(_opening(part) for part in record.get("horario") or ()),
        hours_unverified=record.get("horario_por_verificar", False),
        minutes=record.get("minutos", 20),
        places=places,
        preferential=preferential,
        days_ahead=record.get("dias_adelante", 30),
    )


def _opening(part: Record) -> Opening:
    begin, end = _minute(part["desde"]), _minute(part["hasta"])
    return Opening(frozenset(WEEKDAYS.index(day) for day in part["dias"]), begin or 0, end or _DAY)
