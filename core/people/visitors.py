"""What somebody without a session has typed so far: kept on the server, found again by the browser's cookie."""

from __future__ import annotations

import json
from typing import Any

from core import clock
from core.database.binding import reads, writes
from core.database.prepared import Prepared, slot
from core.people.models import VisitorDraft
from core.tokens import digest

KEPT = 3 * 24 * 3600
_PASSWORD = "clave"  # noqa: S105 (the name of fields)
"""How the names of all fields begin that hold passwords."""


def is_secret(name: str) -> bool:
    """Whether a field of this name holds a password, which is neither kept nor sent back."""
    return name.startswith(_PASSWORD)


def drawer_of(account_id: int) -> str:
    """Where an account keeps what it has begun to fill in: found again in any browser, and by nobody else."""
    return f"cuenta {account_id}"


@reads
def read_draft(visitor: str, form: str) -> dict[str, str]:
    """The fields typed so far into a form; empty when there are none."""
    found = _DRAFT.first(visitor=digest(visitor), form=form)
    return {} if found is None else json.loads(found[0])


@writes
def save_draft(visitor: str, form: str, fields: dict[str, str]) -> None:
    """Keep the fields of a form; passwords are left out."""
    kept = json.dumps({name: value for name, value in fields.items() if not is_secret(name)}, ensure_ascii=False)
    _KEEP.count(visitor=digest(visitor), form=form, fields=kept, now=clock.now())


@writes
def drop_draft(visitor: str, form: str) -> None:
    """Forget what was typed into a form."""
    _DROP.count(visitor=digest(visitor), form=form)


@writes
def take_draft(visitor: str, form: str, max_age: int) -> dict[str, str] | None:
    """The fields of a form, to one caller only; None for whoever comes second, or later than `max_age` seconds."""
    found = _DRAFT.first(visitor=digest(visitor), form=form)
    won = _DROP.count(visitor=digest(visitor), form=form)
    if found is None or not won or clock.now() - found[1] > max_age:
        return None
    return dict(json.loads(found[0]))


@writes
def forget_old() -> int:
    """Remove drafts that nobody came back to; how many."""
    return int(VisitorDraft.delete().where(VisitorDraft.saved_at < clock.now() - KEPT).execute())


def _of_form() -> Any:
    return (VisitorDraft.visitor == slot("visitor")) & (VisitorDraft.form == slot("form"))


def _keep() -> Any:
    row = VisitorDraft.insert(visitor=slot("visitor"), form=slot("form"), fields=slot("fields"), saved_at=slot("now"))
    changed = {VisitorDraft.fields: slot("fields"), VisitorDraft.saved_at: slot("now")}
    return row.on_conflict(conflict_target=[VisitorDraft.visitor, VisitorDraft.form], update=changed)


_DRAFT = Prepared(lambda: VisitorDraft.select(VisitorDraft.fields, VisitorDraft.saved_at).where(_of_form()))
_KEEP = Prepared(_keep)
_DROP = Prepared(lambda: VisitorDraft.delete().where(_of_form()))
