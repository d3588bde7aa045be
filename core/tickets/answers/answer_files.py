"""Files that go with an answer: chosen while it is written, looked into like everybody's, sent and read with it."""

from __future__ import annotations

from collections.abc import Sequence

from core import language
from core.database.binding import reads, unlocked, writes
from core.errors import Conflict, Invalid
from core.files import attachments, choosing, receiving
from core.files.receiving import Place
from core.files.views import Attachment
from core.language import _
from core.mail import outbox
from core.people.staff import current
from core.people.views import Staff
from core.tickets.access import visible_ticket
from core.tickets.answers import held
from core.tickets.models import Ticket


@unlocked
def enclose(actor: Staff, ticket_id: int, typed: str) -> tuple[Attachment, ...]:
    """Keep a file of this machine for one's answer; all that are kept by now. Raises `Invalid`, `Conflict`, `NotAllowed`."""
    place = _place(actor, ticket_id)
    with choosing.opened(typed) as arrived:
        refusals = receiving.receive_at_desk(place, [arrived])
    if refusals:
        raise Invalid({choosing.FIELD: refusals[0]})
    return enclosed(actor, ticket_id)


@reads
def enclosed(actor: Staff, ticket_id: int) -> tuple[Attachment, ...]:
    """The files that one has chosen for the answer to a ticket."""
    me = current(actor)
    visible_ticket(me, ticket_id, "read")
    return attachments.answering(ticket_id, me.id)


@writes
def leave_out(actor: Staff, ticket_id: int, attachment_id: int) -> tuple[Attachment, ...]:
    """Take a file out of one's answer; those that are left."""
    me = current(actor)
    held.refuse(visible_ticket(me, ticket_id, "reply"), me)
    attachments.leave_out(ticket_id, me.id, attachment_id)
    return attachments.answering(ticket_id, me.id)


@writes
def _place(actor: Staff, ticket_id: int) -> Place:
    me = current(actor)
    ticket = visible_ticket(me, ticket_id, "reply")
    held.refuse(ticket, me)
    if ticket.resolved_at is not None:
        raise Conflict("Este ticket ya no está abierto: sin respuesta no se envían archivos.", ticket.folio)
    return Place(ticket.person_id, ticket_id, me.id)


def told(ticket: Ticket, names: Sequence[str]) -> str:
    """What a letter says of the files of its answer: their names, and where they are saved from."""
    if not names:
        return ""
    with language.using(ticket.language):
        files, place = ", ".join(f"«{name}»" for name in names), outbox.link(f"/ticket/{ticket.folio}")
        return "\n\n" + _("Con esta respuesta van archivos: {files}.\nGuárdalos desde tu ticket: {place}").format(
            files=files, place=place
        )
