"""Everything that is held about somebody, as one ZIP: for programs, for reading, and each letter as it was."""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import BinaryIO

from core import clock, language
from core.database.binding import reads
from core.errors import NotFound, TryLater
from core.files import attachments, store
from core.language import _
from core.operations.rights import files as sent
from core.operations.rights import gathering, page, whose
from core.operations.rights.gathering import Record
from core.operations.rights.registry import HOLDINGS
from core.people.account_views import Account
from core.text import visible

READING_ORDER = ("cuenta", "personas", "solicitudes", "tickets", "mensajes", "borradores", "cartas", "tramites")
"""What people look for first; the other sections follow."""
_LATER = 600


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
def download(account: Account) -> BinaryIO:
    """The ZIP: `datos.json`, `datos.html`, letters and conversations as plain text, and every file that was sent along.

    It lies on the disk and is gone once it is closed; raises `TryLater` when there is no room for it.
    """
    document = gather(account)
    with language.using(account.language):
        files = {"datos.json": as_json(document), "datos.html": page.html(document.sections, document.generated_at)}
    files |= dict(_conversations(document.sections["mensajes"]))
    files |= dict(_letters(document.sections["cartas"]))
    try:
        whole = store.scratch()
    except OSError as reason:
        raise TryLater(_("En este momento no hay espacio para juntar todo. Inténtalo más tarde."), _LATER) from reason
    _pack(whole, files, sent.contents(whose.whose(account.id)), document.generated_at)
    return whole


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


def _pack(whole: BinaryIO, texts: Mapping[str, str], files: Iterable[tuple[str, str]], at: datetime) -> None:
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in texts.items():
            archive.writestr(_entry(name, at, zipfile.ZIP_DEFLATED), text.encode("utf-8", "replace"))
        for name, digest in files:
            with suppress(NotFound), attachments.content_of(digest) as content:  # `ayuda verify` tells what is lost
                _add(archive, _entry(name, at, zipfile.ZIP_STORED), content)
    whole.seek(0)


def _add(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, content: BinaryIO) -> None:
    with archive.open(entry, "w") as target:
        shutil.copyfileobj(content, target)


def _entry(name: str, at: datetime, packing: int) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, at.timetuple()[:6])
    entry.compress_type = packing
    entry.external_attr = 0o600 << 16
    return entry
