"""Opening a Ticket de Ayuda."""

from __future__ import annotations

from typing import Any

from peewee import IntegrityError

from core import clock, dates
from core.calendar import business
from core.database import engines
from core.database.binding import db, reads, writes
from core.database.prepared import Prepared, insert, slot
from core.errors import Conflict, Invalid, NotFound
from core.files import attachments
from core.identifiers import format_folio, normalise_tramite
from core.language import _, current, noted
from core.mail import outbox
from core.people import standing, throttles
from core.people.account_views import Account
from core.people.models import Person
from core.text import clean_block
from core.tickets import terms
from core.tickets.citizens import drafts, forms, receipts
from core.tickets.models import FolioCounter, Message, Referral, Ticket
from core.tickets.records import index_words, record
from core.tramites.catalogue import catalogue
from core.tramites.catalogue_views import Categoria

URGENT_ROUTES = ("plazo", "nna")
ONE_AT_A_TIME = noted(
    "Ya se registra una solicitud en proceso, por lo que debes esperar a que sea analizado y respondido "
    "para poder ingresar una nueva solicitud"
)


@reads
def open_folio(person_id: int) -> str:
    """The folio of the ticket that a person has open; empty when there is none."""
    row = _OPEN_FOLIO.first(person=person_id)
    return str(row[0]) if row else ""


@writes
def hold(person_id: int) -> None:
    """Let nobody else open a ticket for a person until the transaction ends."""
    _LOCK.first(person=person_id)


@writes
def open_ticket(account: Account, person_id: int, key: str) -> str:
    """Send the draft of this key as a ticket; its folio, the same one however often the form is sent.

    Raises `Conflict` with the folio of the ticket already open, or without one when the draft was changed
    after it was checked; `Invalid` when a field is wrong; the draft stays in all these cases.
    """
    if account.person(person_id) is None:
        raise NotFound(_("Esa persona no está en tu cuenta."))
    hold(person_id)
    sent, present = _of_person(person_id, key)
    if sent:
        return sent
    standing.require_free(account.id)
    if present:
        raise Conflict(_(ONE_AT_A_TIME), present)
    draft = drafts.read(person_id)
    if draft is None or draft.key != key or draft.other_text:
        raise Conflict(_("Cambiaste el ticket en otra ventana. Revísalo una vez más y envíalo."))
    wrong = forms.complaints(draft.fields) or forms.referred(draft.fields)
    if wrong:
        raise Invalid(wrong)
    throttles.spend("ticket_account", str(account.id))
    try:
        with db.atomic():
            return _insert(account, person_id, key, draft.fields)
    except IntegrityError as reason:
        sent, present = _of_person(person_id, key)
        if sent:
            return sent
        raise Conflict(_(ONE_AT_A_TIME), present) from reason


def _of_person(person_id: int, key: str) -> tuple[str, str]:
    """The folios of what a person has sent with this key and of what is open; empty when there is none."""
    found = _OF_PERSON(person=person_id)
    sent = next((folio for folio, its_key, _end in found if its_key == key), "")
    return sent, next((folio for folio, _key, resolved_at in found if resolved_at is None), "")


@writes
def refer(person_id: int, categoria: str) -> None:
    """Leave a record that a person was told which other organism to turn to; one a day says it."""
    standing.require_free_person(person_id)
    now = clock.now()
    told = _LAST_REFERRAL.first(person=person_id, categoria=categoria)
    if told is None or clock.day_of(told[0]) != clock.day_of(now):
        insert(Referral, person_id=person_id, categoria=categoria, at=now)


@writes
def route_again(person_id: int) -> None:
    """Let the person's open ticket go to whoever may read it now that the birth date is another one."""
    row = Ticket.get_or_none(Ticket.person == person_id, Ticket.resolved_at.is_null())
    categoria = catalogue().categoria(row.categoria) if row else None
    if row is None or categoria is None:
        return
    route = _route(categoria, person_id)
    route = "plazo" if route == "normal" and row.notice_on else route
    changed = {"route": route, "urgency": 0 if row.notice_on else _urgency(route), "version": Ticket.version + 1}
    Ticket.update(**changed).where(Ticket.id == row.id, Ticket.route != route).execute()


def _insert(account: Account, person_id: int, key: str, fields: dict[str, str]) -> str:
    drafts.clear(person_id)
    categoria = catalogue().categoria(fields["categoria"])
    if categoria is None:
        raise Invalid(forms.complaints(fields))
    return enter(account, _row(person_id, categoria, fields) | {"submit_key": key}, fields["texto"], with_files=True)


@writes
def enter(account: Account, columns: dict[str, Any], text: str, with_files: bool = False) -> str:
    """Give a ticket its folio, its first message (with the files of the draft, if so), its event and its receipt; the folio."""
    row = {**columns, "folio": _next_folio(clock.today().year)}
    ticket_id = insert(Ticket, **row)
    message_id = insert(Message, ticket_id=ticket_id, at=row["opened_at"], kind="persona", body=clean_block(text))
    if with_files:
        attachments.send(row["person_id"], ticket_id, message_id, draft=True)
    record(ticket_id, "abierto", code=row["categoria"])
    index_words(ticket_id)
    _send_receipt(account, ticket_id, row)
    return str(row["folio"])


def _row(person_id: int, categoria: Categoria, fields: dict[str, str]) -> dict[str, Any]:
    now = clock.now()
    notice_on = forms.notice_date(fields) if categoria.route == "plazo" else None
    tramite = normalise_tramite("" if categoria.tramite == "no" else fields.get("tramite_id", ""))
    route = _route(categoria, person_id)
    return {
        "person_id": person_id,
        "state": "ingresado",
        "tipo": fields["tipo"],
        "materia": fields["materia"],
        "categoria": categoria.id,
        "route": route,
        "tramite_id": tramite.value or None,
        "tramite_strange": bool(tramite.value) and tramite.strange,
        "region": fields.get("region", ""),
        "language": current(),
        "opened_at": now,
        "urgency": _urgency(route),
        "version": 1,
        **terms.promised(fields["tipo"], categoria, clock.day_of(now), business.legal_day(now), notice_on),
    }


def _route(categoria: Categoria, person_id: int) -> str:
    """A child's ticket goes to those who may read about children, whatever it is about."""
    if categoria.route not in ("normal", "plazo"):
        return categoria.route
    ((birth_on,),) = _BORN(person=person_id)
    today = clock.day_number(clock.today())
    return "nna" if birth_on and (today - birth_on) // 10_000 < 18 else categoria.route


def _urgency(route: str) -> int:
    return 0 if route in URGENT_ROUTES else 1


def _next_folio(year: int) -> str:
    ((number,),) = _COUNT(year=year)
    return format_folio(year, number)


def _send_receipt(account: Account, ticket_id: int, row: dict[str, Any]) -> None:
    folio, due_on = row["folio"], clock.day_from(row["due_on"])
    own_due_on = terms.own_deadline(terms.made_of(row))
    outbox.write(
        "receipt",
        address=account.email,
        language=current(),
        account_id=account.id,
        ticket_id=ticket_id,
        folio=folio,
        due=dates.day(due_on),
        dates=receipts.as_lines(receipts.dates_of(row["opened_at"], clock.day_from(row["legal_on"]), due_on, own_due_on))
        + _wanted(row["route"]),
        link=outbox.link(f"/ticket/{folio}"),
    )


def _wanted(route: str) -> str:
    """What a receipt says that is still wanted of the person: who they are, where data of an account are to be changed."""
    if route != "identidad":
        return ""
    first = _("Antes de cambiar un dato de tu cuenta tenemos que saber que eres tú.")
    return f"\n\n{first} {_('La página de tu ticket dice cómo demostrarlo.')}"


_OPEN_FOLIO = Prepared(lambda: Ticket.select(Ticket.folio).where(Ticket.person == slot("person"), Ticket.resolved_at.is_null()))
_OF_PERSON = Prepared(
    lambda: Ticket.select(Ticket.folio, Ticket.submit_key, Ticket.resolved_at).where(Ticket.person == slot("person"))
)
_LOCK = Prepared(lambda: engines.for_change(db.obj, Person.select(Person.id).where(Person.id == slot("person"))))
_LAST_REFERRAL = Prepared(
    lambda: (
        Referral.select(Referral.at)
        .where(Referral.person == slot("person"), Referral.categoria == slot("categoria"))
        .order_by(Referral.id.desc())
        .limit(1)
    )
)
_BORN = Prepared(lambda: Person.select(Person.birth_on).where(Person.id == slot("person")))
_COUNT = Prepared(
    lambda: (
        FolioCounter.insert(year=slot("year"), last=1)
        .on_conflict(conflict_target=[FolioCounter.year], update={FolioCounter.last: FolioCounter.last + 1})
        .returning(FolioCounter.last)
    )
)
