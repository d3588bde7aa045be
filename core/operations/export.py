"""Everything that is known about tickets, a row at a time, for whoever analyses it elsewhere."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from datetime import date
from typing import Any, TextIO

from peewee import JOIN

from core import clock
from core.database.binding import reads
from core.people.models import Account, Person, Staff
from core.tickets.models import Message, Ticket

_BATCH = 1_000
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")

COLUMNS = (
    "folio", "estado", "tipo", "materia", "categoria", "ruta", "tramite", "region", "idioma", "ingreso", "vence",
    "respuesta", "termino", "asignado", "persona", "correo", "mensajes",
)  # fmt: skip


def write_tickets(out: TextIO, form: str, first: date | None = None, last: date | None = None) -> int:
    """Write the tickets opened between two days as `csv` or `jsonl`; how many. The stream is never cut."""
    count = 0
    writer = csv.writer(out, lineterminator="\r\n")
    if form == "csv":
        writer.writerow(COLUMNS)
    for row in tickets(first, last):
        if form == "csv":
            writer.writerow([_cell(row[column]) for column in COLUMNS])
        else:
            out.write(json.dumps(row, ensure_ascii=False) + "\n")
        count += 1
    return count


def tickets(first: date | None = None, last: date | None = None) -> Iterator[dict[str, Any]]:
    """The tickets opened between two days, oldest first, with their conversations."""
    after = 0
    while batch := _batch(after, first, last):
        yield from batch.values()
        after = max(batch)


@reads
def _batch(after: int, first: date | None, last: date | None) -> dict[int, dict[str, Any]]:
    """The rows of the next tickets after an id, by their ids, which nobody else needs."""
    query = (
        Ticket.select(Ticket, Person.given_names, Person.first_surname, Person.second_surname, Account.email, Staff.name)
        .join(Person, on=(Ticket.person == Person.id))
        .join(Account, on=(Person.account == Account.id))
        .switch(Ticket)
        .join(Staff, JOIN.LEFT_OUTER, on=(Ticket.assignee == Staff.id))
        .where(Ticket.id > after)
    )
    if first:
        query = query.where(Ticket.opened_on >= clock.day_number(first))
    if last:
        query = query.where(Ticket.opened_on <= clock.day_number(last))
    rows = list(query.order_by(Ticket.id).limit(_BATCH).objects())
    said = _conversations([row.id for row in rows])
    return {row.id: _row(row, said.get(row.id, [])) for row in rows}


def _conversations(ids: list[int]) -> dict[int, list[dict[str, str]]]:
    said: dict[int, list[dict[str, str]]] = {}
    query = Message.select(Message.ticket, Message.at, Message.kind, Message.body).where(Message.ticket.in_(ids))
    for ticket_id, at, kind, body in query.order_by(Message.id).tuples():
        said.setdefault(ticket_id, []).append({"fecha": _instant(at), "clase": kind, "texto": body})
    return said


def _row(row: Any, said: list[dict[str, str]]) -> dict[str, Any]:
    return {
        "folio": row.folio,
        "estado": row.state,
        "tipo": row.tipo,
        "materia": row.materia,
        "categoria": row.categoria,
        "ruta": row.route,
        "tramite": row.tramite_id or "",
        "region": row.region,
        "idioma": row.language,
        "ingreso": _instant(row.opened_at),
        "vence": clock.day_from(row.due_on).isoformat(),
        "respuesta": _instant(row.answered_at),
        "termino": _instant(row.resolved_at),
        "asignado": row.name or "",
        "persona": " ".join(part for part in (row.given_names, row.first_surname, row.second_surname) if part),
        "correo": row.email,
        "mensajes": said,
    }


def _instant(at: int | None) -> str:
    return clock.local(at).isoformat() if at is not None else ""


def _cell(value: Any) -> str:
    """A cell that no spreadsheet takes for a formula."""
    text = "\n\n".join(f"[{each['clase']}] {each['texto']}" for each in value) if isinstance(value, list) else str(value)
    return "'" + text if text.startswith(_FORMULA) else text
