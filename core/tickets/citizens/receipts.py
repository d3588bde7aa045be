"""The certificado de ingreso: when a ticket arrived, when it counts as filed, until when it is answered (Ley 19.880 art. 30)."""

from __future__ import annotations

from datetime import date

from core import clock, dates
from core.language import _, noted

CERTIFICATE = noted("Certificado de ingreso")


def dates_of(opened_at: int, legal_on: date, due_on: date, own_due_on: date | None) -> tuple[tuple[str, str], ...]:
    """The dates of a ticket, each with its name, as the page, the letter and the paper say them."""
    arrived = f"{dates.whole_day(clock.day_of(opened_at))}, {clock.local(opened_at):%H:%M}"
    told = [
        (_("Lo recibimos"), _("{moment} (hora de Santiago)").format(moment=arrived)),
        (_("Ingreso legal"), dates.whole_day(legal_on)),
        (_("Respuesta a más tardar"), dates.whole_day(due_on)),
    ]
    if own_due_on is not None:
        told.append((_("Tu propio plazo vence"), dates.whole_day(own_due_on)))
    return tuple(told)


def as_lines(told: tuple[tuple[str, str], ...]) -> str:
    """The same, a line each, for a letter."""
    return "\n".join(f"{name}: {words}" for name, words in told)
