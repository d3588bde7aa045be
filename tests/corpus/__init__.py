"""Hostile and legitimate inputs, a case a line; README.md beside this file explains them."""

from __future__ import annotations

import base64
import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from core import clock
from tests.harness.databases import MONDAY

Case = dict[str, Any]


def load(name: str) -> list[Case]:
    """The cases of a file, each with its input as `value`; relative dates count from the day on which the tests' clock stands."""
    lines = (Path(__file__).parent / name).read_text(encoding="ascii").splitlines()
    return [case | {"value": _value(case)} for case in map(json.loads, lines)]


def texts(name: str, **wanted: str) -> list[str]:
    """The inputs of a file that are text, of the cases whose fields are as wanted."""
    cases = [case for case in load(name) if all(case.get(field) == value for field, value in wanted.items())]
    return [case["value"] for case in cases if isinstance(case["value"], str)]


def _value(case: Case) -> Any:
    if "payload_b64" in case:
        return base64.b64decode(case["payload_b64"])
    if "repeat" in case:
        text, times = case["repeat"]
        return text * times
    if "relative" in case:
        return _date(case["relative"])
    return case.get("payload")


def _date(relative: Case) -> str:
    if "absolute" in relative:
        return str(relative["absolute"])
    today = clock.day_of(MONDAY)
    year = today.year + relative.get("years", 0)
    leap_day_lost = (today.month, today.day) == (2, 29) and not _is_leap(year)
    day = date(year, today.month, 28 if leap_day_lost else today.day) + timedelta(days=relative.get("days", 0))
    return f"{day:%d-%m-%Y}"


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
