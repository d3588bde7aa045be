"""Who somebody is, recorded before the desk changes any data of their account (route `identidad` of the catalogue)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.database.binding import reads, writes
from core.database.prepared import Prepared, slot
from core.errors import Conflict, Invalid
from core.people.account_views import Account as CitizenAccount
from core.people.models import Account, Person
from core.people.staff import current
from core.people.views import Staff
from core.tickets import visits
from core.tickets.access import visible_ticket
from core.tickets.models import Ticket
from core.tickets.records import record
from core.tickets.sheets import events_of
from core.tickets.views import Event

ROUTE = KIND = "identidad"
"""The route of the tickets that want it, and the kind of the event that records it; its code is one of `PROOFS`."""
PROOFS = {
    "hora": "vino a su hora en una oficina",
    "claveunica": "su cuenta está unida a ClaveÚnica",
    "pasaporte": "mostró su pasaporte en una oficina",
    "cedula": "mostró su cédula chilena en una oficina",
    "dni": "mostró el documento de su país en una oficina",
}
"""How somebody can prove who they are: codes and words."""
NOT_THIS_ROUTE = "este ticket no es de «Recuperar mi cuenta o correo»"
BY_DOCUMENT = "Para traer otra cuenta hace falta un documento visto en una oficina"
_UNPROVEN = "Primero registra cómo demostró quién es: en una oficina o con ClaveÚnica."


@dataclass(frozen=True, slots=True)
class Standing:
    """Of a ticket about an account: its person, the proof on record, and what may be recorded → empty, or why not."""

    person_id: int
    proof: str
    ways: dict[str, str]


@writes
def prove(actor: Staff, ticket_id: int, how: str) -> None:
    """Record how the ticket's person proved who they are (one of `PROOFS`), once.

    Raises `Conflict` when that has not happened or the ticket is not about an account, `Invalid`, `NotFound`, `NotAllowed`.
    """
    me = current(actor)
    ticket = visible_ticket(me, ticket_id, "identify")
    if how not in PROOFS:
        raise Invalid({"how": f"La prueba debe ser una de estas: {', '.join(PROOFS)}."})
    _require_route(ticket)
    if reason := ways(ticket)[how]:
        raise Conflict(f"No se puede registrar: {reason}.")
    if proof_of(ticket) != how:
        record(ticket_id, "identidad", me.id, how)


@reads
def ways(ticket: Ticket) -> dict[str, str]:
    """How the ticket's person may have proven who they are → empty, or why that is not so."""
    came = "" if visits.came(ticket.id) else "la persona no ha venido a una hora pedida desde este ticket"
    joined = "" if _RUN.first(person=ticket.person_id) else "su cuenta no está unida a ClaveÚnica"
    return {**dict.fromkeys(PROOFS, ""), "hora": came, "claveunica": joined}


@reads
def proof_of(ticket: Ticket) -> str:
    """The last proof on record that still holds (one of `PROOFS`); empty when there is none."""
    return on_record(events_of(ticket.id))


def on_record(events: Sequence[Event]) -> str:
    """The same from a ticket's history: an hour counts no longer once it was corrected that nobody came."""
    visit = next((event.kind for event in reversed(events) if event.kind in visits.KINDS), "")
    holds = (event.code for event in reversed(events) if event.kind == KIND and (event.code != "hora" or visit == "hora_vino"))
    return next(holds, "")


@reads
def of_own_ticket(account: CitizenAccount, folio: str) -> str:
    """How the person of one's own ticket has proved who they are; empty while that is still wanted. Raises `NotFound`."""
    ticket_id, person_id = visits.ticket_for(account, folio)
    return on_record(events_of(ticket_id)) or ("claveunica" if _RUN.first(person=person_id) else "")


@reads
def standing(actor: Staff, ticket_id: int) -> Standing:
    """How far a ticket about an account has come; raises `NotFound`, `Conflict` for any other ticket."""
    ticket = visible_ticket(current(actor), ticket_id, "read")
    _require_route(ticket)
    return Standing(ticket.person_id, proof_of(ticket), ways(ticket))


@writes
def require(actor: Staff, ticket_id: int, by_document: bool = False) -> tuple[Staff, int]:
    """Who acts and for which person, once that one proved who they are: the ticket is locked. Raises `Conflict` before.

    `by_document` wants somebody to have seen a document: ClaveÚnica proves a RUN, not the name that was typed.
    """
    me = current(actor)
    ticket = visible_ticket(me, ticket_id, "identify")
    _require_route(ticket)
    proof = proof_of(ticket)
    if not proof:
        raise Conflict(_UNPROVEN)
    if by_document and proof == "claveunica":
        raise Conflict(f"{BY_DOCUMENT}: ClaveÚnica no dice de quién es la otra.")
    return me, ticket.person_id


def _require_route(ticket: Ticket) -> None:
    if ticket.route != ROUTE:
        raise Conflict(f"No se puede: {NOT_THIS_ROUTE}.")


@writes
def note_address(ticket_id: int, staff_id: int) -> None:
    """Leave in the history that another address was asked for."""
    record(ticket_id, "correo_pedido", staff_id)


@writes
def note_brought(ticket_id: int, staff_id: int, former_id: int) -> None:
    """Leave in the history which account was brought into the person's own."""
    record(ticket_id, "cuenta_traida", staff_id, str(former_id))


_RUN = Prepared(
    lambda: (
        Account.select(Account.run)
        .join(Person, on=(Person.account == Account.id))
        .where(Person.id == slot("person"), Account.run.is_null(False))
    )
)
