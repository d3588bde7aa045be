"""How a version of a canned answer is kept, whoever brings it."""

from __future__ import annotations

from core import clock
from core.canned.models import Canned, CannedVersion
from core.canned.views import Page
from core.database.prepared import insert


def begin(code: str, page: Page, deed: str, staff_id: int | None) -> int:
    """A new canned answer with its first version; its id."""
    canned_id = insert(Canned, code=code, number=1, answered=0, seconds=0)
    _keep(canned_id, 1, page, deed, staff_id)
    return canned_id


def follow(canned_id: int, number: int, page: Page, deed: str, staff_id: int | None) -> bool:
    """A version after this one; whether nobody else has written one meanwhile."""
    same = (Canned.id == canned_id) & (Canned.number == number)
    if not Canned.update(number=number + 1).where(same).execute():
        return False
    _keep(canned_id, number + 1, page, deed, staff_id)
    return True


def _keep(canned_id: int, number: int, page: Page, deed: str, staff_id: int | None) -> None:
    insert(
        CannedVersion,
        canned_id=canned_id,
        number=number,
        at=clock.now(),
        staff_id=staff_id,
        deed=deed,
        title=page.title,
        subjects=" ".join(page.subjects),
        owner=page.owner,
        law=page.law,
        expires_on=clock.day_number(page.expires_on),
        unreviewed=" ".join(sorted(page.unreviewed)),
        **page.texts,
    )
