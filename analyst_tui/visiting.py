"""What happened at an office: hours among what was said, the last of them and who the person is among the facts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from rich.text import Text

from analyst_tui import spoken, theme
from analyst_tui.shown import shown
from analyst_tui.widgets.pane import Block
from core.tickets import identity, visits
from core.tickets.views import Event, TicketSheet

_TOLD = {
    "hora_reservada": "la persona reservó hora",
    "hora_cambiada": "la persona cambió su hora",
    "hora_cancelada": "la persona canceló su hora",
    "hora_suspendida": "la oficina suspendió la hora",
    "hora_vino": "vino a su hora",
    "hora_no_vino": "no vino a su hora",
}
_STANDING = {
    "hora_reservada": "reservada",
    "hora_cambiada": "reservada",
    "hora_cancelada": "cancelada",
    "hora_suspendida": "suspendida",
    "hora_vino": "vino",
    "hora_no_vino": "no vino",
}


def events(sheet: TicketSheet) -> list[Event]:
    """What became of the hours that were asked for from a ticket, oldest first."""
    return [event for event in sheet.events if event.kind in visits.KINDS]


def line(event: Event, today: date) -> Block:
    """One of these as a line of the conversation."""
    text = Text(f"{_TOLD[event.kind]}  ", theme.mark, end="").append_text(shown(_place(event, today), theme.ink))
    by = f" · lo marcó {event.author}" if event.author else ""
    return Block(text.append_text(shown(f"{by}  {spoken.moment(event.at, today)}", theme.quiet)))


def facts(sheet: TicketSheet, today: date) -> Iterator[tuple[str, str]]:
    """How the person proved who they are, where the ticket wants it; the last hour: when and where, and how it stands."""
    if sheet.row.route == identity.ROUTE:
        yield "Identidad", identity.PROOFS.get(identity.on_record(sheet.events), "sin demostrar")
    last = next(reversed(events(sheet)), None)
    if last is not None:
        yield "Hora", _place(last, today)
        yield "", _STANDING[last.kind]


def news(before: TicketSheet, now: TicketSheet) -> str:
    """What happened to hours since a ticket was read, in words; empty when nothing did."""
    new = events(now)[len(events(before)) :]
    return _TOLD[new[-1].kind] if new else ""


def _place(event: Event, today: date) -> str:
    from core.appointments import offices  # few tickets have an hour: nobody waits for it at the start

    code, at = visits.told(event.code)
    office = offices.named(code)
    local = office.local(at)
    return f"{spoken.day(local.date(), today)}, {local:%H:%M}, {office.city}"
