"""The gate before anything is said to a person: what stands out stops it, until it is mended or overruled with a reason."""

from __future__ import annotations

from core import clock
from core.canned import recognising
from core.database.binding import reads
from core.database.prepared import Prepared, slot
from core.errors import Invalid, Problem
from core.mail import outbox
from core.people import models as people
from core.people.staff import current
from core.people.views import Staff
from core.text import clean_line, is_blank, words
from core.tickets import twins
from core.tickets.access import visible_ticket
from core.tickets.answers import findings
from core.tickets.answers.findings import LABELS, Facts
from core.tickets.models import Message, Ticket
from core.tickets.records import record
from core.tickets.views import Finding, Overruled
from core.tramites import models as tramites

NOTHING = Overruled()
KINDS = ("respuesta", "pedido", "ampliacion", "derivacion")
"""What goes out to the person."""
LONGEST_REASON = 500
_PLEASED = ("sugerencia", "felicitacion")


class Stopped(Problem):
    """What was about to be sent has something in it that should not leave."""

    def __init__(self, found: tuple[Finding, ...]) -> None:
        more = f" (y {len(found) - 1} más)" if len(found) > 1 else ""
        super().__init__(f"{found[0].sentence}{more}")
        self.findings = found


def require_passed(me: Staff, ticket: Ticket, kind: str, text: str, key: str, overruled: Overruled = NOTHING) -> None:
    """Raise `Stopped` for what was found and not overruled; what was overruled is kept, its reason as an internal note.

    Raises `Invalid` when no reason is given. Runs within the transaction of the verb that sends.
    """
    keep(me, ticket, overruling(me, ticket, kind, text, overruled), key)


@reads
def overruling(me: Staff, ticket: Ticket, kind: str, text: str, overruled: Overruled = NOTHING) -> Overruled:
    """What of it really had to be overruled, with the reason; raises like `require_passed` and keeps nothing."""
    found = findings.look(text, facts_of(me, ticket, kind, text))
    if any(each.hard or each.code not in overruled.codes for each in found):
        raise Stopped(found)
    return Overruled(frozenset(each.code for each in found), _checked(overruled.reason)) if found else NOTHING


@reads
def look(actor: Staff, ticket_id: int, kind: str, text: str) -> tuple[Finding, ...]:
    """What the gate would find in a text now; raises `NotFound`."""
    me = current(actor)
    ticket = visible_ticket(me, ticket_id, "read")
    return findings.look(text, facts_of(me, ticket, kind, text))


def facts_of(me: Staff, ticket: Ticket, kind: str, text: str) -> Facts:
    """What the gate has to know of a ticket."""
    account_id, email, run = _OWNER.first(person=ticket.person_id) or (0, "", None)
    known = _OTHERS(account=account_id)
    names = _NAMES(account=account_id)
    expired = tuple(each.title for each in recognising.said_in(text) if each.expired_on)
    return Facts(
        folios=frozenset(folio for folio, _tramite in known),
        tramites=frozenset(number for _folio, number in known if number) | {number for (number,) in _TRAMITES(email=email)},
        runs=frozenset({run} if run else ()),
        emails=frozenset({email.casefold(), outbox.sender().casefold()}),
        names=frozenset(word for row in names for part in row for word in words(part)),
        told="\n".join(body for (body,) in _TOLD(ticket=ticket.id)),
        expired=expired,
        others=twins.otherwise(me, ticket, text) if kind == "respuesta" else "",
        must_lead_on=kind == "respuesta" and ticket.tipo not in _PLEASED,
    )


def _checked(reason: str) -> str:
    why = clean_line(reason)
    if is_blank(why) or len(why) > LONGEST_REASON:
        raise Invalid({"motivo": f"Escribe por qué se envía así, en {LONGEST_REASON} letras a lo más."})
    return why


def keep(me: Staff, ticket: Ticket, overruled: Overruled, key: str) -> None:
    """Keep, with what is sent under this key, what was overruled: the reason as an internal note."""
    codes = sorted(overruled.codes)
    if not codes:
        return
    body = f"Se envió con {', '.join(LABELS[code] for code in codes)}. Motivo: {overruled.reason}"
    note = {"kind": "nota", "staff": me.id, "body": body, "submit_key": f"{key} motivo"}
    Message.insert(ticket=ticket.id, at=clock.now(), **note).execute()
    record(ticket.id, "advertido", me.id, ",".join(codes))


_OWNER = Prepared(
    lambda: (
        people.Account.select(people.Account.id, people.Account.email, people.Account.run)
        .join(people.Person, on=(people.Person.account == people.Account.id))
        .where(people.Person.id == slot("person"))
    )
)
_NAMES = Prepared(
    lambda: people.Person.select(
        people.Person.given_names, people.Person.first_surname, people.Person.second_surname, people.Person.guardian
    ).where(people.Person.account == slot("account"))
)
_OTHERS = Prepared(
    lambda: (
        Ticket.select(Ticket.folio, Ticket.tramite_id)
        .join(people.Person, on=(Ticket.person == people.Person.id))
        .where(people.Person.account == slot("account"))
    )
)
_TRAMITES = Prepared(lambda: tramites.Tramite.select(tramites.Tramite.id).where(tramites.Tramite.email == slot("email")))
_TOLD = Prepared(lambda: Message.select(Message.body).where(Message.ticket == slot("ticket"), Message.kind == "persona"))
