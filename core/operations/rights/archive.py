"""Everything that is held about somebody, as one ZIP: for programs, for reading, and each letter as it was."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from core import clock, language
from core.database.binding import reads
from core.operations.rights import gathering, page, whose
from core.operations.rights.gathering import Record
from core.operations.rights.registry import HOLDINGS
from core.people.views import Account
from core.text import visible

READING_ORDER = ("cuenta", "personas", "solicitudes", "tickets", "mensajes", "borradores", "cartas", "tramites")
"""What people look for first; the other sections follow."""


@dataclass(frozen=True, slots=True)
class Document:
    """What is held about an account: the records of each section, and how many internal notes are not among them."""

    generated_at: datetime
    sections: dict[str, list[Record]]
    withheld_notes: int


@reads
def gather(account: Account) -> Document:
    """Everything that is held about an account, table by table."""
    mine = whose.whose(account.id)
    found = {holding.section: holding.gather(mine) for holding in HOLDINGS if holding.gather}
    names = [*READING_ORDER, *(name for name in found if name not in READING_ORDER)]
    return Document(clock.local(clock.now()), {name: found[name] for name in names}, gathering.withheld_notes(mine))


@reads
def download(account: Account) -> bytes:
    """The ZIP: `datos.json`, `datos.html`, and letters and conversations as plain text."""
    document = gather(account)
    with language.using(account.language):
        files = {"datos.json": as_json(document), "datos.html": page.html(document.sections, document.generated_at)}
    files |= dict(_conversations(document.sections["mensajes"]))
    files |= dict(_letters(document.sections["cartas"]))
    return _packed(files, document.generated_at)


def as_json(document: Document) -> str:
    """The records for programs: instants and dates as ISO 8601, codes as the catalogue has them."""
    whole = {"servicio": "Ayuda Migraciones", "generado": document.generated_at, **document.sections}
    whole["notas_internas_no_incluidas"] = document.withheld_notes
    return json.dumps(whole, ensure_ascii=False, indent=1, default=_iso) + "\n"


def _iso(value: date) -> str:
    return value.isoformat()


def _conversations(messages: list[Record]) -> Iterator[tuple[str, str]]:
    for folio, said in groupby(messages, lambda message: message["folio"]):
        parts = [f"{_minute(each['fecha'])}  {each['autor'] or each['de']}\n\n{each['texto']}\n" for each in said]
        yield f"tickets/{folio}.txt", visible("\n\n".join([f"{folio}\n", *parts]))


def _letters(letters: list[Record]) -> Iterator[tuple[str, str]]:
    for number, each in enumerate(letters, start=1):
        head = f"Fecha: {_minute(each['fecha'])}\nPara: {each['para']}\nAsunto: {each['asunto']}\n\n"
        yield f"cartas/{number:04d}-{each['clase']}.txt", visible(f"{head}{each['texto']}")


def _minute(value: object) -> str:
    return f"{value:%d-%m-%Y %H:%M}"


def _packed(files: dict[str, str], at: datetime) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            entry = zipfile.ZipInfo(name, at.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            archive.writestr(entry, text.encode("utf-8", "replace"))
    return whole.getvalue()
