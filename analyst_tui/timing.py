"""What the desk says of a ticket's clock and of its letters."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from rich.text import Text

from analyst_tui import spoken, theme
from analyst_tui.shown import shown
from analyst_tui.widgets.pane import Block
from core import clock
from core.calendar.ledger import Day, Ledger
from core.mail.views import FATES, Sent
from core.tickets.views import TicketSheet

_DAYS, _NUMBERS = 12, 3


def facts(sheet: TicketSheet, today: date) -> Iterator[tuple[str, str]]:
    """What stands beside the due day: a wait, an extension, the person's own term."""
    told = sheet.clock
    if told.own_due_on is not None:
        yield "Su plazo", f"{spoken.day(told.own_due_on, today)} (no se detiene)"
    if told.waits_until is not None:
        yield "Espera", f"hasta {spoken.day(told.waits_until, today)}"
    elif told.ran_out_on is not None and sheet.row.is_open:
        yield "Esperó", f"hasta {spoken.day(told.ran_out_on, today)}; no llegó nada: se responde con lo que hay"
    if told.more_days:
        yield "Ampliado", f"{told.more_days} {'d háb' if told.in_business_days else 'd'}"


def letters(sheet: TicketSheet, today: date) -> Iterator[Block]:
    """Every letter about the ticket, and what became of it."""
    if sheet.letters:
        yield Block(Text("Cartas", theme.quiet))
    for letter in sheet.letters:
        subject = letter.subject.replace(f"[{sheet.row.folio}] ", "")
        yield Block(shown(subject, theme.ink), "✉ ", theme.quiet, "  ")
        yield Block(Text(fate(letter, today), _style(letter)), "  ")
    if sheet.letters:
        yield Block(Text(""))


def fate(letter: Sent, today: date) -> str:
    """What became of a letter, and when it was read in the portal."""
    at = letter.sent_at if letter.fate == "sent" and letter.sent_at else letter.queued_at
    words = f"{FATES[letter.fate]} {spoken.moment(at, today)}"
    return f"{words} · leída en el portal {spoken.moment(letter.read_at, today)}" if letter.read_at else words


def _style(letter: Sent) -> theme.Tone:
    return theme.late if letter.fate == "failed" else theme.mark if letter.fate == "later" else theme.quiet


def ledger(sheet: TicketSheet, counted: Ledger) -> Iterator[Block]:
    """A term day by day, in the very words that the person reads."""
    today = clock.today()
    yield Block(Text(f"Vence {spoken.whole_day(counted.due_on)}\n", theme.strong))
    for day in counted.days:
        yield _line(day, today)
    yield Block(Text(""))
    yield from letters(sheet, today)


def _line(day: Day, today: date) -> Block:
    number = f"{day.number:>{_NUMBERS}}" if day.number else " " * _NUMBERS
    name = f"{spoken.WEEKDAYS[day.day.weekday()][:3]} {day.day.day} {spoken.MONTHS[day.day.month - 1][:3]}"
    style = theme.ink if day.number else theme.quiet
    mark = "  ◂ hoy" if day.day == today else ""
    return Block(Text(f"{number}  {day.words}{mark}", style), f"{name:<{_DAYS}}", style, " " * (_DAYS + _NUMBERS + 2))
