"""Sessions of citizens: kept on the server's side, so that they can be revoked."""

from __future__ import annotations

from core import clock, tokens
from core.database.binding import reads, unlocked, writes
from core.errors import Invalid, NotAllowed
from core.language import _
from core.people import passwords, throttles
from core.people.emails import NotAnAddress, canonical
from core.people.models import Account as AccountRow
from core.people.models import Session
from core.people.reading import account_view
from core.people.views import Account, SessionGrant

IDLE = 12 * 3600
REMEMBERED = 30 * 24 * 3600
_TOUCH_EVERY = 300


class NotVerified(NotAllowed):
    """The password is right, but the address was never proven."""


@unlocked
def sign_in(email: str, password: str, remember: bool = False, address: str = "") -> SessionGrant:
    """A new session; raises `Invalid` in the same words and time whether the account exists or not.

    Raises `NotVerified` when the address still has to be proven, `TryLater` after too many tries.
    """
    try:
        known = canonical(email)
    except NotAnAddress as reason:
        raise Invalid({"correo": reason.message}) from reason
    throttles.spend("sign_in_address", address)
    throttles.spend("sign_in_account", known)
    account_id, verified, password_hash = _credentials(known)
    if not passwords.is_password(password_hash, password):
        raise Invalid({"clave": _("El correo o la contraseña no coinciden. Revisa los dos y vuelve a intentarlo.")})
    if not verified or account_id is None:
        raise NotVerified(_("Antes de ingresar, valida tu correo con el botón de la carta que te enviamos."))
    return begin(account_id, remember)


@reads
def _credentials(email: str) -> tuple[int | None, bool, str | None]:
    rows = AccountRow.select().where(AccountRow.email == email)
    row = rows.order_by(AccountRow.verified_at.is_null(), AccountRow.id.desc()).first()
    return (None, False, None) if row is None else (row.id, row.verified_at is not None, row.password_hash)


@writes
def begin(account_id: int, remember: bool) -> SessionGrant:
    """A new session for an account that has proven who it is."""
    token, now = tokens.random_token(), clock.now()
    expires_at = now + (REMEMBERED if remember else IDLE)
    Session.insert(
        digest=tokens.digest(token),
        account=account_id,
        remembered=remember,
        created_at=now,
        seen_at=now,
        expires_at=expires_at,
    ).execute()
    return SessionGrant(token, account_id, expires_at if remember else None)


@reads
def account_of(token: str) -> Account | None:
    """The account behind a cookie, or None when the session is over."""
    now = clock.now()
    query = Session.select(Session, AccountRow).join(AccountRow, on=(Session.account == AccountRow.id), attr="owner")
    row = query.where(Session.digest == tokens.digest(token)).first()
    if row is None or row.expires_at <= now:
        return None
    if now - row.seen_at > _TOUCH_EVERY:
        _touch(row, now)
    return account_view(row.owner)


@writes
def sign_out(token: str) -> None:
    """End a session."""
    Session.delete().where(Session.digest == tokens.digest(token), Session.account.is_null(False)).execute()


@writes
def forget_expired() -> int:
    """Remove the sessions that are over; how many."""
    return int(Session.delete().where(Session.expires_at <= clock.now()).execute())


@writes
def _touch(row: Session, now: int) -> None:
    expires_at = row.expires_at if row.remembered else now + IDLE
    Session.update(seen_at=now, expires_at=expires_at).where(Session.id == row.id).execute()
