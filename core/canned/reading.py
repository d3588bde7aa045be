"""Canned answers as the staff read them: what holds now, and how each came to be."""

from __future__ import annotations

from typing import Any

from peewee import JOIN

from core import clock
from core.canned.models import Canned as CannedRow
from core.canned.models import CannedVersion
from core.canned.views import Canned, Page, Version
from core.database.binding import reads
from core.database.prepared import Prepared, slot
from core.errors import NotFound
from core.language import LANGUAGES
from core.people.models import Staff as StaffRow
from core.people.staff import current
from core.people.views import Staff


@reads
def answers(actor: Staff) -> tuple[Canned, ...]:
    """Every canned answer as it holds now, by title; expired ones too."""
    current(actor)
    return tuple(_canned(row) for row in _CURRENT())


@reads
def answer(actor: Staff, canned_id: int) -> Canned:
    """One canned answer as it holds now; raises `NotFound`."""
    current(actor)
    row = _ONE.first(canned=canned_id)
    if row is None:
        raise NotFound("Esa respuesta tipo no existe.")
    return _canned(row)


@reads
def history(actor: Staff, canned_id: int) -> tuple[Version, ...]:
    """All versions of a canned answer, the newest first; raises `NotFound`."""
    answer(actor, canned_id)
    return tuple(_version(row) for row in _HISTORY(canned=canned_id))


def latest(canned_id: int) -> Version:
    """The last version of a canned answer that exists."""
    return _version(_HISTORY.first(canned=canned_id) or ())


_HEAD = (CannedRow.id, CannedRow.code, CannedRow.answered, CannedRow.seconds)
_BODY = (
    CannedVersion.number,
    CannedVersion.at,
    StaffRow.name,
    CannedVersion.deed,
    CannedVersion.title,
    CannedVersion.subjects,
    CannedVersion.owner,
    CannedVersion.law,
    CannedVersion.expires_on,
    CannedVersion.unreviewed,
    *(getattr(CannedVersion, code) for code in LANGUAGES),
)


def _now() -> Any:
    same = (CannedVersion.canned == CannedRow.id) & (CannedVersion.number == CannedRow.number)
    query = CannedRow.select(*_HEAD, *_BODY).join(CannedVersion, on=same)
    return query.join(StaffRow, JOIN.LEFT_OUTER, on=(CannedVersion.staff == StaffRow.id))


_CURRENT = Prepared(lambda: _now().order_by(CannedVersion.title, CannedRow.id))
_ONE = Prepared(lambda: _now().where(CannedRow.id == slot("canned")))
_HISTORY = Prepared(
    lambda: (
        CannedVersion.select(*_BODY)
        .join(StaffRow, JOIN.LEFT_OUTER, on=(CannedVersion.staff == StaffRow.id))
        .where(CannedVersion.canned == slot("canned"))
        .order_by(CannedVersion.number.desc())
    )
)


def _canned(row: tuple[Any, ...]) -> Canned:
    canned_id, code, answered, seconds, *rest = row
    return Canned(canned_id, code, _version(tuple(rest)), answered, seconds)


def _version(row: tuple[Any, ...]) -> Version:
    number, at, author, deed, title, subjects, owner, law, expires_on, unreviewed, *texts = row
    page = Page(
        title=title,
        subjects=tuple(subjects.split()),
        owner=owner,
        law=law,
        expires_on=clock.day_from(expires_on),
        texts=dict(zip(LANGUAGES, texts, strict=True)),
        unreviewed=frozenset(unreviewed.split()),
    )
    return Version(number, at, author or "", deed, page)
