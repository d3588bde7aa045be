"""Tickets that are still being written: kept on the server until they are sent or dropped."""

from __future__ import annotations

import json

from core import clock
from core.database.binding import reads, writes
from core.database.prepared import Prepared, slot
from core.files import attachments
from core.people import standing
from core.tickets.models import TicketDraft
from core.tickets.views import Draft
from core.tokens import random_token

FIELDS = ("tipo", "materia", "categoria", "tramite_id", "sin_tramite", "fecha_notificacion", "region", "texto")


@reads
def read(person_id: int) -> Draft | None:
    """What a person has written so far."""
    row = _READ.first(person=person_id)
    return None if row is None else Draft(person_id, json.loads(row[0]), row[1], row[2])


@writes
def save(person_id: int, fields: dict[str, str]) -> Draft:
    """Keep these fields beside those already written; a change of any gives the draft a new key.

    A form that was checked in another tab before the change can therefore not send words it never showed.
    """
    standing.require_free_person(person_id)
    before = read(person_id)
    kept = dict(before.fields) if before else {}
    kept.update({name: value for name, value in fields.items() if name in FIELDS})
    if before is not None and kept == before.fields:
        return before
    draft = Draft(person_id, kept, random_token(), clock.now())
    words = json.dumps(kept, ensure_ascii=False)
    _SAVE.count(person=person_id, fields=words, key=draft.key, now=draft.saved_at)
    return draft


@writes
def drop(person_id: int) -> None:
    """Forget what a person has written, and the files that were to go with it."""
    _DROP.count(person=person_id)
    attachments.drop_draft(person_id)


@writes
def clear(person_id: int) -> None:
    """Forget what is a ticket now."""
    _DROP.count(person=person_id)


_READ = Prepared(
    lambda: TicketDraft.select(TicketDraft.fields, TicketDraft.submit_key, TicketDraft.saved_at).where(
        TicketDraft.person == slot("person")
    )
)
_SAVE = Prepared(
    lambda: TicketDraft.insert(
        person=slot("person"), fields=slot("fields"), submit_key=slot("key"), saved_at=slot("now")
    ).on_conflict(
        conflict_target=[TicketDraft.person],
        update={
            TicketDraft.fields: slot("fields"),
            TicketDraft.submit_key: slot("key"),
            TicketDraft.saved_at: slot("now"),
        },
    )
)
_DROP = Prepared(lambda: TicketDraft.delete().where(TicketDraft.person == slot("person")))
