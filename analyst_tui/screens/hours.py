"""An office's day: who comes when, who came; closing a day so that everybody is told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import ClassVar

from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType

from analyst_tui import feed, spoken, theme
from analyst_tui.background import ask, change, run
from analyst_tui.command_tables.command import HOURS
from analyst_tui.commands import bindings
from analyst_tui.motive import reach
from analyst_tui.screens.base import DeskScreen
from analyst_tui.shown import fitted
from analyst_tui.widgets.line import Part
from analyst_tui.widgets.pane import Block, Pane
from core import clock
from core.appointments import desk as verbs
from core.appointments import offices
from core.appointments.views import DeskDay, DeskHour, Office
from core.people import policy

_HERE, _ELSEWHERE = "▌ ", "  "
_STATES = {
    "reservada": "por venir",
    "vino": "vino",
    "no_vino": "! no vino",
    "pasada": "sin marcar",
    "cancelada": "canceló",
    "suspendida": "suspendida",
}
_AGAIN = 30.0
"""Seconds after which the day is read again: hours that come from no ticket leave no mark in the queue."""
_STATE, _PREFERENTIAL, _FOLIO = 11, 13, 17


class HoursScreen(DeskScreen):
    """The list of a day at an office, with a cursor; the office stays chosen while the terminal is open."""

    PLACES = (HOURS,)
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(HOURS)]

    def __init__(self) -> None:
        super().__init__()
        self.office: Office | None = None
        self.day = clock.today()
        self.pane = Pane(id="hours")
        self.list: DeskDay | None = None
        self.cursor = 0
        self._confirmed = ""
        self._known: tuple[Office, ...] = ()

    def body(self) -> ComposeResult:
        yield self.pane

    def on_mount(self) -> None:
        self.set_interval(_AGAIN, self.do_refresh)
        run(self, "offices", offices.offices, self._begin)

    def _begin(self, known: tuple[Office, ...]) -> None:
        """The office that was looked at last; otherwise one has to be chosen."""
        self._known = known
        self.office = next((office for office in known if office.id == self.desk.office), None)
        if self.office is None:
            self.do_office()
        else:
            self.do_today()

    def on_screen_resume(self) -> None:
        super().on_screen_resume()
        self.do_refresh()

    def changed(self) -> None:
        self.do_refresh()

    def do_refresh(self) -> None:
        """Read the day again."""
        if self.office is not None:
            office, day = self.office.id, self.day
            ask(self, "day", lambda me: verbs.day_of(me, office, day), self._show, quiet=self.list is not None)

    def _show(self, found: DeskDay) -> None:
        self.list = found
        self.cursor = max(min(self.cursor, len(found.hours) - 1), 0)
        self._paint()

    def _paint(self) -> None:
        if self.list is None:
            return
        self.pane.show(told(self.list, self.cursor, max(self.size.width - 4, 40)), keep_place=True)
        self.pane.scroll_to(y=max(self.cursor - self.pane.size.height // 2, 0), animate=False)
        self.show_status((Part(f" {summary(self.list)}", theme.late if self.list.shut else theme.quiet),))
        self.paint_top()
        self.paint_hints()

    def paint_top(self) -> None:
        if self.office is None:
            self.top.show((Part(" Horas en oficinas", theme.strong),), self.desk.corner())
            return
        today = self.office.local(clock.now()).date()
        near = spoken.day(self.day, today)
        day = spoken.whole_day(self.day) + (f" · {near}" if near in ("ayer", "hoy", "mañana") else "")
        self.top.show((Part(f" {self.office.city}", theme.strong), Part(f"   {day}", theme.ink)), self.desk.corner())

    def on_resize(self, event: events.Resize) -> None:
        self._paint()

    @property
    def _current(self) -> DeskHour | None:
        return self.list.hours[self.cursor] if self.list and self.list.hours else None

    def why_not(self, command_id: str) -> str:
        hour = self._current
        if self.office is None and command_id not in ("office", "back", "palette", "help", "quit"):
            return "Elige primero una oficina."
        if command_id in ("open", "came", "missed") and hour is None:
            return "No hay ninguna hora bajo el cursor."
        if command_id == "open" and hour is not None and hour.ticket_id is None:
            return "Esa hora no viene de un ticket que puedas ver."
        if command_id in ("came", "missed") and hour is not None:
            return _why_no_mark(hour)
        if command_id in ("close_day", "open_day") and not policy.allowed(self.actor, "close_office"):
            return "Tu cuenta no permite hacer esto: es de supervisión."
        return super().why_not(command_id)

    def do_hours(self) -> None:
        self.do_refresh()

    def do_down(self) -> None:
        self._move(1)

    def do_up(self) -> None:
        self._move(-1)

    def _move(self, by: int) -> None:
        self.cursor = max(min(self.cursor + by, len(self.list.hours) - 1 if self.list else 0), 0)
        self._paint()

    def do_next_day(self) -> None:
        self._turn(self.day + timedelta(days=1))

    def do_day_before(self) -> None:
        self._turn(self.day - timedelta(days=1))

    def do_today(self) -> None:
        if self.office is not None:
            self._turn(self.office.local(clock.now()).date())

    def _turn(self, day: date) -> None:
        self.day, self.cursor, self._confirmed = day, 0, ""
        self.do_refresh()

    def do_office(self) -> None:
        """Choose an office by its name."""
        from analyst_tui.palette import Palette

        entries = [(office.id, "", f"{office.city} · {office.region_name}", "") for office in self._known]
        self.app.push_screen(Palette(entries, "qué oficina"), self._go_to)

    def _go_to(self, code: str | None) -> None:
        chosen = next((office for office in self._known if office.id == code), None)
        if chosen is not None:
            self.office, self.desk.office = chosen, chosen.id
            self.do_today()
        elif self.office is None:
            self.dismiss()

    def do_open(self) -> None:
        hour = self._current
        if hour is not None and hour.ticket_id is not None:
            ticket_id = hour.ticket_id
            reach(self, "open", lambda me, reason: feed.sheet(me, ticket_id, reason), self.desk.show_ticket)

    def do_came(self) -> None:
        self._mark(did_come=True)

    def do_missed(self) -> None:
        self._mark(did_come=False)

    def _mark(self, did_come: bool) -> None:
        hour = self._current
        if hour is None:
            return
        words = f"{hour.person_name}: {'vino' if did_come else 'no vino'}."
        if hour.proves and did_come:
            words += " Su ticket necesita que alguien mire su documento."
        change(self, "mark", lambda me: verbs.came(me, hour.id, did_come), lambda _: self._marked(words))

    def _marked(self, words: str) -> None:
        self.say(words)
        self.do_refresh()

    def do_close_day(self) -> None:
        office, day = self._where
        if self._confirmed == f"{office} {day}":
            change(self, "close", lambda me: verbs.close_day(me, office, day), self._day_closed)
        else:
            ask(self, "expected", lambda me: verbs.expected(me, office, day), self._ask_to_close)

    @property
    def _where(self) -> tuple[str, date]:
        return (self.office.id if self.office else ""), self.day

    def _ask_to_close(self, count: int) -> None:
        self._confirmed = "{} {}".format(*self._where)
        people = spoken.counted(count, "persona tiene hora y recibe", "personas tienen hora y reciben")
        told_to = f"{people} una carta para elegir otra" if count else "nadie tiene hora ese día"
        self.say(f"{self.key_of('close_day')} otra vez para cerrar el {spoken.whole_day(self.day)}: {told_to}.", alarm=True)

    def _day_closed(self, count: int) -> None:
        self._confirmed = ""
        self.say(f"Día cerrado. {spoken.counted(count, 'carta sale', 'cartas salen')} ahora.")
        self.do_refresh()

    def do_open_day(self) -> None:
        office, day = self._where
        change(self, "close", lambda me: verbs.open_day(me, office, day), lambda _: self._marked("Día abierto otra vez."))

    def do_back(self) -> None:
        self.dismiss()


def told(day: DeskDay, cursor: int, width: int) -> Iterator[Block]:
    """The hours of a day as lines, the one at the cursor marked."""
    if not day.hours:
        yield Block(Text("Nadie tiene hora este día.", theme.quiet))
    for place, hour in enumerate(day.hours):
        yield Block(_line(day.office, hour, width), _HERE if place == cursor else _ELSEWHERE, theme.key)


def _line(office: Office, hour: DeskHour, width: int) -> Text:
    over = hour.state in ("cancelada", "suspendida")
    text = Text(f"{office.local(hour.starts_at):%H:%M}  ", theme.dim if over else theme.strong, end="")
    text.append(fitted(_STATES.get(hour.state, hour.state), _STATE), _style(hour))
    text.append(fitted("◇ preferente" if hour.preferential else "", _PREFERENTIAL), theme.mark)
    name = f"{hour.person_name} (datos {hour.frozen})" if hour.frozen else hour.person_name
    if hour.proves:
        name = f"● ver documento  {name}"
    text.append(fitted(name, max(width - 7 - _STATE - _PREFERENTIAL - _FOLIO, 10)), theme.dim if over else theme.ink)
    return text.append(f" {hour.folio}", theme.quiet)


def _style(hour: DeskHour) -> theme.Tone:
    return {"no_vino": theme.late, "vino": theme.accent, "reservada": theme.ink}.get(hour.state, theme.dim)


def summary(day: DeskDay) -> str:
    """The day in one line: whether it is attended, who is expected, what is left."""
    if day.shut:
        return f"No se atiende: {day.shut}."
    waiting = sum(hour.state == "reservada" for hour in day.hours)
    unverified = "  Horario por verificar." if day.office.hours_unverified else ""
    return f"{spoken.counted(waiting, 'por venir', 'por venir')} · {spoken.counted(day.free, 'libre', 'libres')}.{unverified}"


def _why_no_mark(hour: DeskHour) -> str:
    if hour.state in ("cancelada", "suspendida"):
        return "Esa hora fue cancelada o suspendida: no hay nada que marcar."
    if hour.frozen:
        return f"Los datos de esta persona están {hour.frozen} (Ley 21.719)."
    return ""
