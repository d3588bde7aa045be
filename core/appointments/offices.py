"""Which offices there are and when they attend: data/, then what the operator has written beside the database."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

from core import clock
from core.appointments import records, setup
from core.appointments.views import Office
from core.errors import Misconfigured, NotFound
from core.language import _

SETTLED_AFTER = 3600
"""Seconds after which what the operator has written of offices is what they mean."""

log = logging.getLogger("ayuda.offices")
log.addHandler(logging.NullHandler())

_Stamp = tuple[Path | None, int, bool]
_kept: tuple[_Stamp, tuple[Office, ...]] | None = None


def offices() -> tuple[Office, ...]:
    """The offices, north to south; a file that is wrong changes nothing until it is right."""
    global _kept
    stamp = _stamp()
    if _kept is None or _kept[0] != stamp:
        try:
            _kept = stamp, checked()
        except Misconfigured as reason:
            log.error("offices: %s", reason)
            same_file = _kept is not None and _kept[0][0] == stamp[0]
            _kept = stamp, _kept[1] if _kept is not None and same_file else _merged([])
    return _kept[1]


def office(code: str) -> Office:
    """An office by its code; raises `NotFound`."""
    found = next((each for each in offices() if each.id == code), None)
    if found is None:
        raise NotFound(_("No encontramos esa oficina."))
    return found


def named(code: str) -> Office:
    """An office, also one that is no more: then its code stands for its name, on Santiago's clocks."""
    try:
        return office(code)
    except NotFound:
        return Office(code, "", "", clock.SANTIAGO.key, code, "", True, (), True, 0, 1, 0, 0)


def is_settled() -> bool:
    """Whether the operator's file is right and has stood for a while: a slip in it that is mended soon costs nobody an hour."""
    path = setup.file
    try:
        if path is None or clock.now() - _written_at(path) < SETTLED_AFTER:
            return False
        checked()
    except (OSError, Misconfigured):
        return False
    return True


def _written_at(path: Path) -> int:
    """When the file came to be what it is (epoch seconds): one that was brought with an older date is as new as it is here."""
    found = path.stat()
    return int(max(found.st_mtime, found.st_ctime))


def checked() -> tuple[Office, ...]:
    """The offices as the files have them at this moment; raises `Misconfigured` with what is wrong."""
    path = setup.file
    rows = records.read(path) if path is not None and path.exists() else []
    for row in rows:
        wrong = records.complaint(row)
        if wrong:
            raise Misconfigured(f"{path}: {wrong}.")
    try:
        return _merged(rows)
    except Misconfigured as reason:
        raise Misconfigured(f"{path}: {reason}.") from reason


def _merged(rows: list[dict[str, Any]]) -> tuple[Office, ...]:
    """The offices of data/ with what these records say differently."""
    known = {row["id"]: row for row in records.stated()}
    if setup.examples:
        given = records.examples()
        assumed = {"horario_por_verificar": True, **given["todas"]}
        known = {code: {**row, **assumed, **given.get(code, {})} for code, row in known.items()}
    for row in rows:
        confirmed = {"horario_por_verificar": False} if "horario" in row else {}
        known[row["id"]] = {**known.get(row["id"], {}), **confirmed, **row}
    made = [records.made(row) for row in known.values() if not row.get("cerrada")]
    north_to_south = list(records.regions())
    return tuple(sorted(made, key=lambda each: north_to_south.index(each.region)))


def _stamp() -> _Stamp:
    path = setup.file
    try:
        changed = path.stat().st_mtime_ns if path else 0
    except OSError:
        changed = 0
    return path, changed, setup.examples
