"""Tickets that are still being written: kept on the server until they are sent or dropped."""

from __future__ import annotations

import json
from collections.abc import Mapping

from core import clock
from core.database.binding import reads, writes
from core.database.prepared import Prepared, slot
from core.files import attachments
from core.people import standing
from core.text import clean_block
from core.tickets.models import TicketDraft
from core.tickets.views import Draft
from core.tokens import random_token

FIELDS = ("tipo", "materia", "categoria", "tramite_id", "sin_tramite", "fecha_notificacion", "region", "texto")
OTHER_TEXT = "otro_texto"
"""Where the text of another window waits until the person has seen both."""
_LONGEST_OTHER = 60_000


@reads
def read(person_id: int) -> Draft | None:
    """What a person has written so far."""
    row = _READ.first(person=person_id)
    return None if row is None else Draft(person_id, json.loads(row[0]), row[1], row[2], row[3])


def new_sheet(draft: Draft) -> str:
    """The mark of a page on which a draft is shown, sent back with it: it tells one window from another."""
    return f"{draft.key}.{random_token()}"


@writes
def save(person_id: int, fields: Mapping[str, str], sheet: str = "") -> Draft:
    """Keep these fields beside those already written; a change of any gives the draft a new key.

    A form that was checked in another tab before the change can therefore not send words it never showed.
    When another window has kept a different text since the page of this `sheet` was shown, both texts are kept.
    """
    standing.require_free_person(person_id)
    before = read(person_id)
    kept = dict(before.fields) if before else {}
    kept.update({name: value for name, value in fields.items() if name in FIELDS})
    if before is not None:
        kept[OTHER_TEXT] = _other_text(before, kept["texto"], sheet) if "texto" in fields else before.other_text
        if kept == {OTHER_TEXT: "", **before.fields}:
            return before
    draft = Draft(person_id, kept, random_token(), clock.now(), sheet or (before.sheet if before else ""))
    words = json.dumps({name: value for name, value in kept.items() if value or name in FIELDS}, ensure_ascii=False)
    _SAVE.count(person=person_id, fields=words, key=draft.key, now=draft.saved_at, sheet=draft.sheet)
    return draft


@writes
def exchange(person_id: int, text: str) -> None:
    """Let the text of the other window be the ticket's; this one waits in its place."""
    standing.require_free_person(person_id)
    before = read(person_id)
    if before is not None and before.other_text:
        words = json.dumps({**before.fields, "texto": before.other_text, OTHER_TEXT: text}, ensure_ascii=False)
        _SAVE.count(person=person_id, fields=words, key=random_token(), now=clock.now(), sheet="")


@writes
def drop(person_id: int) -> None:
    """Forget what a person has written, and the files that were to go with it."""
    _DROP.count(person=person_id)
    attachments.drop_draft(person_id)


@writes
def clear(person_id: int) -> None:
    """Forget what is a ticket now."""
    _DROP.count(person=person_id)


def _other_text(before: Draft, text: str, sheet: str) -> str:
    """The text that is not this window's; none once a page that showed both has been sent."""
    kept, shown = before.fields.get("texto", ""), sheet.partition(".")[0]
    if sheet and sheet != before.sheet and shown != before.key and kept and clean_block(text) != clean_block(kept):
        return "\n\n".join(part for part in (before.other_text, kept) if part)[-_LONGEST_OTHER:]
    return "" if shown == before.key else before.other_text


_READ = Prepared(
    lambda: TicketDraft.select(TicketDraft.fields, TicketDraft.submit_key, TicketDraft.saved_at, TicketDraft.sheet).where(
        TicketDraft.person == slot("person")
    )
)
_SAVE = Prepared(
    lambda: TicketDraft.insert(
        person=slot("person"), fields=slot("fields"), submit_key=slot("key"), saved_at=slot("now"), sheet=slot("sheet")
    ).on_conflict(
        conflict_target=[TicketDraft.person],
        update={
            TicketDraft.fields: slot("fields"),
            TicketDraft.submit_key: slot("key"),
            TicketDraft.saved_at: slot("now"),
            TicketDraft.sheet: slot("sheet"),
        },
    )
)
_DROP = Prepared(lambda: TicketDraft.delete().where(TicketDraft.person == slot("person")))
