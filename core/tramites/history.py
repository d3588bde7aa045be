"""The trámites that the service knows: whose they are, and bringing them in."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice
from pathlib import Path

from core import clock
from core.database.binding import reads, unlocked, writes
from core.database.prepared import Prepared, columns_of, row_of, slot
from core.errors import Invalid, Misconfigured, NotFound
from core.identifiers import normalise_tramite
from core.language import _
from core.people.emails import NotAnAddress, canonical
from core.text import clean_line
from core.tramites import models, times
from core.tramites.times import Row
from core.tramites.views import Tramite

COLUMNS = ("id", "tipo", "estado", "correo", "creado")
_BATCH = 5_000


@reads
def tramites_of(email: str) -> tuple[Tramite, ...]:
    """The trámites known for an address, newest first."""
    return tuple(_view(row_of(models.Tramite, values)) for values in _OF_EMAIL(email=email))


@reads
def tramite(tramite_id: str) -> Tramite | None:
    """A trámite by its normalised ID, or None when the service does not know it."""
    values = _BY_ID.first(tramite=tramite_id)
    return None if values is None else _view(row_of(models.Tramite, values))


@reads
def tramite_of(email: str, tramite_id: str) -> Tramite:
    """One trámite of an address; a stranger's is as unknown as one that does not exist (`NotFound`)."""
    spellings = [clean_line(tramite_id), normalise_tramite(tramite_id).value]
    row = models.Tramite.get_or_none(models.Tramite.id.in_(spellings), models.Tramite.email == email)
    if row is None:
        raise NotFound(_("No encontramos ese trámite."))
    return _view(row)


@writes
def move(old_email: str, new_email: str) -> None:
    """Let the trámites of an address belong to another one of the same person."""
    models.Tramite.update(email=new_email).where(models.Tramite.email == old_email).execute()


@unlocked
def import_csv(path: Path) -> int:
    """Bring the trámites of a CSV file in (UTF-8, columns as in `COLUMNS`); how many."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            return import_rows(csv.DictReader(lines))
    except (OSError, UnicodeDecodeError, csv.Error) as reason:
        raise Misconfigured(f"{path} no se puede leer como CSV en UTF-8: {reason}.") from reason


@unlocked
def import_rows(rows: Iterable[dict[str, str]]) -> int:
    """Bring trámites in, or up to date; how many. Raises `Invalid` naming the line; earlier batches stay."""
    checked = (_checked(number, row) for number, row in enumerate(rows, start=2))
    count = 0
    while batch := list(islice(checked, _BATCH)):
        _store(batch)
        count += len(batch)
    times.count_again()
    return count


def _checked(number: int, row: dict[str, str]) -> Row:
    missing = [column for column in COLUMNS if row.get(column) is None]
    if missing:
        raise Invalid({"linea": f"Línea {number}: falta la columna {missing[0]}; deben ser {','.join(COLUMNS)}."})
    identifier = normalise_tramite(row["id"])
    if not identifier.value:
        raise Invalid({"linea": f"Línea {number}: falta el ID del trámite."})
    try:
        email = canonical(row["correo"])
        created = clock.day_number(_day(row["creado"])) if row["creado"].strip() else None
    except NotAnAddress as reason:
        raise Invalid({"linea": f"Línea {number}: «{clean_line(row['correo'])}» no es un correo."}) from reason
    except ValueError as reason:
        words = f"Línea {number}: «{clean_line(row['creado'])}» no es una fecha; escribe aaaa-mm-dd."
        raise Invalid({"linea": words}) from reason
    return {
        "id": identifier.value,
        "kind": clean_line(row["tipo"]),
        "state": clean_line(row["estado"]),
        "email": email,
        "created_on": created,
        "updated_at": clock.now(),
    }


def _day(text: str) -> date:
    parts = text.strip().replace("/", "-").split("-")
    if len(parts) == 3 and len(parts[2]) == 4:
        parts.reverse()
    year, month, day = (int(part) for part in parts)
    return date(year, month, day)


@writes
def _store(batch: list[Row]) -> None:
    unique = list({row["id"]: row for row in batch}.values())
    for piece in _pieces(unique, 500):
        times.keep(_moved(piece))
        changed = [models.Tramite.kind, models.Tramite.state, models.Tramite.email, models.Tramite.stage_since]
        models.Tramite.insert_many(piece).on_conflict(
            conflict_target=[models.Tramite.id],
            preserve=[*changed, models.Tramite.created_on, models.Tramite.updated_at],
        ).execute()


def _moved(piece: list[Row]) -> list[Row]:
    """Note of each trámite since when it is in its stage; the passages through the stages that they have left."""
    known = models.Tramite.select().where(models.Tramite.id.in_([row["id"] for row in piece]))
    before, today = {row["id"]: row for row in known.dicts()}, clock.day_number(clock.today())
    passages = []
    for row in piece:
        row["stage_since"], passage = times.moved(before.get(row["id"]), row, today)
        passages += [passage] if passage else []
    return passages


def _pieces(rows: list[Row], size: int) -> Iterator[list[Row]]:
    for start in range(0, len(rows), size):
        yield rows[start : start + size]


def _view(row: models.Tramite) -> Tramite:
    created = clock.day_from(row.created_on) if row.created_on else None
    return Tramite(row.id, row.kind, row.state, created)


_BY_ID = Prepared(lambda: models.Tramite.select(*columns_of(models.Tramite)).where(models.Tramite.id == slot("tramite")))
_OF_EMAIL = Prepared(
    lambda: (
        models.Tramite.select(*columns_of(models.Tramite))
        .where(models.Tramite.email == slot("email"))
        .order_by(models.Tramite.created_on.desc(), models.Tramite.id.desc())
    )
)
