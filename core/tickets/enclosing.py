"""Files that go with a ticket: into the draft at once, into what is being added, and out again to whoever may see them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from core.database.binding import reads, unlocked, writes
from core.database.prepared import Prepared, slot
from core.errors import Conflict, NotFound
from core.files import attachments, receiving, saving
from core.files.views import Arrived, Attachment, Opened
from core.language import _
from core.people.account_views import Account
from core.people.staff import current
from core.people.views import Staff
from core.tickets import looks
from core.tickets.access import require_free, visible_ticket
from core.tickets.citizens import following
from core.tickets.models import Ticket, TicketDraft
from core.tickets.records import record
from core.tokens import random_token


@unlocked
def add_to_draft(account: Account, person_id: int, arrived: Iterable[Arrived]) -> list[str]:
    """Keep what has arrived with the draft of a person; a sentence for each file that is not kept."""
    _require_own(account, person_id)
    refusals = receiving.receive(account, person_id, None, arrived)
    _renew(person_id)
    return refusals


@reads
def of_draft(person_id: int) -> tuple[Attachment, ...]:
    """The files in a person's draft."""
    return attachments.waiting(person_id)


@writes
def take_out_of_draft(account: Account, person_id: int, attachment_id: int) -> None:
    """Remove a file from the draft."""
    _require_own(account, person_id)
    attachments.take_out(person_id, attachment_id)
    _renew(person_id)


@unlocked
def add_to_ticket(account: Account, folio: str, arrived: Iterable[Arrived]) -> list[str]:
    """Keep what has arrived with what is being added to a ticket; a sentence for each file that is not kept."""
    ticket_id, person_id = _still_open(account, folio)
    return receiving.receive(account, person_id, ticket_id, arrived)


@reads
def being_added(account: Account, folio: str) -> tuple[Attachment, ...]:
    """The files that wait for the words that go with them."""
    ticket = following.own(account, folio)
    return attachments.waiting(ticket.person_id, ticket.id)


@writes
def take_out_of_ticket(account: Account, folio: str, attachment_id: int) -> None:
    """Remove a file that has not been sent yet from what is being added."""
    attachments.take_out(following.own(account, folio).person_id, attachment_id)


@reads
def open_own(account: Account, folio: str, number: int) -> Opened:
    """A file of one's own ticket; raises `NotFound`, also for a stranger's."""
    return attachments.open_sent(following.own(account, folio).id, number)


@writes
def open_at_desk(actor: Staff, ticket_id: int, number: int) -> Opened:
    """A file of a ticket that this analyst may see, to take it out, which is left in the ticket's history.

    Raises `NotAllowed` while the person's data are blocked: they may be read where they are, a copy is a treatment.
    """
    me = current(actor)
    ticket = visible_ticket(me, ticket_id, "read")
    require_free(ticket)
    looks.note(me, ticket, looks.FILE)
    opened = attachments.open_sent(ticket_id, number)
    record(ticket_id, "archivo", me.id, str(number))
    return opened


@unlocked
def save_at_desk(actor: Staff, ticket_id: int, number: int, folder: str) -> Path:
    """A copy of a file in a folder of this machine; raises `Invalid` for a folder that takes none."""
    chosen, opened = saving.folder_of(folder), open_at_desk(actor, ticket_id, number)
    with opened.content as content:
        return saving.write(content, chosen, f"{_folio(ticket_id)}-{number}-{opened.about.name}")


@unlocked
def words_at_desk(actor: Staff, ticket_id: int, number: int) -> str:
    """The words in a file of a ticket that this analyst may see; empty when it is a picture."""
    looks.admit(actor, ticket_id, looks.WORDS)
    return attachments.words_of(ticket_id, number)


@reads
def _folio(ticket_id: int) -> str:
    return str(Ticket.get_by_id(ticket_id).folio)


@reads
def _still_open(account: Account, folio: str) -> tuple[int, int]:
    ticket = following.own(account, folio)
    following.refuse_joined(ticket)
    if ticket.resolved_at is not None:
        raise Conflict(_("Este ticket ya fue respondido. Si falta algo, puedes crear un segundo ticket."), ticket.folio)
    return ticket.id, ticket.person_id


def _require_own(account: Account, person_id: int) -> None:
    if account.person(person_id) is None:
        raise NotFound(_("Esa persona no está en tu cuenta."))


@writes
def _renew(person_id: int) -> None:
    """Files belong to what is checked before it is sent: a page that shows others cannot send the draft any more."""
    _RENEW.count(person=person_id, key=random_token())


_RENEW = Prepared(lambda: TicketDraft.update(submit_key=slot("key")).where(TicketDraft.person == slot("person")))
