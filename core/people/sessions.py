"""Sessions of citizens: kept on the server's side, so that they can be revoked."""

from __future__ import annotations

from peewee import JOIN

from core import clock, tokens
from core.database.binding import reads, unlocked, writes
from core.database.prepared import Prepared, columns_of, insert, row_of, slot
from core.errors import Invalid, NotAllowed
from core.language import _
from core.mail import outbox
from core.people import passwords, throttles
from core.people.account_views import Account, OwnSession, Resumed, SessionGrant
from core.people.emails import NotAnAddress, canonical
from core.people.models import Account as AccountRow
from core.people.models import Person, Session
from core.people.reading import account_row, account_view
from core.text import clean_line

IDLE = 12 * 3600
REMEMBERED = 30 * 24 * 3600
ROTATED_EVERY = 3600
_TOUCH_EVERY = 300
_GRACE = 60
"""Seconds in which pages asked for at the same moment may still bring the token from before."""
_PART = len(tokens.random_token())
"""A remembered session's token is two of these: one that stays, its series, and one that is replaced now and then."""
_LONGEST_DEVICE = 80
FRESH = 15 * 60
"""How long after signing in nobody is asked again who they are."""
_TOLD_APART = 24 * 3600
"""How long it is known whose a session was: what was being sent when it ended is shown to nobody else."""


class NotVerified(NotAllowed):
    """The password is right, but the address was never proven."""


@unlocked
def sign_in(email: str, password: str, remember: bool = False, address: str = "", device: str = "") -> SessionGrant:
    """A new session; raises `Invalid` in the same words and time whether the account exists or not.

    Raises `NotVerified` when the address still has to be proven, `TryLater` after too many tries.
    """
    try:
        known = canonical(email)
    except NotAnAddress as reason:
        raise Invalid({"correo": reason.message}) from reason
    throttles.spend_guess(known, address)
    account_id, verified, password_hash = _credentials(known)
    if not passwords.is_password(password_hash, password):
        raise Invalid({"clave": _("El correo o la contraseña no coinciden. Revisa los dos y vuelve a intentarlo.")})
    if not verified or account_id is None:
        raise NotVerified(_("Antes de ingresar, valida tu correo con el botón de la carta que te enviamos."))
    return begin(account_id, remember, device)


@reads
def _credentials(email: str) -> tuple[int | None, bool, str | None]:
    rows = AccountRow.select().where(AccountRow.email == email)
    row = rows.order_by(AccountRow.verified_at.is_null(), AccountRow.id.desc()).first()
    return (None, False, None) if row is None else (row.id, row.verified_at is not None, row.password_hash)


@writes
def begin(account_id: int, remember: bool, device: str = "") -> SessionGrant:
    """A new session for an account that has proven who it is."""
    series, now = tokens.random_token() if remember else "", clock.now()
    token, expires_at = series + tokens.random_token(), now + (REMEMBERED if remember else IDLE)
    insert(
        Session,
        digest=tokens.digest(token),
        account_id=account_id,
        remembered=remember,
        created_at=now,
        seen_at=now,
        expires_at=expires_at,
        rotated_at=now,
        device=clean_line(device)[:_LONGEST_DEVICE],
        series=tokens.digest(series) if remember else None,
    )
    return SessionGrant(token, account_id, expires_at if remember else None)


@reads
def account_of(token: str) -> Account | None:
    """The account behind a cookie, or None when the session is over."""
    return resume(token).account


@reads
def resume(token: str) -> Resumed:
    """Go on with a session: the account, and now and then a new token for a browser that is remembered.

    A remembered token that was replaced before and comes back was copied: all sessions of its account end.
    """
    now = clock.now()
    found = _BY_DIGEST(digest=tokens.digest(token))
    if not found:
        return _replaced(token, now)
    row = row_of(Session, found[0][:_ACCOUNT])
    if row.expires_at <= now:
        return Resumed(None)
    persons = [values[_PERSON:] for values in found if values[_PERSON] is not None]
    account = account_view(row_of(AccountRow, found[0][_ACCOUNT:_PERSON]), persons)
    if row.remembered and now - (row.rotated_at or row.created_at) >= ROTATED_EVERY:
        return Resumed(account, _rotate(row, token, row.digest, now))
    if now - row.seen_at > _TOUCH_EVERY or (row.previous_digest and row.arrived_at is None):
        _touch(row, now)
    return Resumed(account)


_ACCOUNT = len(columns_of(Session))
_PERSON = _ACCOUNT + len(columns_of(AccountRow))
_BY_DIGEST = Prepared(
    lambda: (
        Session.select(*columns_of(Session), *columns_of(AccountRow), *columns_of(Person))
        .join(AccountRow, on=(Session.account == AccountRow.id))
        .join(Person, JOIN.LEFT_OUTER, on=(Person.account == AccountRow.id))
        .where(Session.digest == slot("digest"))
        .order_by(Person.is_holder.desc(), Person.id)
    )
)


@reads
def is_fresh(token: str) -> bool:
    """Whether somebody has just signed in."""
    row = Session.get_or_none(Session.digest == tokens.digest(token))
    return row is not None and clock.now() - row.created_at <= FRESH


@reads
def owner_of(token: str) -> int | None:
    """Whose session this is or was until lately; None when nobody can tell any more."""
    row = Session.get_or_none(Session.digest == tokens.digest(token), Session.account.is_null(False))
    return None if row is None else int(row.account_id)


@reads
def sessions_of(account_id: int, token: str) -> tuple[OwnSession, ...]:
    """Where an account is signed in, the most recent first; the one of this token is marked."""
    rows = Session.select().where(Session.account == account_id, Session.expires_at > clock.now())
    mine = tokens.digest(token)
    return tuple(
        OwnSession(row.id, row.device, row.created_at, row.seen_at, bool(row.remembered), row.digest == mine)
        for row in rows.order_by(Session.seen_at.desc(), Session.id.desc())
    )


@writes
def end_others(account_id: int, token: str) -> int:
    """End all sessions of an account but this one; how many."""
    others = (Session.account == account_id) & (Session.digest != tokens.digest(token))
    return int(Session.delete().where(others).execute())


@writes
def sign_out(token: str) -> None:
    """End a session."""
    Session.delete().where(Session.digest == tokens.digest(token), Session.account.is_null(False)).execute()


@writes
def forget_expired() -> int:
    """Remove the sessions that have been over for a while; how many."""
    return int(Session.delete().where(Session.expires_at <= clock.now() - _TOLD_APART).execute())


@reads
def _replaced(token: str, now: int) -> Resumed:
    """What a token is worth that is no session's now: perhaps it was one's before.

    The one from just before still counts while the new one is on its way, and until it has arrived.
    """
    digest = tokens.digest(token)
    row = Session.get_or_none(Session.previous_digest == digest) or _relative(token)
    if row is None or row.expires_at <= now:
        return Resumed(None)
    is_last = row.previous_digest == digest
    if is_last and now - row.rotated_at <= _GRACE:
        return Resumed(account_view(account_row(row.account_id)))
    if is_last and row.arrived_at is None:
        return Resumed(account_view(account_row(row.account_id)), _rotate(row, token, digest, now))
    _end_all(row.account_id)
    return Resumed(None, stolen=True)


def _relative(token: str) -> Session | None:
    """The session in whose series a token once was."""
    return Session.get_or_none(Session.series == tokens.digest(token[:_PART])) if len(token) == 2 * _PART else None


@writes
def _rotate(row: Session, token: str, held: str, now: int) -> SessionGrant | None:
    """A new token of the same series, for a browser that holds the token with this digest."""
    series = token[:_PART] if row.series else tokens.random_token()
    renewed = series + tokens.random_token()
    changed = {"digest": tokens.digest(renewed), "previous_digest": held, "series": tokens.digest(series)}
    same = (Session.id == row.id) & (Session.digest == row.digest)
    won = Session.update(**changed, rotated_at=now, seen_at=now, arrived_at=None).where(same).execute()
    return SessionGrant(renewed, row.account_id, row.expires_at) if won else None


@writes
def _end_all(account_id: int) -> None:
    Session.delete().where(Session.account == account_id).execute()
    row = account_row(account_id)
    link = outbox.link("/clave/olvidada")
    outbox.write("sessions-ended", address=row.email, language=row.language, account_id=account_id, link=link)


@writes
def _touch(row: Session, now: int) -> None:
    expires_at = row.expires_at if row.remembered else now + IDLE
    arrived_at = row.arrived_at or now if row.previous_digest else None
    changed = {"seen_at": now, "expires_at": expires_at, "arrived_at": arrived_at}
    Session.update(**changed).where(Session.id == row.id, Session.digest == row.digest).execute()
