"""Giving somebody their account back who cannot read its letters any more; they proved first who they are."""

from __future__ import annotations

from dataclasses import dataclass

from core import language
from core.appointments import booking
from core.appointments import models as hours
from core.database.binding import reads, unlocked, writes
from core.errors import Conflict, NotAllowed
from core.files.models import Attachment
from core.mail import outbox
from core.operations.rights import erasing, whose
from core.people import accounts, email_changes, joining
from core.people import models as people
from core.people.account_views import Account, Person
from core.people.views import Staff
from core.text import words
from core.tickets import finding, identity, opening
from core.tickets import models as tickets
from core.tickets.citizens import drafts
from core.tickets.models import Ticket
from core.tramites import history
from core.tramites.models import TramiteStart


@dataclass(frozen=True, slots=True)
class Reclaim:
    """How far it has come: the proof on record, what else may be recorded, the address and the one that waits."""

    proof: str
    ways: dict[str, str]
    """A proof → empty when it can be recorded, otherwise why not."""
    email: str
    pending: str


@reads
def of_ticket(actor: Staff, ticket_id: int) -> Reclaim:
    """What a ticket of this route has come to; raises `NotFound`, `Conflict` for any other."""
    found = identity.standing(actor, ticket_id)
    own = accounts.of_person(found.person_id)
    return Reclaim(found.proof, found.ways, own.email, email_changes.pending(own.id))


@writes
def change_address(actor: Staff, ticket_id: int, new_email: str) -> None:
    """Ask for another address for the ticket's account: it holds once the new one has confirmed it; the old one is told.

    Raises `Conflict` before the proof, `Invalid` for an address that cannot be, `NotFound`, `NotAllowed`.
    """
    me, person_id = identity.require(actor, ticket_id)
    email_changes.ask_proven(accounts.of_person(person_id), new_email)
    identity.note_address(ticket_id, me.id)


@unlocked
def bring_back(actor: Staff, ticket_id: int, old_email: str) -> None:
    """Let everything of a former account of the same person be in the account that the ticket was written from.

    The former account is gone then; a letter to both addresses tells it. Raises as `change_address` does, and `Conflict`
    when the two are not the same person's or both have a ticket open.
    """
    erasing.erase(_bring(actor, ticket_id, old_email))


@writes
def _bring(actor: Staff, ticket_id: int, old_email: str) -> Account:
    me, person_id = identity.require(actor, ticket_id, by_document=True)
    own, former = accounts.of_person(person_id), accounts.named(old_email)
    whose.hold(former.id)
    _require_same_person(own, former)
    joining.bring_run(former.id, own.id)
    if former.holder and own.holder:
        _unite(former.holder.id, own.holder.id)
    for table in (people.Person, people.DataRequest):
        theirs = table.account == former.id
        if table is people.Person:
            theirs &= people.Person.is_holder == 0
        table.update(account=own.id).where(theirs).execute()
    history.move(former.email, own.email)
    outbox.hand_on_all(former.id, own.id)
    finding.index_again(own.id)
    identity.note_brought(ticket_id, me.id, former.id)
    _tell(own, former.email)
    return former


def _require_same_person(own: Account, former: Account) -> None:
    if former.id == own.id:
        raise Conflict("Ese es el correo de la cuenta que escribió este ticket: no hay nada que traer.")
    if former.blocked_at is not None:
        raise NotAllowed("Los datos de esa cuenta están bloqueados (Ley 21.719): primero hay que levantar el bloqueo.")
    if not former.verified or own.holder is None or former.holder is None:
        raise Conflict("Solo se trae una cuenta validada de quien ingresa por sí mismo, a otra de la misma persona.")
    if not _is_same(own.holder, former.holder):
        raise Conflict("No es la misma persona: no coinciden su fecha de nacimiento y su nombre en las dos cuentas.")
    folios = [opening.open_folio(holder.id) for holder in (former.holder, own.holder)]
    if all(folios):
        raise Conflict(f"La cuenta anterior tiene un ticket abierto: responde primero {folios[0]}.", folios[0])


def _is_same(one: Person, other: Person) -> bool:
    """The same birth date, and a name in common: people spell their names in many ways, never their birthday."""
    shared = set(words(one.shown_name)) & set(words(other.shown_name))
    return one.birth_date is not None and one.birth_date == other.birth_date and bool(shared)


def _unite(former_id: int, person_id: int) -> None:
    """Let everything that hangs on one person hang on another; looks stay as they were."""
    if hours.Appointment.get_or_none(hours.Appointment.person == person_id, hours.Appointment.ended_at.is_null()):
        booking.give_up([former_id])
    if drafts.read(person_id) is not None:
        drafts.drop(former_id)
    for table in (Ticket, tickets.TicketDraft, tickets.Referral, Attachment, hours.Appointment, TramiteStart):
        table.update(person=person_id).where(table.person == former_id).execute()


def _tell(own: Account, former_email: str) -> None:
    for address in (own.email, former_email):
        with language.using(own.language):
            outbox.write(
                "account-reclaimed",
                address=address,
                language=own.language,
                account_id=own.id,
                email=own.email,
                former=former_email,
                link=outbox.link("/ingreso"),
            )
