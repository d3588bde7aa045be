"""Files that people send along: received one by one, kept in what is being written, then part of a ticket for good."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from os import SEEK_END
from typing import BinaryIO

from peewee import fn

from core import clock
from core.database.binding import reads, unlocked, writes
from core.database.prepared import Prepared, insert, slot
from core.errors import NotFound
from core.files import clamd, inspection, store, words
from core.files.inspection import Seen
from core.files.models import Attachment as Row
from core.files.views import LARGEST_FILE, MOST_FILES, Arrived, Attachment, Opened, Refused
from core.language import _
from core.people import standing, throttles
from core.people.views import Account
from core.text import clean_block

_ATTEMPTS = 2
_COLUMNS = (Row.id, Row.number, Row.message_id, Row.name, Row.kind, Row.size, Row.added_at)


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
    if len(_WAITING(person=person_id, ticket=ticket_id or 0)) >= MOST_FILES:
        raise Refused("many")
    throttles.spend("file_account", str(account.id))


@writes
def _add(person_id: int, ticket_id: int | None, name: str, seen: Seen, digest: str) -> None:
    """Add the row; its content must be on the disk before anybody can rely on it."""
    standing.require_free_person(person_id)
    if _KNOWN.first(person=person_id, ticket=ticket_id or 0, digest=digest) is not None:
        return
    if len(_WAITING(person=person_id, ticket=ticket_id or 0)) >= MOST_FILES:
        raise Refused("many")
    columns = {"person_id": person_id, "ticket_id": ticket_id, "name": name, "kind": seen.kind, "digest": digest}
    insert(Row, **columns, size=seen.content.seek(0, SEEK_END), words=clean_block(seen.words), added_at=clock.now())
    if not store.has(digest):
        raise _ClearedAway


@reads
def waiting(person_id: int, ticket_id: int | None = None) -> tuple[Attachment, ...]:
    """The files in a person's draft, or in what is being added to a ticket."""
    return tuple(_view(row) for row in _WAITING(person=person_id, ticket=ticket_id or 0))


@writes
def take_out(person_id: int, attachment_id: int) -> None:
    """Forget a file that has not been sent; doing it twice is harmless."""
    standing.require_free_person(person_id)
    mine = (Row.id == attachment_id) & (Row.person == person_id) & Row.message_id.is_null()
    Row.delete().where(mine).execute()


@writes
def send(person_id: int, ticket_id: int, message_id: int, draft: bool) -> int:
    """Make what waits part of a ticket: it came with this message. How many files."""
    found = _WAITING(person=person_id, ticket=0 if draft else ticket_id)
    if not found:
        return 0
    last = Row.select(fn.COALESCE(fn.MAX(Row.number), 0)).where(Row.ticket_id == ticket_id).scalar()
    for number, row in enumerate(found, start=last + 1):
        Row.update(ticket_id=ticket_id, message_id=message_id, number=number).where(Row.id == row[0]).execute()
    return len(found)


@writes
def drop_draft(person_id: int) -> None:
    """Forget the files of a draft that is thrown away."""
    Row.delete().where(Row.person == person_id, Row.ticket_id.is_null()).execute()


@reads
def of_ticket(ticket_id: int) -> tuple[Attachment, ...]:
    """The files that were sent with a ticket, in their order."""
    return tuple(_view(row) for row in _SENT(ticket=ticket_id))


@reads
def open_sent(ticket_id: int, number: int) -> Opened:
    """A file of a ticket with its bytes; raises `NotFound`."""
    row = Row.get_or_none(Row.ticket_id == ticket_id, Row.number == number)
    if row is None:
        raise NotFound(_("Ese archivo no existe."))
    return Opened(_view((row.id, row.number, row.message_id, row.name, row.kind, row.size, row.added_at)), content_of(row.digest))


@reads
def words_of(ticket_id: int, number: int) -> str:
    """The words that stand in a PDF; empty for pictures, of paper too."""
    row = Row.get_or_none(Row.ticket_id == ticket_id, Row.number == number)
    if row is None:
        raise NotFound(_("Ese archivo no existe."))
    return str(row.words)


def content_of(digest: str) -> BinaryIO:
    """The bytes under a digest; raises `NotFound` when they are lost, which `ayuda verify` tells."""
    try:
        return store.path_of(digest).open("rb")
    except OSError as reason:
        raise NotFound(_("Ese archivo no existe.")) from reason


def _view(row: Sequence[object]) -> Attachment:
    attachment_id, number, message_id, name, kind, size, added_at = row
    return Attachment(attachment_id, number or 0, message_id, name, kind, size, added_at)  # type: ignore[arg-type]


_HERE = fn.COALESCE(Row.ticket_id, 0) == slot("ticket")
_WAITING = Prepared(
    lambda: Row.select(*_COLUMNS).where(Row.person == slot("person"), Row.message_id.is_null(), _HERE).order_by(Row.id)
)
_KNOWN = Prepared(lambda: Row.select(Row.id).where(Row.person == slot("person"), _HERE, Row.digest == slot("digest")))
_SENT = Prepared(
    lambda: Row.select(*_COLUMNS).where(Row.ticket_id == slot("ticket"), Row.number.is_null(False)).order_by(Row.number)
)
