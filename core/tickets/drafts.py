"""Tickets that are still being written: kept on the server until they are sent or dropped."""

from __future__ import annotations

import json

from core import clock
from core.database.binding import reads, writes
from core.people import standing
from core.tickets.models import TicketDraft
from core.tickets.views import Draft
from core.tokens import random_token

FIELDS = ("tipo", "materia", "categoria", "tramite_id", "sin_tramite", "fecha_notificacion", "region", "texto")


@reads
def read(person_id: int) -> Draft | None:
    """What a person has written so far."""
    row = TicketDraft.get_or_none(TicketDraft.person == person_id)
    return None if row is None else Draft(row.person_id, json.loads(row.fields), row.submit_key, row.saved_at)


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
    TicketDraft.insert(person=person_id, fields=words, submit_key=draft.key, saved_at=draft.saved_at).on_conflict(
        conflict_target=[TicketDraft.person],
        update={
            TicketDraft.fields: words,
            TicketDraft.submit_key: draft.key,
            TicketDraft.saved_at: draft.saved_at,
        },
    ).execute()
    return draft


@writes
def drop(person_id: int) -> None:
    """Forget what a person has written."""
    TicketDraft.delete().where(TicketDraft.person == person_id).execute()
