"""Changing the e-mail address, which is also the legal one: both addresses have to confirm it (Ley 21.325 art. 146)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from core import clock
from core.database.binding import reads, unlocked, writes
from core.errors import Conflict, Invalid, NotAllowed, NotFound
from core.language import _
from core.mail import outbox
from core.people import accounts, links, passwords, sessions, standing, throttles, visitors
from core.people.account_views import Account
from core.people.emails import NotAnAddress, canonical
from core.people.models import Account as AccountRow
from core.people.models import EmailChange, Link, Session
from core.people.reading import account_row, verified_row

Progress = Literal["done", "waits_for_old", "waits_for_new"]


@dataclass(frozen=True, slots=True)
class Confirmation:
    """How far a change of address has come."""

    progress: Progress
    account_id: int
    old_email: str
    new_email: str


_PURPOSES = ("email_old", "email_new")


class NotFresh(NotAllowed):
    """Somebody without a password has to come in through ClaveÚnica again first."""


@unlocked
def ask(account: Account, password: str, new_email: str, session_token: str = "") -> None:
    """Send a letter to both addresses; raises `Invalid`, `NotFresh`. The answer tells nothing about the new address.

    Who asks is proven by the password, or by having just come in through ClaveÚnica when there is none.
    """
    address = _another(account, new_email)
    _prove(account, password, session_token)
    _begin(account, address)


def _prove(account: Account, password: str, session_token: str) -> None:
    known = _hash_of(account.id)
    if known is None:
        if not sessions.is_fresh(session_token):
            raise NotFresh(_("Para cambiar tu correo, ingresa de nuevo con ClaveÚnica: así sabemos que eres tú."))
        return
    throttles.spend("password_account", str(account.id))
    if not passwords.is_password(known, password):
        raise Invalid({"clave_actual": _("Esa no es tu contraseña actual.")})


@writes
def ask_proven(account: Account, new_email: str) -> None:
    """Ask for another address for somebody who proved at the desk who they are: the new one alone has to confirm it.

    The present address is told. Raises `Invalid` when the new one cannot be, or has an account already.
    """
    address = _another(account, new_email)
    if verified_row(address) is not None:
        raise Invalid({"correo": "Ese correo ya tiene una cuenta: pide a la persona que escriba el ticket desde ella."})
    standing.require_free(account.id)
    for purpose in _PURPOSES:
        links.kill(purpose, account.id)
    now = clock.now()
    change = EmailChange.insert(account=account.id, new_email=address, created_at=now, old_confirmed_at=now).execute()
    _send("email-change-proven", "email_new", account, address, change)
    outbox.write("email-change-told", address=account.email, language=account.language, account_id=account.id)


def _another(account: Account, new_email: str) -> str:
    """An address in its one spelling; raises `Invalid` when it is none or the account's own."""
    try:
        address = canonical(new_email)
    except NotAnAddress as reason:
        raise Invalid({"correo": reason.message}) from reason
    if address == account.email:
        raise Invalid({"correo": _("Ese ya es tu correo. Escribe el nuevo.")})
    return address


@reads
def is_proven(token: str) -> bool:
    """Whether a link belongs to a change that its address alone has to confirm."""
    link = _find(token)[1]
    return link is not None and _is_proven(link.subject_id)


def _is_proven(change_id: int | None) -> bool:
    """Whether no letter ever went to the old address to ask."""
    return Link.get_or_none(Link.purpose == "email_old", Link.subject_id == change_id) is None


@reads
def pending(account_id: int) -> str:
    """The address that waits for its confirmations; empty when none does."""
    oldest = clock.now() - links.LIFETIMES["email_new"]
    row = EmailChange.select().where(EmailChange.account == account_id, EmailChange.created_at > oldest)
    latest = row.order_by(EmailChange.id.desc()).first()
    return latest.new_email if latest and latest.done_at is None else ""


@reads
def link_standing(token: str) -> links.Standing:
    """What a confirmation link is worth at this moment."""
    return _find(token)[0]


@writes
def confirm(token: str) -> Confirmation:
    """Confirm by one of the two letters; the second confirmation changes the address. Raises `NotFound`, `Conflict`."""
    worth, link = _find(token)
    if link is None:
        raise NotFound(_("Este enlace no sirve. Copia la dirección completa de la carta o pide otra."))
    if worth == "valid":
        standing.require_free(link.account_id)
    if worth != "valid" or not links.use(link):
        raise Conflict(_("Este enlace ya se usó o venció. Si aún quieres cambiar tu correo, pídelo de nuevo."))
    now = clock.now()
    column = EmailChange.old_confirmed_at if link.purpose == "email_old" else EmailChange.new_confirmed_at
    EmailChange.update({column: now}).where(EmailChange.id == link.subject_id).execute()
    change = EmailChange.get_by_id(link.subject_id)
    old_email = account_row(change.account_id).email
    progress = _progress(change)
    if progress == "done":
        _finish(change)
    return Confirmation(progress, change.account_id, old_email, change.new_email)


def _progress(change: EmailChange) -> Progress:
    if change.old_confirmed_at is None:
        return "waits_for_old"
    return "waits_for_new" if change.new_confirmed_at is None else "done"


@reads
def _hash_of(account_id: int) -> str | None:
    return account_row(account_id).password_hash


@writes
def _begin(account: Account, address: str) -> None:
    standing.require_free(account.id)
    for inbox in (account.email, address):
        throttles.spend_letter(inbox, visitors.drawer_of(account.id))
    if _sent_twice(account.id, address):
        return
    for purpose in _PURPOSES:
        links.kill(purpose, account.id)
    change_id = EmailChange.insert(account=account.id, new_email=address, created_at=clock.now()).execute()
    _send("email-change-old", "email_old", account, account.email, change_id)
    if verified_row(address) is not None:
        outbox.write("welcome-back", address=address, language=account.language, link=outbox.link("/ingreso"))
    else:
        _send("email-change-new", "email_new", account, address, change_id)


def _sent_twice(account_id: int, address: str) -> bool:
    since = clock.now() - accounts.SENT_TWICE
    same = (EmailChange.account == account_id) & (EmailChange.new_email == address) & (EmailChange.created_at >= since)
    return EmailChange.get_or_none(same, EmailChange.done_at.is_null()) is not None


def _send(kind: str, purpose: str, account: Account, address: str, change_id: int) -> None:
    link = outbox.link(f"/cuenta/correo/{links.create(purpose, account.id, subject_id=change_id)}")
    outbox.write(kind, address=address, language=account.language, account_id=account.id, link=link)


def _find(token: str) -> tuple[links.Standing, Link | None]:
    found: tuple[links.Standing, Link | None] = ("invalid", None)
    for purpose in _PURPOSES:
        found = links.find(purpose, token)
        if found[1] is not None:
            break
    return found


def _finish(change: EmailChange) -> None:
    if verified_row(change.new_email) is not None:
        raise Conflict(_("Ese correo ya tiene una cuenta validada. Usa otro."))
    row = account_row(change.account_id)
    AccountRow.update(email=change.new_email).where(AccountRow.id == row.id).execute()
    EmailChange.update(done_at=clock.now()).where(EmailChange.id == change.id).execute()
    for purpose in ("password", "claveunica"):
        links.kill(purpose, row.id)
    if _is_proven(change.id):  # the old address was told when it was asked for; it may be anybody's by now, and so the sessions
        Session.delete().where(Session.account == row.id).execute()
        return
    outbox.write("email-changed", address=row.email, language=row.language, account_id=row.id, link=outbox.link("/ingreso"))
