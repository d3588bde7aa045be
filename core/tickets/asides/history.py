"""The history of a ticket in words: who did what and when, letters with their fates included (Ley 19.880 art. 18)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from core import clock, dates
from core.database.binding import reads
from core.database.prepared import Prepared
from core.identifiers import parse_folio
from core.mail import outbox
from core.mail.views import FATES, Sent
from core.people import models as people
from core.people import policy
from core.people.staff import current
from core.people.views import Staff
from core.tickets import identity, visits
from core.tickets.access import visible_ticket
from core.tickets.asides import event_words
from core.tickets.models import Ticket
from core.tickets.sheets import events_of
from core.tickets.views import Event
from core.tramites.catalogue import catalogue

LETTER = "carta"
"""The kind of what became of a letter."""
_FOLIO_BEFORE = re.compile(r"\[AM-[^\]]*\] ")
_OUTCOMES = {"persona": "la persona dijo que le basta", "plazo": "pasaron treinta días de la respuesta"}


@dataclass(frozen=True, slots=True)
class Happened:
    """An event or a letter in words: «Marta», «lo tomó»; `who` is empty when it came about by itself."""

    at: int
    who: str
    what: str
    kind: str
    code: str


@reads
def of_ticket(actor: Staff, ticket_id: int) -> tuple[Happened, ...]:
    """Everything that happened to a ticket, oldest first; raises `NotFound`."""
    me = current(actor)
    visible_ticket(me, ticket_id, "read")
    return told(me, ticket_id)


def told(me: Staff, ticket_id: int) -> tuple[Happened, ...]:
    """The same of a ticket that they are known to see."""
    events = events_of(ticket_id)
    names = _names(events) | _folios(me, events)
    happened = [_told(event, names) for event in events] + [_letter(letter) for letter in outbox.about(ticket_id)]
    return tuple(sorted(happened, key=lambda each: each.at))


def _told(event: Event, names: dict[str, str]) -> Happened:
    """An event in words; its code says more of most."""
    words = event_words.WORDS.get(event.kind, event.kind)
    name = names.get(f"{event.kind} {event.code}", "")
    if name:
        words = f"{words.rpartition(' a ')[0]} a {name}" if event.kind == "mencion" else f"{words}: {name}"
    elif (more := _MORE.get(event.kind)) and event.code:
        words = more(words, event.code)
    return Happened(event.at, event_words.who(event.kind, event.author), words, event.kind, event.code)


def _letter(letter: Sent) -> Happened:
    at = letter.sent_at if letter.fate == "sent" and letter.sent_at else letter.queued_at
    name = _FOLIO_BEFORE.sub("", letter.subject)
    subject = f" «{name}»" if name else ""
    read = f"; leída en el portal {dates.moment(letter.read_at)}" if letter.read_at else ""
    return Happened(at, "", f"carta{subject}: {FATES[letter.fate]}{read}", LETTER, letter.fate)


def _names(events: Iterable[Event]) -> dict[str, str]:
    """Whoever was mentioned, by kind and code."""
    ids = sorted({int(event.code) for event in events if event.kind == "mencion"})
    return {f"mencion {row_id}": name for row_id, name in (_STAFF(ids=ids) if ids else ())}


def _folios(me: Staff, events: Iterable[Event]) -> dict[str, str]:
    """The tickets that this one was tied to and that this analyst may see, by kind and code."""
    ids = sorted({int(event.code) for event in events if event.kind in ("relacionado", "separado")})
    seen = [row for row in (_TICKETS(ids=ids) if ids else ()) if row[2] in policy.visible_routes(me)]
    return {f"{kind} {row_id}": folio for row_id, folio, _route in seen for kind in ("relacionado", "separado")}


def _subject(words: str, code: str) -> str:
    known = catalogue().categoria(code)
    return f"{words}: {known.name}" if known else words


def _day(words: str, code: str) -> str:
    return f"{words}: hasta el {dates.whole_day(clock.day_from(int(code)))}" if code.isdigit() else words


def _hour(words: str, code: str) -> str:
    office, at = visits.told(code)
    return f"{words}: {dates.moment(at)}, oficina {office}"


_MORE: dict[str, Callable[[str, str], str]] = {
    "abierto": _subject,
    "plazo": _subject,
    "pedido": _day,
    "vencimiento": _day,
    "ampliado": lambda words, code: f"{words}: {code} días",
    "segundo": lambda words, code: f"{words}: {parse_folio(code) or code}",
    "desistido": lambda words, code: f"{words}: se suprimieron sus datos" if code == "supresion" else words,
    "cerrado": lambda words, code: f"{words}: {_OUTCOMES.get(code, code)}",
    "archivo": lambda words, code: f"guardó {event_words.of_copy(code)}",
    "enlace": lambda words, code: f"{words} {event_words.of_copy(code)}",
    "enlace_usado": lambda words, code: f"{words} {event_words.of_copy(code)}",
    "etiqueta": lambda words, code: f"{'quitó' if code == 'quitada' else 'puso'} una etiqueta",
    "identidad": lambda words, code: f"{words}: {identity.PROOFS.get(code, code)}",
    **dict.fromkeys(visits.KINDS, _hour),
}
_STAFF = Prepared(lambda ids: people.Staff.select(people.Staff.id, people.Staff.name).where(people.Staff.id.in_(ids)))
_TICKETS = Prepared(lambda ids: Ticket.select(Ticket.id, Ticket.folio, Ticket.route).where(Ticket.id.in_(ids)))
