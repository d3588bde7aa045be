"""Passwords that were forgotten, and those that are changed."""

from __future__ import annotations

from core import tokens
from core.database.binding import reads, unlocked, writes
from core.errors import Conflict, Invalid, NotFound
from core.language import _, current, noted
from core.mail import outbox
from core.people import links, passwords, throttles
from core.people.account_views import Account
from core.people.emails import NotAnAddress, canonical
from core.people.models import Account as AccountRow
from core.people.models import Session
from core.people.reading import account_row, verified_row

_DEAD = noted("Este enlace ya se usó o venció. Pide otro: te llegará en un momento.")


@writes
def ask_reset(email: str, address: str = "") -> None:
    """Send the letter to choose a new password; the answer is the same whether the address is known or not."""
    try:
        inbox = canonical(email)
    except NotAnAddress as reason:
        raise Invalid({"correo": reason.message}) from reason
    throttles.spend_letter(inbox, address)
    row = verified_row(inbox)
    if row is None:
        outbox.write("no-account", address=inbox, language=current(), link=outbox.link("/cuenta/nueva"))
        return
    link = outbox.link(f"/clave/nueva/{links.create('password', row.id)}")
    outbox.write("password", address=inbox, language=row.language, account_id=row.id, link=link)


@reads
def link_standing(token: str) -> links.Standing:
    """What a link for a new password is worth at this moment."""
    return links.standing("password", token)


@unlocked
def reset(token: str, password: str, repeated: str, address: str = "") -> None:
    """Set a new password by a link, once, and end all sessions; raises `Invalid`, `NotFound`, `Conflict`."""
    email = _address_behind(token)
    _require_good(password, repeated, email)
    _use(token, passwords.hash_password(password))
    throttles.forgive_guesses(email, address)


@unlocked
def change_password(account: Account, session_token: str, present: str, password: str, repeated: str) -> None:
    """Set a new password for somebody who knows the present one; all other sessions end. Raises `Invalid`."""
    throttles.spend("password_account", str(account.id))
    known = _hash_of(account.id)
    if not passwords.is_password(known, present):
        if passwords.is_password(known, password):
            return  # sent twice: the first one has done it
        raise Invalid({"clave_actual": _("Esa no es tu contraseña actual.")})
    _require_good(password, repeated, account.email)
    _set(account.id, passwords.hash_password(password), but=session_token)


@reads
def _address_behind(token: str) -> str:
    standing, link = links.find("password", token)
    if link is None:
        raise NotFound(_("Este enlace no sirve. Copia la dirección completa de la carta o pide otra."))
    if standing != "valid":
        raise Conflict(_(_DEAD))
    return str(account_row(link.account_id).email)


@reads
def _hash_of(account_id: int) -> str | None:
    return account_row(account_id).password_hash


def _require_good(password: str, repeated: str, email: str) -> None:
    words = passwords.complaint(password, passwords.CITIZEN_MINIMUM, email)
    if words:
        raise Invalid({"clave": words})
    if password != repeated:
        raise Invalid({"clave2": _("Las dos contraseñas no son iguales. Escríbelas de nuevo.")})


@writes
def _use(token: str, password_hash: str) -> None:
    standing, link = links.find("password", token)
    if link is None or standing != "valid" or not links.use(link):
        raise Conflict(_(_DEAD))
    _set(link.account_id, password_hash, but="")


@writes
def _set(account_id: int, password_hash: str, but: str) -> None:
    AccountRow.update(password_hash=password_hash).where(AccountRow.id == account_id).execute()
    links.kill("password", account_id)
    Session.delete().where(Session.account == account_id, Session.digest != tokens.digest(but)).execute()
    row = account_row(account_id)
    outbox.write("password-changed", address=row.email, language=row.language, account_id=row.id, link=outbox.link("/ingreso"))
