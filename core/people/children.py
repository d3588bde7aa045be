"""Children whom an account stands for, and their way to an account of their own."""

from __future__ import annotations

from core import clock
from core.database.binding import reads, unlocked, writes
from core.errors import Conflict, Invalid, NotFound
from core.language import _, current
from core.mail import outbox
from core.people import applications, links, passwords, throttles
from core.people.applications import Fields
from core.people.emails import NotAnAddress, canonical
from core.people.models import Account as AccountRow
from core.people.models import HandOver, Link, Person
from core.people.reading import person_view
from core.people.views import Account
from core.people.views import Person as PersonView

FIELDS = ("relacion", "responsable", "nombres", "primer_apellido", "segundo_apellido", "nacimiento_dia", "pais")
MOST = 20


@writes
def add(account: Account, fields: Fields) -> PersonView:
    """Let an account stand for one more child, with the data of the child's document; raises `Invalid`."""
    child = {**fields, "para_quien": "nna"}
    wrong = applications.complaints(child, FIELDS)
    if wrong:
        raise Invalid(wrong)
    if len(account.persons) >= MOST:
        raise Conflict(_("Tu cuenta ya representa a muchas personas. Escríbenos para agregar más."))
    row_id = Person.insert(
        account=account.id, is_holder=0, created_at=clock.now(), **applications.person_columns(child)
    ).execute()
    return person_view(Person.get_by_id(row_id))


@writes
def hand_over(account: Account, person_id: int, email: str) -> None:
    """Offer somebody who has come of age an account of their own, by a letter to their address; raises `Invalid`."""
    person = account.person(person_id)
    if person is None or person.is_holder:
        raise NotFound(_("Esa persona no está en tu cuenta."))
    if person.is_minor:
        raise Conflict(_("Podrás entregar la cuenta cuando cumpla 18 años."))
    try:
        address = canonical(email)
    except NotAnAddress as reason:
        raise Invalid({"correo": reason.message}) from reason
    throttles.spend("letter_account", address)
    offer = HandOver.insert(person=person_id, email=address, created_at=clock.now()).execute()
    link = outbox.link(f"/cuenta/entrega/{links.create('hand_over', account.id, subject_id=offer)}")
    outbox.write("hand-over", address=address, language=current(), link=link)


@reads
def link_standing(token: str) -> links.Standing:
    """What the link of an offer is worth at this moment."""
    return links.standing("hand_over", token)


@unlocked
def take_over(token: str, password: str, repeated: str) -> None:
    """Accept an account of one's own: person and tickets move there. Raises `Invalid`, `NotFound`, `Conflict`."""
    offer = _offer(token)
    words = passwords.complaint(password, passwords.CITIZEN_MINIMUM, offer.email)
    if words:
        raise Invalid({"clave": words})
    if password != repeated:
        raise Invalid({"clave2": _("Las dos contraseñas no son iguales. Escríbelas de nuevo.")})
    _move(token, passwords.hash_password(password))


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
def _move(token: str, password_hash: str) -> None:
    link = _valid_link(token)
    offer = HandOver.get_by_id(link.subject_id)
    if AccountRow.get_or_none(AccountRow.email == offer.email, AccountRow.verified_at.is_null(False)):
        raise Conflict(_("Ese correo ya tiene una cuenta. Pide que te envíen el enlace a otro correo."))
    links.use(link)
    now = clock.now()
    account_id = AccountRow.insert(
        email=offer.email, password_hash=password_hash, verified_at=now, language=current(), created_at=now
    ).execute()
    Person.update(account=account_id, is_holder=1, relation="", guardian="").where(Person.id == offer.person_id).execute()
    HandOver.update(done_at=now).where(HandOver.id == offer.id).execute()
