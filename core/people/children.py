"""Children whom an account stands for, and their way to an account of their own."""

from __future__ import annotations

from dataclasses import dataclass

from peewee import IntegrityError

from core import clock
from core.database import engines
from core.database.binding import db, reads, unlocked, writes
from core.errors import Conflict, Invalid, NotFound
from core.language import _, current, noted
from core.mail import outbox
from core.people import accounts, applications, links, passwords, standing, throttles, visitors
from core.people.account_views import Account
from core.people.account_views import Person as PersonView
from core.people.applications import Fields
from core.people.emails import NotAnAddress, canonical
from core.people.models import Account as AccountRow
from core.people.models import HandOver, Link, Person
from core.people.reading import person_view, verified_row

FIELDS = ("relacion", "responsable", "nombres", "primer_apellido", "segundo_apellido", "nacimiento_dia", "pais")
OWN_FIELDS = FIELDS[2:]
MOST = 20
_TAKEN = noted("Ese correo ya tiene una cuenta. Pide que te envíen el enlace a otro correo.")


@dataclass(frozen=True, slots=True)
class Moved:
    """A person who has an account of their own now."""

    person_id: int
    account_id: int
    email: str


@writes
def add(account: Account, fields: Fields) -> PersonView:
    """Let an account stand for one more child, with the data of the child's document; added twice, it is there once.

    Raises `Invalid`, `Conflict`, `NotAllowed`, `TryLater`.
    """
    return _add(account, {**fields, "para_quien": "nna"}, FIELDS, is_holder=False)


@writes
def add_holder(account: Account, fields: Fields) -> PersonView:
    """Let whoever acts for children have tickets of their own in the same account; raises as `add` does."""
    return _add(account, {**fields, "para_quien": "yo"}, OWN_FIELDS, is_holder=True)


def _add(account: Account, fields: dict[str, str], asked: tuple[str, ...], is_holder: bool) -> PersonView:
    wrong = applications.complaints(fields, asked)
    if wrong:
        raise Invalid(wrong)
    engines.for_change(db.obj, AccountRow.select(AccountRow.id).where(AccountRow.id == account.id)).get()
    standing.require_free(account.id)
    present = Person.select().where(Person.account == account.id)
    columns = applications.person_columns(fields)
    for row in present:
        if all(getattr(row, name) == value for name, value in columns.items()):
            return person_view(row)
    if is_holder and any(row.is_holder for row in present):
        raise Conflict(_("Tú ya estás en esta cuenta."))
    if len(present) >= MOST:
        raise Conflict(_("Tu cuenta ya representa a muchas personas. Escríbenos para agregar más."))
    throttles.spend("child_account", str(account.id))
    row_id = Person.insert(account=account.id, is_holder=is_holder, created_at=clock.now(), **columns).execute()
    return person_view(Person.get_by_id(row_id))


@reads
def offers(account: Account) -> dict[int, str]:
    """Whom an account of their own was offered to and has not been taken yet: person → address."""
    fresh = HandOver.done_at.is_null() & (HandOver.created_at > clock.now() - links.LIFETIMES["hand_over"])
    rows = HandOver.select().where(HandOver.person.in_([person.id for person in account.persons]), fresh)
    return {row.person_id: row.email for row in rows.order_by(HandOver.id)}


@writes
def hand_over(account: Account, person_id: int, email: str) -> None:
    """Offer somebody who has come of age an account of their own, by a letter to their address; raises `Invalid`."""
    person = account.person(person_id)
    if person is None or person.is_holder:
        raise NotFound(_("Esa persona no está en tu cuenta."))
    if person.age is None or person.is_minor:
        raise Conflict(_("Podrás entregar la cuenta cuando cumpla 18 años."))
    standing.require_free(account.id)
    try:
        address = canonical(email)
    except NotAnAddress as reason:
        raise Invalid({"correo": reason.message}) from reason
    throttles.spend_letter(address, visitors.drawer_of(account.id))
    if _sent_twice(person_id, address):
        return
    offer = HandOver.insert(person=person_id, email=address, created_at=clock.now()).execute()
    link = outbox.link(f"/cuenta/entrega/{links.create('hand_over', account.id, subject_id=offer)}")
    outbox.write("hand-over", address=address, language=current(), link=link)


def _sent_twice(person_id: int, address: str) -> bool:
    since = clock.now() - accounts.SENT_TWICE
    same = (HandOver.person == person_id) & (HandOver.email == address) & (HandOver.created_at >= since)
    return HandOver.get_or_none(same, HandOver.done_at.is_null()) is not None


@reads
def link_standing(token: str) -> links.Standing:
    """What the link of an offer is worth at this moment."""
    return links.standing("hand_over", token)


@unlocked
def password_for(token: str, password: str, repeated: str) -> str:
    """The hash of the password for an account of one's own; raises `NotFound`, `Conflict`, `Invalid`."""
    offer = _offer(token)
    words = passwords.complaint(password, passwords.CITIZEN_MINIMUM, offer.email)
    if words:
        raise Invalid({"clave": words})
    if password != repeated:
        raise Invalid({"clave2": _("Las dos contraseñas no son iguales. Escríbelas de nuevo.")})
    return passwords.hash_password(password)


@reads
def offered_to(token: str) -> tuple[str, str]:
    """Whom an account of their own is offered to: name and address; raises `NotFound`, `Conflict`."""
    offer = _offer(token)
    return person_view(Person.get_by_id(offer.person_id)).shown_name, str(offer.email)


@reads
def _offer(token: str) -> HandOver:
    return HandOver.get_by_id(_valid_link(token).subject_id)


def _valid_link(token: str) -> Link:
    standing, link = links.find("hand_over", token)
    if link is None:
        raise NotFound(_("Este enlace no sirve. Copia la dirección completa de la carta."))
    if standing != "valid":
        raise Conflict(_("Este enlace ya se usó o venció. Pide a quien te lo envió que lo haga de nuevo."))
    return link


@writes
def move(token: str, password_hash: str) -> Moved:
    """Give a person an account of their own, once; raises `NotFound`, `Conflict`."""
    link = _valid_link(token)
    offer = HandOver.get_by_id(link.subject_id)
    engines.for_change(db.obj, Person.select(Person.id).where(Person.id == offer.person_id)).get()
    standing.require_free(link.account_id)
    link = _valid_link(token)
    if verified_row(offer.email) is not None:
        raise Conflict(_(_TAKEN))
    now = clock.now()
    try:
        with db.atomic():
            account_id = AccountRow.insert(
                email=offer.email, password_hash=password_hash, verified_at=now, language=current(), created_at=now
            ).execute()
    except IntegrityError as reason:
        raise Conflict(_(_TAKEN)) from reason
    Person.update(account=account_id, is_holder=1, relation="", guardian="").where(Person.id == offer.person_id).execute()
    HandOver.update(done_at=now).where(HandOver.id == offer.id).execute()
    _spend_links(offer.person_id)
    return Moved(offer.person_id, account_id, offer.email)


def _spend_links(person_id: int) -> None:
    """Make all offers to a person worthless; those to brothers and sisters stay."""
    theirs = HandOver.select(HandOver.id).where(HandOver.person == person_id)
    same = (Link.purpose == "hand_over") & Link.subject_id.in_(theirs)
    Link.update(used_at=clock.now()).where(same, Link.used_at.is_null()).execute()
