"""Staff of the service: adding, disabling, signing in at the terminal."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from core import clock, tokens
from core.database.binding import reads, unlocked, writes
from core.database.prepared import Prepared, columns_of, insert, row_of, slot
from core.errors import Conflict, Invalid, NotAllowed, NotFound
from core.people import passwords, policy, throttles
from core.people.emails import NotAnAddress, canonical
from core.people.models import Session
from core.people.models import Staff as StaffRow
from core.people.views import Staff
from core.text import clean_line, is_blank

SHIFT = 14 * 3600
DEFAULT_CAP = 20
HABITS = frozenset(("claro", "sin_color", "lineal", "sin_consejos"))
"""What somebody can prefer at the terminal: a light look, one without colours, the linear mode, no advice any more."""
_SIGNED_OUT = "Tu sesión terminó o tu cuenta fue desactivada: vuelve a ingresar."


@unlocked
def add_staff(name: str, role: str, email: str, password: str, rights: Iterable[str] = (), cap: int = DEFAULT_CAP) -> Staff:
    """A new member of staff; raises `Invalid`, or `Conflict` when the name is taken."""
    wanted = frozenset(right for right in rights if right)
    wrong = _complaints(name, role, email, password, wanted, cap)
    if wrong:
        raise Invalid(wrong)
    return _insert(clean_line(name), role, canonical(email), passwords.hash_password(password), wanted, cap)


def _complaints(name: str, role: str, email: str, password: str, rights: frozenset[str], cap: int) -> dict[str, str]:
    wrong = {}
    if is_blank(clean_line(name)) or len(name) > 80:
        wrong["name"] = "Escribe un nombre de entre 1 y 80 caracteres."
    if role not in policy.ROLES:
        wrong["role"] = f"El rol debe ser {', '.join(policy.ROLES)}."
    try:
        canonical(email)
    except NotAnAddress as reason:
        wrong["email"] = reason.message
    if rights - set(policy.RIGHTS):
        wrong["rights"] = f"Los derechos posibles son {', '.join(policy.RIGHTS)}."
    if not 1 <= cap <= 1000:
        wrong["cap"] = "El tope de tickets debe estar entre 1 y 1000."
    words = passwords.complaint(password, passwords.STAFF_MINIMUM, email)
    return wrong | ({"password": words} if words else {})


@writes
def _insert(name: str, role: str, email: str, password_hash: str, rights: frozenset[str], cap: int) -> Staff:
    if _row_by_name(name) is not None:
        raise Conflict(f"Ya hay alguien con el nombre «{name}»: elige otro.")
    kept = {"email": email, "password_hash": password_hash, "role": role, "rights": ",".join(sorted(rights)), "cap": cap}
    insert(StaffRow, name=name, created_at=clock.now(), **kept)
    return staff_view(_row_by_name(name))


@reads
def list_staff() -> tuple[Staff, ...]:
    """Everybody who can sign in at the terminal, and those who could."""
    return tuple(staff_view(row) for row in StaffRow.select().order_by(StaffRow.name))


@writes
def disable_staff(name: str) -> None:
    """End all sessions of a member of staff, who cannot sign in any more; raises `NotFound`."""
    row = StaffRow.get_or_none(StaffRow.name == clean_line(name))
    if row is None:
        raise NotFound(f"No hay nadie con el nombre «{clean_line(name)}»: mira ayuda staff list.")
    StaffRow.update(disabled_at=clock.now()).where(StaffRow.id == row.id).execute()
    Session.delete().where(Session.staff == row.id).execute()


@unlocked
def sign_in_staff(name: str, password: str) -> tuple[str, Staff]:
    """A session's token and who it belongs to; raises `Invalid` in the same words whatever is wrong."""
    known = clean_line(name)
    throttles.spend("staff_sign_in", known)
    row = _row_by_name(known)
    if not passwords.is_password(row.password_hash if row else None, password) or row is None or row.disabled_at:
        raise Invalid({"password": "El nombre o la contraseña no coinciden."})
    return begin(row.id)


@reads
def _row_by_name(name: str) -> Any:
    found = _BY_NAME.first(name=name)
    return None if found is None else row_of(StaffRow, found)


@writes
def begin(staff_id: int) -> tuple[str, Staff]:
    """A new session of somebody whose identity was proven in another way (a shell on the server)."""
    token, now = tokens.random_token(), clock.now()
    times = {"created_at": now, "seen_at": now, "expires_at": now + SHIFT}
    insert(Session, digest=tokens.digest(token), staff_id=staff_id, remembered=0, **times)
    return token, staff_of(token)


@reads
def staff_of(token: str) -> Staff:
    """Who a terminal's session belongs to; raises `NotAllowed` when it is over."""
    return _standing(_BY_TOKEN.first(digest=tokens.digest(token)))


@reads
def current(actor: Staff) -> Staff:
    """The actor as the database knows them now; raises `NotAllowed` when the session is over."""
    return _standing(_BY_ACTOR.first(session=actor.session_id, staff=actor.id))


def _in_session(condition: Any) -> Any:
    columns = (Session.id, Session.expires_at, *columns_of(StaffRow))
    return Session.select(*columns).join(StaffRow, on=(Session.staff == StaffRow.id)).where(condition)


_BY_NAME = Prepared(lambda: StaffRow.select(*columns_of(StaffRow)).where(StaffRow.name == slot("name")))
_BY_TOKEN = Prepared(lambda: _in_session(Session.digest == slot("digest")))
_BY_ACTOR = Prepared(lambda: _in_session((Session.id == slot("session")) & (Session.staff == slot("staff"))))


def _standing(found: tuple[Any, ...] | None) -> Staff:
    if found is None or found[1] <= clock.now():
        raise NotAllowed(_SIGNED_OUT)
    row = row_of(StaffRow, found[2:])
    if row.disabled_at is not None:
        raise NotAllowed(_SIGNED_OUT)
    return staff_view(row, found[0])


def staff_view(row: StaffRow, session_id: int | None = None) -> Staff:
    """Somebody of the service."""
    return Staff(
        id=row.id,
        name=row.name,
        email=row.email,
        role=row.role,
        rights=frozenset(row.rights.split(",")) - {""},
        cap=row.cap,
        disabled=row.disabled_at is not None,
        session_id=session_id,
        habits=frozenset(row.habits.split(",")) - {""},
    )


@writes
def keep_habits(actor: Staff, habits: Iterable[str]) -> None:
    """Remember what somebody prefers at the terminal, for the next time and wherever they sit down."""
    StaffRow.update(habits=",".join(sorted(HABITS.intersection(habits)))).where(StaffRow.id == actor.id).execute()


@writes
def sign_out(actor: Staff) -> None:
    """End a terminal's session."""
    Session.delete().where(Session.id == actor.session_id, Session.staff == actor.id).execute()
