"""What of a ticket can be taken along as a file of text: its term day by day, and its history (DS 4/2020)."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from core import clock, dates, language
from core.calendar.ledger import Day
from core.database.binding import reads
from core.errors import NotFound
from core.files import attachments
from core.people.staff import current
from core.people.views import Staff
from core.text import visible
from core.tickets import terms
from core.tickets.access import visible_ticket
from core.tickets.asides import history
from core.tickets.asides.history import Happened
from core.tickets.citizens import receipts
from core.tickets.models import Ticket

TERM, HISTORY, HISTORY_JSON = "plazo", "historia", "historia-json"
KINDS = (TERM, HISTORY, HISTORY_JSON)
_TITLE = "Ayuda Migraciones"
_WIDTH, _NAMES = 78, 24
_TEXT, _JSON = "text/plain; charset=utf-8", "application/json"


@dataclass(frozen=True, slots=True)
class Paper:
    """Something of a ticket as a file of text."""

    name: str
    media_type: str
    text: str


@reads
def make(actor: Staff, ticket_id: int, kind: str) -> Paper:
    """One of `KINDS` as it is now, for whoever may see the ticket; raises `NotFound`."""
    me = current(actor)
    return made(me, visible_ticket(me, ticket_id, "read"), kind)


def made(me: Staff, ticket: Ticket, kind: str) -> Paper:
    """The same for a ticket that was read already."""
    with language.using("es"):
        if kind == TERM:
            return Paper(f"{ticket.folio}-plazo.txt", _TEXT, _as_text(_term(ticket)))
        if kind == HISTORY:
            return Paper(f"{ticket.folio}-historia.txt", _TEXT, _as_text(_history(me, ticket)))
        if kind == HISTORY_JSON:
            return Paper(f"{ticket.folio}-historia.json", _JSON, _history_json(me, ticket))
    raise NotFound("Eso no se puede sacar de un ticket.")


def _as_text(lines: Iterator[str]) -> str:
    return visible("\n".join(lines)) + "\n"


def _term(ticket: Ticket) -> Iterator[str]:
    """A term as its person reads it: its dates, then each day up to the answer."""
    counted, last = terms.ledger_of(ticket), clock.day_from(ticket.due_on)
    if ticket.answered_at is not None:
        last = min(last, clock.day_of(ticket.answered_at))
    yield from (_TITLE, f"Cómo se cuenta el plazo del ticket {ticket.folio}", "")
    for name, words in receipts.dates_of(
        ticket.opened_at, clock.day_from(ticket.legal_on), counted.due_on, terms.own_deadline(terms.of(ticket))
    ):
        yield _hung(f"{name}:", words)
    yield from ("", *(_line(day) for day in counted.days if day.day <= last), "")
    if ticket.answered_at is not None:
        yield f"Respondido: {dates.moment(ticket.answered_at)}."
    yield f"Ley 19.880. Impreso el {dates.whole_day(clock.today())}."


def _line(day: Day) -> str:
    return f"{day.number or '':>3}  {_short(day.day):<26}{day.words}".rstrip()


def _short(when: date) -> str:
    return dates.whole_day(when).rpartition(" de ")[0]


def _history(me: Staff, ticket: Ticket) -> Iterator[str]:
    """A history with a number before each entry, and the files that came with the ticket."""
    yield from (_TITLE, f"Historia del ticket {ticket.folio}", "")
    for number, each in enumerate(history.told(me, ticket.id), start=1):
        yield _hung(f"{number:>4}  {clock.local(each.at):%d-%m-%Y %H:%M}", _sentence(each))
    files = attachments.of_ticket(ticket.id)
    if files:
        yield from ("", "Documentos")
    for file in files:
        yield _hung(f"{file.number:>4}  {clock.local(file.added_at):%d-%m-%Y %H:%M}", f"{file.name} ({file.size} bytes)")
    yield from ("", f"Sacada por {me.name} el {dates.moment(clock.now())}.")


def _hung(name: str, words: str) -> str:
    """A name and what it is, in lines that fit a page."""
    return textwrap.fill(f"{name:<{_NAMES}}{words}", _WIDTH, subsequent_indent=" " * _NAMES)


def _sentence(happened: Happened) -> str:
    return f"{happened.who} {happened.what}".strip()


def _history_json(me: Staff, ticket: Ticket) -> str:
    """The same for programs: instants and days as ISO 8601, codes as they are kept, a digest for each document."""
    whole: dict[str, Any] = {
        "servicio": _TITLE,
        "expediente": ticket.folio,
        "tipo": ticket.tipo,
        "materia": ticket.materia,
        "categoria": ticket.categoria,
        "estado": ticket.state,
        "ingreso_legal": clock.day_from(ticket.legal_on).isoformat(),
        "vence": clock.day_from(ticket.due_on).isoformat(),
        "generado": _iso(clock.now()),
        "generado_por": me.name,
        "actuaciones": [_record(number, each) for number, each in enumerate(history.told(me, ticket.id), start=1)],
        "documentos": [
            {"numero": file.number, "nombre": file.name, "bytes": file.size, "ingreso": _iso(file.added_at), "sha256": digest}
            for file, digest in attachments.digests_of(ticket.id)
        ],
    }
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def _record(number: int, each: Happened) -> dict[str, Any]:
    told = {"fecha": _iso(each.at), "quien": each.who, "que": each.what, "clase": each.kind, "codigo": each.code}
    return {"numero": number, **told}


def _iso(at: int) -> str:
    return clock.local(at).isoformat()
