"""Files that are kept: in what is being written, then part of a ticket for good."""

from __future__ import annotations

from collections.abc import Sequence
from typing import BinaryIO

from peewee import fn

from core import clock
from core.database.binding import reads, writes
from core.database.prepared import Prepared, slot
from core.errors import NotFound
from core.files import store
from core.files.models import Attachment as Row
from core.files.views import Attachment, Opened
from core.language import _
from core.people import standing

_ABANDONED = 30 * 86_400
"""Seconds for which a file waits for the answer that it was chosen for."""
_COLUMNS = (Row.id, Row.number, Row.message_id, Row.name, Row.kind, Row.size, Row.added_at)


@reads
def waiting(person_id: int, ticket_id: int | None = None) -> tuple[Attachment, ...]:
    """The files in a person's draft, or in what is being added to a ticket."""
    return tuple(_view(row) for row in _WAITING(person=person_id, ticket=ticket_id or 0))


@writes
def take_out(person_id: int, attachment_id: int) -> None:
    """Forget a file that has not been sent; doing it twice is harmless."""
    standing.require_free_person(person_id)
    mine = (Row.id == attachment_id) & (Row.person == person_id) & Row.message_id.is_null() & Row.staff_id.is_null()
    Row.delete().where(mine).execute()


@writes
def send(person_id: int, ticket_id: int, message_id: int, draft: bool) -> int:
    """Make what waits part of a ticket: it came with this message. How many files."""
    return _number(_WAITING(person=person_id, ticket=0 if draft else ticket_id), ticket_id, message_id)


@reads
def answering(ticket_id: int, staff_id: int) -> tuple[Attachment, ...]:
    """The files that one of the staff has chosen for the answer to a ticket."""
    return tuple(_view(row) for row in _ANSWERING(ticket=ticket_id, staff=staff_id))


@writes
def leave_out(ticket_id: int, staff_id: int, attachment_id: int) -> None:
    """Forget a file of an answer that has not been sent; doing it twice is harmless."""
    mine = (Row.ticket_id == ticket_id) & (Row.staff_id == staff_id) & (Row.id == attachment_id)
    Row.delete().where(mine & Row.message_id.is_null()).execute()


@writes
def send_answer(ticket_id: int, staff_id: int, message_id: int) -> tuple[str, ...]:
    """Make the files of an answer part of the ticket: they came with this message. Their names."""
    found = _ANSWERING(ticket=ticket_id, staff=staff_id)
    _number(found, ticket_id, message_id)
    return tuple(_view(row).name for row in found)


@writes
def forget_abandoned() -> int:
    """Remove the files that staff chose for answers and never sent; how many."""
    waits = Row.staff_id.is_null(False) & Row.message_id.is_null()
    return int(Row.delete().where(waits & (Row.added_at < clock.now() - _ABANDONED)).execute())


def _number(found: Sequence[Sequence[object]], ticket_id: int, message_id: int) -> int:
    """Give what waited its place in the ticket; how many files."""
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
def digests_of(ticket_id: int) -> tuple[tuple[Attachment, str], ...]:
    """The same, each with the SHA-256 of its content."""
    known = dict(Row.select(Row.id, Row.digest).where(Row.ticket_id == ticket_id).tuples())
    return tuple((file, known[file.id]) for file in of_ticket(ticket_id))


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
    lambda: (
        Row.select(*_COLUMNS)
        .where(Row.person == slot("person"), Row.message_id.is_null(), Row.staff_id.is_null(), _HERE)
        .order_by(Row.id)
    )
)
_ANSWERING = Prepared(
    lambda: (
        Row.select(*_COLUMNS)
        .where(Row.ticket_id == slot("ticket"), Row.staff_id == slot("staff"), Row.message_id.is_null())
        .order_by(Row.id)
    )
)
_SENT = Prepared(
    lambda: Row.select(*_COLUMNS).where(Row.ticket_id == slot("ticket"), Row.number.is_null(False)).order_by(Row.number)
)
