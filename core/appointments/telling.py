"""Letters about an hour, each with the file that brings it into the reader's calendar, changes it there or takes it out."""

from __future__ import annotations

from core import clock, dates
from core.appointments import invitations
from core.appointments.views import Hour, Office
from core.language import _, using
from core.mail import outbox
from core.people import models as people
from core.tickets import identity
from core.tickets.models import Ticket

_METHODS = {"hour-booked": "REQUEST", "hour-changed": "REQUEST", "hour-cancelled": "CANCEL", "hour-suspended": "CANCEL"}
"""What each letter asks of a calendar (RFC 5546); a reminder asks nothing."""
_OVER = ("hour-cancelled", "hour-suspended")


def when(hour: Hour) -> str:
    """When an hour begins, in words."""
    return moment(hour.office, hour.starts_at)


def moment(office: Office, at: int) -> str:
    """«jueves 26 de noviembre, 10:20», by the office's clocks; where they differ from Santiago's it says so."""
    local = office.local(at)
    return " ".join(part for part in (f"{dates.day(local.date())}, {local:%H:%M}", zone_words(office, at)) if part)


def zone_words(office: Office, at: int) -> str:
    """«(hora de Magallanes)» while an office's clocks differ from Santiago's."""
    if office.local(at).utcoffset() == clock.local(at).utcoffset():
        return ""
    return _("(hora de {region})").format(region=office.region_name)


def where(hour: Hour) -> str:
    """City and street."""
    return f"{hour.office.city}, {hour.office.address}"


def tell(kind: str, hour: Hour, address: str, language: str, account_id: int, whom: str = "") -> None:
    """Put a letter about an hour into the outbox, in the language of the reader."""
    with using(language):
        method, ticket = _METHODS.get(kind, ""), _ticket(hour.folio)
        letter_id = outbox.write(
            kind,
            address=address,
            language=language,
            account_id=account_id,
            ticket_id=None if ticket is None else ticket.id,
            folio=hour.folio,
            when=when(hour),
            where=where(hour),
            aside=_aside(hour, whom, kind not in _OVER, ticket is not None and ticket.route == identity.ROUTE),
            link=outbox.link("/hora"),
        )
        if method:
            outbox.attach(letter_id, invitations.attachment(hour, method, address, outbox.link("/hora")))


def tell_owner(kind: str, hour: Hour) -> None:
    """The same to whoever the hour's person belongs to now."""
    person = people.Person.get_by_id(hour.person_id)
    owner = people.Account.get_by_id(person.account_id)
    several = people.Person.select().where(people.Person.account == owner.id).count() > 1
    name = " ".join(part for part in (person.given_names, person.first_surname, person.second_surname) if part)
    tell(kind, hour, owner.email, owner.language, owner.id, name if several else "")


def _ticket(folio: str) -> Ticket | None:
    row: Ticket | None = Ticket.get_or_none(Ticket.folio == folio) if folio else None
    return row


def _aside(hour: Hour, whom: str, is_to_come: bool, proves: bool) -> str:
    """What else there is to say, each on a line of its own; nothing for most."""
    said = [
        _("Para: {name}").format(name=whom) if whom else "",
        _("Por tu ticket {folio}").format(folio=hour.folio) if hour.folio else "",
    ]
    if is_to_come:
        said += [
            _("Lleva tu pasaporte, tu cédula o el documento de tu país: con él demuestras quién eres.") if proves else "",
            _("Con atención preferente: dilo al llegar.") if hour.preferential else "",
            _("El horario de esta oficina está por verificar.") if hour.office.hours_unverified else "",
            _("La dirección está por verificar.") if hour.office.address_unverified else "",
        ]
    return "".join(f"\n{line}" for line in said if line)
