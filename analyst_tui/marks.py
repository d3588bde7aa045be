"""The desk's words and signs for states, routes and dates: each is read without colour."""

from __future__ import annotations

from datetime import date

from analyst_tui import spoken, theme
from analyst_tui.shown import one_line
from core.tickets.lists.views import TicketRow

STATES = {
    "ingresado": "ingresado",
    "asignado": "asignado",
    "en_analisis": "en análisis",
    "en_espera": "en espera",
    "respondido": "respondido",
    "cerrado": "cerrado",
    "derivado": "derivado",
    "desistido": "desistido",
    "fusionado": "fusionado",
}
_ROUTES = {
    "plazo": "▲ plazo",
    "nna": "◆ NNA",
    "reservada": "■ reservada",
    "identidad": "● identidad",
    "supervision": "● supervisión",
    "datos": "● datos",
}


def is_overdue(row: TicketRow, today: date) -> bool:
    """Whether its day to be answered has passed."""
    return row.is_open and not row.leaving and row.due_on < today


def due(row: TicketRow, today: date) -> tuple[str, theme.Tone]:
    """When it is due, `!` before what is late; nothing for a ticket that waits for no answer."""
    if not row.is_open:
        return "  —", theme.quiet
    if row.leaving:
        return "saliendo", theme.mark
    words = spoken.day(row.due_on, today)
    if row.due_on < today:
        return f"! {words}", theme.late
    return f"  {words}", theme.strong if row.due_on == today else theme.ink


def state(row: TicketRow) -> str:
    """Its state in the desk's words."""
    return STATES.get(row.state) or one_line(row.state)


def route(row: TicketRow) -> str:
    """The mark of its route, nothing for the normal one; a second ticket says so, and data that may only be read."""
    frozen = f"× {row.frozen}" if row.frozen else ""
    return " ".join(filter(None, (frozen, *_of_route(row), "2º" if row.is_second else "")))


def all_marks(row: TicketRow, today: date) -> str:
    """Every mark of a ticket in words: `! vencido  ▲ plazo  segundo ticket`."""
    late = "saliendo" if row.leaving else "! vencido" if is_overdue(row, today) else ""
    second = "segundo ticket" if row.is_second else ""
    frozen = f"× datos {row.frozen}" if row.frozen else ""
    return "  ".join(filter(None, (frozen, late, *_of_route(row), second)))


def _of_route(row: TicketRow) -> tuple[str, ...]:
    """The mark of a route; a term of the person's own has its mark on every other route too."""
    term = _ROUTES["plazo"] if row.has_term and row.is_open and row.route != "plazo" else ""
    return term, _ROUTES.get(row.route, "")
