"""Files that arrive: each is looked into, then kept in what is being written, or refused with a sentence."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from os import SEEK_END

from peewee import fn

from core import clock
from core.database.binding import unlocked, writes
from core.database.prepared import Prepared, insert, slot
from core.files import attachments, clamd, inspection, store, words
from core.files.inspection import Seen
from core.files.models import Attachment as Row
from core.files.views import LARGEST_FILE, MOST_FILES, Arrived, Refused
from core.people import standing, throttles
from core.people.views import Account
from core.text import clean_block

_ATTEMPTS = 2


@unlocked
def receive(account: Account, person_id: int, ticket_id: int | None, arrived: Iterable[Arrived]) -> list[str]:
    """Keep what has arrived for a draft, or for what is being added to a ticket; a sentence for each that is not kept.

    The same content sent again is kept once. Raises `NotAllowed`, `TooOften`.
    """
    refusals = []
    for each in arrived:
        try:
            _receive_one(account, person_id, ticket_id, each)
        except Refused as reason:
            refusals.append(words.refusal(each.name, reason.why))
    return refusals


def _receive_one(account: Account, person_id: int, ticket_id: int | None, file: Arrived) -> None:
    if file.size == 0:
        raise Refused("empty")
    if file.size > LARGEST_FILE:
        raise Refused("large")
    _require_place(account, person_id, ticket_id)
    if file.content is None:
        raise Refused("room")
    clamd.require_clean(file.content)
    with inspection.looked_into(file.content) as seen:
        _keep(person_id, ticket_id, file.name, seen)


class _ClearedAway(Exception):
    """The content was removed between its writing and its row: it was somebody else's once, and forgotten."""


def _keep(person_id: int, ticket_id: int | None, name: str, seen: Seen) -> None:
    """Content first, row second; once more if the content was cleared away in between."""
    for _attempt in range(_ATTEMPTS):
        digest = store.keep(seen.content)
        with suppress(_ClearedAway):
            _add(person_id, ticket_id, words.kept_name(name, seen.kind), seen, digest)
            return
    raise Refused("room")


@writes
def _require_place(account: Account, person_id: int, ticket_id: int | None) -> None:
    standing.require_free_person(person_id)
    if len(attachments.waiting(person_id, ticket_id)) >= MOST_FILES:
        raise Refused("many")
    throttles.spend("file_account", str(account.id))


@writes
def _add(person_id: int, ticket_id: int | None, name: str, seen: Seen, digest: str) -> None:
    """Add the row; its content must be on the disk before anybody can rely on it."""
    standing.require_free_person(person_id)
    if _KNOWN.first(person=person_id, ticket=ticket_id or 0, digest=digest) is not None:
        return
    if len(attachments.waiting(person_id, ticket_id)) >= MOST_FILES:
        raise Refused("many")
    columns = {"person_id": person_id, "ticket_id": ticket_id, "name": name, "kind": seen.kind, "digest": digest}
    insert(Row, **columns, size=seen.content.seek(0, SEEK_END), words=clean_block(seen.words), added_at=clock.now())
    if not store.has(digest):
        raise _ClearedAway


_KNOWN = Prepared(
    lambda: Row.select(Row.id).where(
        Row.person == slot("person"), fn.COALESCE(Row.ticket_id, 0) == slot("ticket"), Row.digest == slot("digest")
    )
)
