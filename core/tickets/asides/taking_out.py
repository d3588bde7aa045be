"""Taking a file or a paper out of a ticket: into a folder of this machine, or by a signed link that works once."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from core import clock, tokens
from core.database.binding import reads, unlocked, writes
from core.database.prepared import Prepared, insert, slot
from core.errors import NotFound, TryLater
from core.files import attachments, saving, store
from core.mail import outbox
from core.people import models as people
from core.people import policy, standing
from core.people.staff import current, staff_view
from core.people.views import Staff
from core.tickets import looks
from core.tickets.access import require_free, visible_ticket
from core.tickets.asides import papers
from core.tickets.asides.papers import Paper
from core.tickets.models import Download, Ticket
from core.tickets.records import record

LIFETIME = 600
"""Seconds for which a link works."""
_PURPOSE = "take_out"
_KEPT = 24 * 3600


@dataclass(frozen=True, slots=True)
class DownloadLink:
    """A link by which one thing is taken out of a ticket, once, until an instant."""

    address: str
    until: int


@dataclass(frozen=True, slots=True)
class Offered:
    """What a download link is worth: `valid`, `used`, `expired` or `invalid`, and of which ticket it is while it is valid."""

    standing: str
    folio: str = ""
    what: str = ""


@dataclass(frozen=True, slots=True)
class Taken:
    """What a download link led to; whoever asked for it closes it."""

    name: str
    media_type: str
    content: BinaryIO


@writes
def link(actor: Staff, ticket_id: int, what: str) -> DownloadLink:
    """A link by which whoever holds it gets one thing of a ticket, once: a file by its number, or one of `papers.KINDS`.

    That it was made, and by whom, is left in the ticket's history; raises `NotFound`, and `NotAllowed` for blocked data.
    """
    me = current(actor)
    ticket = visible_ticket(me, ticket_id, "read")
    policy.require(me, "take_out", ticket.route)
    require_free(ticket)
    _require_there(ticket_id, what)
    looks.note(me, ticket, looks.FILE)
    now = clock.now()
    number = insert(Download, ticket_id=ticket_id, staff_id=me.id, what=what, created_at=now)
    record(ticket_id, "enlace", me.id, what)
    return DownloadLink(outbox.link(f"/archivo/{tokens.issue_short(_PURPOSE, number)}"), now + LIFETIME)


@unlocked
def save(actor: Staff, ticket_id: int, kind: str, folder: str) -> Path:
    """One of `papers.KINDS` in a folder of this machine; raises `Invalid` for a folder that takes none."""
    chosen, paper = saving.folder_of(folder), _saved(actor, ticket_id, kind)
    return saving.write(BytesIO(paper.text.encode()), chosen, paper.name)


@reads
def look(token: str) -> Offered:
    """What a link is worth now; looking uses nothing up."""
    standing, row = _find(token)
    if row is None:
        return Offered(standing)
    return Offered(standing, str(Ticket.get_by_id(row.ticket_id).folio), row.what)


@writes
def take(token: str) -> Taken | None:
    """What a link leads to, whose holder closes it: once. None when it is not worth anything; raises `NotFound`, `TryLater`."""
    standing, row = _find(token)
    if standing != "valid" or row is None or not _USE.count(id=row.id, now=clock.now()):
        return None
    record(row.ticket_id, "enlace_usado", code=row.what)
    return _opened(row)


@writes
def forget_old() -> int:
    """Remove the links of more than a day ago, of which the tickets' histories tell; how many."""
    return int(Download.delete().where(Download.created_at < clock.now() - _KEPT).execute())


def _find(token: str) -> tuple[str, Download | None]:
    """How a link stands (`valid`, `used`, `expired`, `invalid`), and its row while it is worth something."""
    try:
        number = tokens.read_short(_PURPOSE, tokens.trimmed(token), LIFETIME)
    except tokens.Expired:
        return "expired", None
    row = None if number is None else Download.get_or_none(Download.id == number)
    if row is None or not _may_still(row):
        return "invalid", None
    return ("valid", row) if row.used_at is None else ("used", None)


def _may_still(row: Download) -> bool:
    """Whether whoever made a link may still see its ticket, and its person's data are not blocked."""
    maker, ticket = staff_view(people.Staff.get_by_id(row.staff_id)), Ticket.get_by_id(row.ticket_id)
    return policy.allowed(maker, "take_out", ticket.route) and standing.of_person(ticket.person_id) != "bloqueados"


def _opened(row: Download) -> Taken:
    if row.what.isdigit():
        opened = attachments.open_sent(row.ticket_id, int(row.what))
        folio = Ticket.get_by_id(row.ticket_id).folio
        return Taken(f"{folio}-{row.what}-{opened.about.name}", opened.about.media_type, opened.content)
    maker = staff_view(people.Staff.get_by_id(row.staff_id))
    paper = papers.made(maker, Ticket.get_by_id(row.ticket_id), row.what)
    try:
        content = store.scratch()
    except OSError as reason:
        raise TryLater("En este momento no hay espacio para preparar el archivo. Inténtalo más tarde.", _KEPT) from reason
    content.write(paper.text.encode())
    content.seek(0)
    return Taken(paper.name, paper.media_type, content)


@writes
def _saved(actor: Staff, ticket_id: int, kind: str) -> Paper:
    """The paper; that it was taken out is left in the ticket's history."""
    ticket = visible_ticket(current(actor), ticket_id, "read")
    require_free(ticket)
    paper = papers.make(actor, ticket_id, kind)
    looks.note(actor, ticket, looks.FILE)
    record(ticket_id, "archivo", actor.id, kind)
    return paper


def _require_there(ticket_id: int, what: str) -> None:
    numbers = {str(file.number) for file in attachments.of_ticket(ticket_id)}
    if what not in papers.KINDS and what not in numbers:
        raise NotFound("Ese archivo no existe.")


_USE = Prepared(lambda: Download.update(used_at=slot("now")).where(Download.id == slot("id"), Download.used_at.is_null()))
