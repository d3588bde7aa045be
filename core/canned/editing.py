"""What those with the right do with canned answers: write, change, let them end, bring an old version back."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from core import clock
from core.canned import keeping, reading
from core.canned.fields import page_of
from core.canned.models import Canned as CannedRow
from core.canned.views import SPANISH, Canned, Page
from core.database.binding import writes
from core.errors import Conflict, NotFound
from core.people import policy
from core.people.staff import current
from core.people.views import Staff
from core.text import fold

VERB = "edit_canned"


@writes
def write(actor: Staff, fields: Mapping[str, str]) -> int:
    """A new canned answer; its id. Raises `Invalid`, or `Conflict` when there is one with this title."""
    me = _editor(actor)
    page = page_of(fields)
    code = code_of(page.title)
    if CannedRow.get_or_none(CannedRow.code == code) is not None:
        raise Conflict(f"Ya hay una respuesta tipo «{page.title}»: cámbiala, o elige otro título.")
    return keeping.begin(code, page, "escrita", me.id)


@writes
def change(actor: Staff, canned_id: int, number: int, fields: Mapping[str, str]) -> None:
    """A new version in place of the one that was read (`number`).

    A translation that stays while the Spanish text changes has to be reviewed again. Raises `Invalid`, `NotFound`,
    `Conflict` when somebody else has changed it meanwhile.
    """
    before = reading.answer(_editor(actor), canned_id)
    page = page_of(fields, before.page.unreviewed)
    _follow(actor, before, number, replace(page, unreviewed=_unreviewed(before.page, page)), "cambiada")


@writes
def expire(actor: Staff, canned_id: int, number: int) -> None:
    """Let it end today: nobody can send it any more; raises `NotFound`, `Conflict`."""
    before = reading.answer(_editor(actor), canned_id)
    if before.page.is_expired:
        raise Conflict("Esta respuesta tipo ya caducó.")
    _follow(actor, before, number, replace(before.page, expires_on=clock.today() - timedelta(days=1)), "caducada")


@writes
def restore(actor: Staff, canned_id: int, number: int, old: int) -> None:
    """Let an old version hold again, as a new one after that which was read (`number`); raises `NotFound`, `Conflict`."""
    before = reading.answer(_editor(actor), canned_id)
    found = next((version for version in reading.history(actor, canned_id) if version.number == old), None)
    if found is None:
        raise NotFound("Esa versión no existe.")
    _follow(actor, before, number, found.page, "restaurada")


def code_of(title: str) -> str:
    """The code of a new canned answer: its title's letters and digits."""
    return re.sub(r"[^a-z0-9]+", "-", fold(title)).strip("-") or "respuesta"


def _editor(actor: Staff) -> Staff:
    me = current(actor)
    policy.require(me, VERB)
    return me


def _follow(actor: Staff, before: Canned, number: int, page: Page, deed: str) -> None:
    if before.version.number != number or not keeping.follow(before.id, number, page, deed, actor.id):
        who = before.version.author or "el programa"
        raise Conflict(f"{who} la cambió mientras la leías: ábrela de nuevo. Tu texto sigue en la pantalla.")


def _unreviewed(before: Page, page: Page) -> frozenset[str]:
    """The translations that nobody has reviewed since the Spanish text is as it is."""
    same = {code for code, text in page.texts.items() if text and code != SPANISH and text == before.texts[code]}
    return frozenset(same) if page.texts[SPANISH] != before.texts[SPANISH] else before.unreviewed & same
