"""An hour as calendars read it (RFC 5545, RFC 5546)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from core import clock
from core.appointments.views import Hour
from core.language import _
from core.mail import outbox
from core.mail.views import Attachment

NAME = "hora.ics"


def attachment(hour: Hour, method: str, attendee: str, link: str) -> Attachment:
    """The file that goes along with a letter."""
    return Attachment(NAME, f"text/calendar; method={method}", text(hour, method, attendee, link))


def text(hour: Hour, method: str, attendee: str, link: str) -> str:
    """One event: REQUEST puts it into a calendar or changes it there, CANCEL takes it out; the highest SEQUENCE counts.

    Instants are UTC, which needs no description of Chile's clocks and no reader gets wrong.
    """
    from icalendar import Calendar, Event, vCalAddress, vText  # slow to load, and few need it

    calendar = Calendar()
    calendar.add("prodid", "-//Ayuda Migraciones//Horas de atención//ES")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    begin = datetime.fromtimestamp(hour.starts_at, UTC)
    event = Event()
    event.add("uid", hour.uid)
    event.add("sequence", hour.sequence)
    event.add("dtstamp", datetime.fromtimestamp(clock.now(), UTC))
    event.add("dtstart", begin)
    event.add("dtend", begin + timedelta(minutes=hour.minutes))
    event.add("summary", _("Hora de atención en Ayuda Migraciones"))
    event.add("location", vText(f"{hour.office.address}, {hour.office.city}"))
    event.add("description", _("Para cambiarla o cancelarla: {link}").format(link=link))
    event.add("status", "CANCELLED" if method == "CANCEL" else "CONFIRMED")
    event.add("class", "PRIVATE")
    event.add("organizer", vCalAddress(f"mailto:{outbox.sender()}"))
    invited = vCalAddress(f"mailto:{attendee}")
    invited.params["partstat"] = "ACCEPTED"  # whoever asked for it need not answer
    event.add("attendee", invited)
    calendar.add_component(event)
    return calendar.to_ical().decode()
