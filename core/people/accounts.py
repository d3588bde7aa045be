"""Accounts of citizens: signing up and proving the e-mail address."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from core import clock, tokens
from core.database.binding import reads, writes
from core.database.prepared import Prepared, columns_of, insert, row_of, slot
from core.errors import Conflict, NotFound
from core.language import _, current
from core.mail import outbox
from core.people import links, sessions, throttles
from core.people.account_views import Account, SessionGrant
from core.people.emails import NotAnAddress, canonical
from core.people.models import Account as AccountRow
from core.people.models import Link, Person, Session
from core.people.reading import account_row, account_view, verified_row
from core.text import clean_line

UNVERIFIED_KEPT = 7 * 24 * 3600
SENT_TWICE = 120
"""Seconds in which the same form from the same browser is one that was sent twice."""


@dataclass(frozen=True, slots=True)
class Applicant:
    """A checked sign-up (see `applications.check`): everything clean, the password hashed."""

    person: dict[str, object]
    is_child: bool
    email: str
    password_hash: str
    visitor: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Validation:
    """A validated account, and a session when the link was opened in the browser that signed up."""

    account: Account
    grant: SessionGrant | None


@writes
def sign_up(applicant: Applicant) -> None:
    """Keep the account and send the letter that validates it; nothing tells whether the address was known."""
    throttles.spend_letter(applicant.email, applicant.address)
    if _sent_twice(applicant):
        return
    if verified_row(applicant.email) is not None:
        outbox.write("welcome-back", address=applicant.email, language=current(), link=outbox.link("/ingreso"))
        return
    visitor, now = tokens.digest(applicant.visitor), clock.now()
    account_id = insert(
        AccountRow, email=applicant.email, password_hash=applicant.password_hash, language=current(), created_at=now
    )
    insert(Person, account_id=account_id, is_holder=not applicant.is_child, created_at=now, **applicant.person)
    _send_validation(account_id, applicant.email, visitor)


def _sent_twice(applicant: Applicant) -> bool:
    """Whether this very form has just come from this browser; the password that counts is the last one."""
    row = _unverified(applicant.email, applicant.visitor)
    if row is None or not applicant.visitor or clock.now() - row.created_at > SENT_TWICE:
        return False
    person = Person.get(Person.account == row.id)
    if not _made_by(row, applicant.visitor) or any(getattr(person, name) != value for name, value in applicant.person.items()):
        return False
    AccountRow.update(password_hash=applicant.password_hash).where(AccountRow.id == row.id).execute()
    return True


@writes
def resend_validation(email: str, visitor: str = "", address: str = "") -> None:
    """Send another validation letter when there is an account waiting for it; the answer is always the same."""
    throttles.spend_letter(email, address)
    if verified_row(email) is not None:
        outbox.write("welcome-back", address=email, language=current(), link=outbox.link("/ingreso"))
        return
    row = _unverified(email, visitor)
    if row is not None:
        _send_validation(row.id, email, tokens.digest(visitor))


@reads
def link_standing(token: str) -> links.Standing:
    """What a validation link is worth at this moment."""
    return links.standing("validation", token)


@reads
def whose_link(token: str) -> str:
    """The name of the person whose account a validation link is for; empty when it is not ours."""
    _standing, link = links.find("validation", token)
    row = None if link is None else AccountRow.get_or_none(AccountRow.id == link.account_id)
    return "" if row is None else account_view(row).persons[0].shown_name


@writes
def validate(token: str, visitor: str = "", device: str = "") -> Validation:
    """Prove the address of an account, once; raises `NotFound` for a bad link, `Conflict` for a used or old one."""
    standing, link = links.find("validation", token)
    if link is None:
        raise NotFound(_("Este enlace no sirve. Copia la dirección completa de la carta o pide otra."))
    if standing != "valid" or not links.use(link):
        raise Conflict(_("Este enlace ya se usó o venció. Si tu cuenta aún no está validada, pide otro."))
    prove_address(link.account_id)
    row = account_row(link.account_id)
    same_browser = bool(visitor) and tokens.digest(visitor) == link.visitor
    grant = sessions.begin(row.id, remember=False, device=device) if same_browser else None
    return Validation(account_view(row), grant)


@writes
def prove_address(account_id: int) -> None:
    """Mark an account's address as proven, and forget the others that wait for it; raises `Conflict` when one was first."""
    row = account_row(account_id)
    if verified_row(row.email) is not None:
        raise Conflict(_("Ese correo ya tiene una cuenta validada. Ingresa con ella."))
    _VERIFY.count(account=row.id, now=clock.now())
    _forget([other for (other,) in _OTHERS(email=row.email, account=row.id)])


@reads
def language_of(account_id: int) -> str:
    """The language that an account's person chose."""
    return str(account_row(account_id).language)


@writes
def set_language(account_id: int, language: str) -> None:
    """Speak another language with an account's person from now on, in letters too."""
    AccountRow.update(language=language).where(AccountRow.id == account_id).execute()


@writes
def forget_unverified() -> int:
    """Remove the accounts that nobody validated within a week; how many."""
    old = clock.now() - UNVERIFIED_KEPT
    doomed = AccountRow.select(AccountRow.id).where(AccountRow.verified_at.is_null(), AccountRow.created_at < old)
    return _forget([row.id for row in doomed])


@writes
def forget_unproven(addresses: Iterable[str]) -> int:
    """Remove the accounts that wait for the proof of these addresses; how many."""
    waiting = AccountRow.verified_at.is_null() & AccountRow.email.in_(list(addresses))
    return _forget([row.id for row in AccountRow.select(AccountRow.id).where(waiting)])


def _forget(doomed: list[int]) -> int:
    if doomed:
        outbox.detach(doomed)
        for table in (Link, Person, Session):
            table.delete().where(table.account.in_(doomed)).execute()
        AccountRow.delete().where(AccountRow.id.in_(doomed)).execute()
    return len(doomed)


@reads
def named(email: str) -> Account:
    """The account of an address, the validated one if there are several; raises `NotFound`."""
    try:
        address = canonical(email)
    except NotAnAddress as reason:
        raise NotFound(f"«{clean_line(email)}» no es un correo completo, como nombre@correo.cl.") from reason
    rows = AccountRow.select().where(AccountRow.email == address, AccountRow.erased_at.is_null())
    row = rows.order_by(AccountRow.verified_at.is_null(), AccountRow.id.desc()).first()
    if row is None:
        raise NotFound(f"No hay ninguna cuenta con el correo {address}.")
    return account_view(row)


@reads
def of_person(person_id: int) -> Account:
    """The account that a person belongs to."""
    return account_view(account_row(Person.get_by_id(person_id).account_id))


@reads
def waiting_for(email: str) -> int:
    """The id of the newest account that waits for the proof of this address; raises `NotFound`."""
    row = _unverified(email)
    if row is None:
        raise NotFound(_("No hay una cuenta que espere la validación de ese correo."))
    return int(row.id)


def _unverified(email: str, visitor: str = "") -> AccountRow | None:
    """The account that waits for the proof of an address; of several, the one that this browser made, else the newest."""
    rows = [row_of(AccountRow, values) for values in _UNVERIFIED(email=email)]
    return max(rows, key=lambda row: (bool(visitor) and _made_by(row, visitor), row.id), default=None)


def _made_by(row: AccountRow, visitor: str) -> bool:
    first = _FIRST_VISITOR.first(account=row.id)
    return first is not None and first[0] == tokens.digest(visitor)


def _send_validation(account_id: int, email: str, visitor: str) -> None:
    token = links.create("validation", account_id, visitor)
    address = outbox.link(f"/cuenta/validar/{token}")
    outbox.write("validation", address=email, language=current(), account_id=account_id, link=address)


_UNVERIFIED = Prepared(
    lambda: AccountRow.select(*columns_of(AccountRow)).where(AccountRow.email == slot("email"), AccountRow.verified_at.is_null())
)
_OTHERS = Prepared(
    lambda: AccountRow.select(AccountRow.id).where(AccountRow.email == slot("email"), AccountRow.id != slot("account"))
)
_VERIFY = Prepared(lambda: AccountRow.update(verified_at=slot("now")).where(AccountRow.id == slot("account")))
_FIRST_VISITOR = Prepared(lambda: Link.select(Link.visitor).where(Link.account == slot("account")).order_by(Link.id).limit(1))
