"""Texts that were written to break a terminal, in every field of a ticket, as if core had let them through."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from core.people.account_views import Person
from core.tickets.lists.views import SortKey, TicketRow
from core.tickets.views import Event, Message, Related, TicketSheet, Watcher
from core.tramites.views import Tramite
from tests.corpus import load

LONGEST = 600


def texts() -> Iterator[str]:
    """Every text of the corpus that a person could type, the endless ones cut."""
    for case in load("text.jsonl"):
        value = case["value"]
        yield (value if isinstance(value, str) else value.decode("utf-8", "replace"))[:LONGEST]


NASTIEST = (
    "\x1b]0;título robado\x07",
    "\x1b]52;c;cm9iYWRv\x07",
    "\x1b[2J\x1b[H\x1b[31mrojo\x1b[0m",
    "\x9b2J\x9d0;C1\x9c",
    "[@click=app.quit]salir[/]",
    "[bold red]fuerte[/bold red]",
    "[/",
    "[link=https://ejemplo.cl]aquí[/link]",
    "\u202eoidem ed saicarg\u202c",
    "\u2066aislado\u2069 \u200f",
    "uno\rdos\x08\x08\x08tres",
    "línea\u2028separada\u2029así",
    "{{ 7 * 7 }} %s %n ${HOME} `id`",
    "👩‍👩‍👧‍👦 ñandú ́ ̀",
)


def row(text: str, number: int = 1) -> TicketRow:
    """A ticket whose every text is hostile."""
    return TicketRow(
        id=number,
        folio=text,
        state=text,
        tipo=text,
        materia=text,
        categoria=text,
        route="plazo",
        urgent=True,
        has_term=True,
        person_name=text,
        person_age=16,
        tramite=text,
        assignee_id=2,
        assignee_name=text,
        opened_at=1,
        legal_on=date(2026, 11, 20),
        due_on=date(2026, 11, 20),
        is_second=True,
        version=1,
        sort_key=SortKey(0, 20261120, number),
        matched=text,
        tags=(text, f"{text} otra"),
    )


def sheet(text: str) -> TicketSheet:
    """The same ticket, opened."""
    kinds = ("persona", "nota", "respuesta")
    return TicketSheet(
        row=row(text),
        person=Person(1, 1, text, text, text, False, date(2010, 1, 1), text, False, text, text),
        email=text,
        tramite=Tramite(text, text, text, date(2026, 1, 1)),
        region=text,
        language=text,
        notice_on=date(2026, 11, 19),
        messages=tuple(Message(n, 1, kind, text, text, text) for n, kind in enumerate(kinds)),
        earlier=(row(text, 2),),
        events=(Event(1, text, text, text),),
        watchers=(Watcher(9, text, True),),
        drafts={"respuesta": text},
        age_days=1,
        days_left=-1,
        can={},
        related=(Related(row(text, 3), text),),
        of_tramite=2,
    )
