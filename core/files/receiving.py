"""Files that arrive: each is looked into, then kept in what is being written, or refused with a sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from os import SEEK_END
from typing import NamedTuple

from peewee import fn

from core import clock
from core.database.binding import unlocked, writes
from core.database.prepared import Prepared, insert, slot
from core.files import attachments, clamd, inspection, store, words
from core.files.inspection import Seen
from core.files.models import Attachment as Row
from core.files.views import LARGEST_FILE, MOST_FILES, Arrived, Attachment, Refused
from core.people import standing, throttles
from core.people.account_views import Account
from core.text import clean_block

_ATTEMPTS = 2


class Place(NamedTuple):
    """Where a file is to wait: with whose data, in which ticket (none for a draft), for whose answer (none for a citizen's)."""

    person_id: int
    ticket_id: int | None = None
    staff_id: int | None = None


@unlocked
def receive(account: Account, person_id: int, ticket_id: int | None, arrived: Iterable[Arrived]) -> list[str]:
    """Keep what has arrived for a draft, or for what is being added to a ticket; a sentence for each that is not kept.

    The same content sent again is kept once. Raises `NotAllowed`, `TooOften`.
    """
    return _receive(Place(person_id, ticket_id), arrived, lambda: throttles.spend("file_account", str(account.id)))


@unlocked
def receive_at_desk(place: Place, arrived: Iterable[Arrived]) -> list[str]:
    """Keep what one of the staff has chosen for an answer; a sentence for each that is not kept. Raises `NotAllowed`."""
    return _receive(place, arrived, lambda: None)


def _receive(place: Place, arrived: Iterable[Arrived], pay: Callable[[], object]) -> list[str]:
    refusals = []
    for each in arrived:
        try:
            _receive_one(place, each, pay)
        except Refused as reason:
            refusals.append(words.refusal(each.name, reason.why))
    return refusals


def _receive_one(place: Place, file: Arrived, pay: Callable[[], object]) -> None:
    if file.size == 0:
        raise Refused("empty")
    if file.size > LARGEST_FILE:
        raise Refused("large")
    _require_place(place, pay)
    if file.content is None:
        raise Refused("room")
    clamd.require_clean(file.content)
    with inspection.looked_into(file.content) as seen:
        _keep(place, file.name, seen)


class _ClearedAway(Exception):
    """The content was removed between its writing and its row: it was somebody else's once, and forgotten."""


def _keep(place: Place, name: str, seen: Seen) -> None:
    """Content first, row second; once more if the content was cleared away in between."""
    for _attempt in range(_ATTEMPTS):
        digest = store.keep(seen.content)
        with suppress(_ClearedAway):
            _add(place, words.kept_name(name, seen.kind), seen, digest)
            return
    raise Refused("room")


@writes
def _require_place(place: Place, pay: Callable[[], object]) -> None:
    standing.require_free_person(place.person_id)
    _require_room(place)
    pay()


def _require_room(place: Place) -> None:
    if len(_waiting(place)) >= MOST_FILES:
        raise Refused("many")


def _waiting(place: Place) -> tuple[Attachment, ...]:
    if place.staff_id is None or place.ticket_id is None:
        return attachments.waiting(place.person_id, place.ticket_id)
    return attachments.answering(place.ticket_id, place.staff_id)


@writes
def _add(place: Place, name: str, seen: Seen, digest: str) -> None:
    """Add the row; its content must be on the disk before anybody can rely on it."""
    standing.require_free_person(place.person_id)
    if _KNOWN.first(person=place.person_id, ticket=place.ticket_id or 0, staff=place.staff_id or 0, digest=digest) is not None:
        return
    _require_room(place)
    columns = {**place._asdict(), "name": name, "kind": seen.kind, "digest": digest}
    insert(Row, **columns, size=seen.content.seek(0, SEEK_END), words=clean_block(seen.words), added_at=clock.now())
    if not store.has(digest):
        raise _ClearedAway


_KNOWN = Prepared(
    lambda: Row.select(Row.id).where(
        Row.person == slot("person"),
        fn.COALESCE(Row.ticket_id, 0) == slot("ticket"),
        fn.COALESCE(Row.staff_id, 0) == slot("staff"),
        Row.digest == slot("digest"),
    )
)
