"""Times, days and numbers as people say them."""

from __future__ import annotations

from datetime import date

from core import clock
from core.calendar.business import business_days_between

WEEKDAYS = ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo")
MONTHS = (
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
)
_NEAR = {-1: "ayer", 0: "hoy", 1: "mañana"}
_MINUTE, _HOUR, _DAY = 60, 3600, 86_400


def day(when: date, today: date) -> str:
    """A date, short: `hoy`, `mañana`, `jue 26` within a week, `12 nov`, `12-11-25`."""
    distance = (when - today).days
    if distance in _NEAR:
        return _NEAR[distance]
    if -7 < distance < 8:
        return f"{WEEKDAYS[when.weekday()][:3]} {when.day}"
    if when.year == today.year or abs(distance) < 180:
        return f"{when.day} {MONTHS[when.month - 1][:3]}"
    return f"{when:%d-%m-%y}"


def whole_day(when: date) -> str:
    """A date in full: `jueves 26 de noviembre`."""
    return f"{WEEKDAYS[when.weekday()]} {when.day} de {MONTHS[when.month - 1]}"


def moment(at: int, today: date) -> str:
    """An instant (epoch seconds), short: `hoy 14:31`, `lun 16 10:05`."""
    local = clock.local(at)
    return f"{day(local.date(), today)} {local:%H:%M}"


def age(since: int, filed_on: date, now: int, today: date) -> str:
    """How old something filed then is: `12 min`, `2 h`, then business days, `3 d háb`."""
    seconds = max(now - since, 0)
    if seconds < _HOUR:
        return f"{seconds // _MINUTE} min"
    days = business_days_between(filed_on, today)
    if seconds < _DAY or days <= 0:
        return f"{seconds // _HOUR} h"
    return f"{days} d háb"


def days_left(days: int) -> str:
    """Business days until a due date, below zero when it has passed."""
    if days < 0:
        return f"! vencido hace {-days} d háb"
    return "vence hoy" if days == 0 else f"{'queda' if days == 1 else 'quedan'} {days} d háb"


def number(value: int) -> str:
    """A whole number with dots between thousands."""
    return f"{value:,}".replace(",", ".")


def decimal(value: float, digits: int = 1) -> str:
    """A number with a decimal comma."""
    return f"{value:.{digits}f}".replace(".", ",")


def percent(share: float) -> str:
    """A share of one in whole hundredths."""
    return f"{decimal(100 * share, 0)} %"


def counted(count: int, one: str, many: str) -> str:
    """A number and its noun: `1 ticket`, `3 tickets`."""
    return f"{number(count)} {one if count == 1 else many}"
