"""Links in letters: signed, for one purpose, used once. Use is marked on the row, not on the token's spelling."""

from __future__ import annotations

from typing import Literal

from core import clock, tokens
from core.database.binding import reads, writes
from core.database.prepared import Prepared, columns_of, insert, row_of, slot
from core.people.models import Link

Standing = Literal["valid", "used", "expired", "invalid"]

LIFETIMES = {
    "validation": 24 * 3600,
    "password": 3600,
    "email_old": 24 * 3600,
    "email_new": 24 * 3600,
    "hand_over": 7 * 24 * 3600,
    "claveunica": 24 * 3600,
}


@writes
def create(purpose: str, account_id: int, visitor: str = "", subject_id: int | None = None) -> str:
    """A token for a link; earlier unused ones of the same purpose and account stay valid until one is used."""
    nonce = tokens.random_token()
    row_id = insert(
        Link,
        purpose=purpose,
        account_id=account_id,
        nonce=tokens.digest(nonce),
        visitor=visitor,
        created_at=clock.now(),
        subject_id=subject_id,
    )
    return tokens.issue(purpose, [row_id, nonce])


@reads
def standing(purpose: str, token: str) -> Standing:
    """What the link is worth at this moment."""
    return find(purpose, token)[0]


@reads
def find(purpose: str, token: str) -> tuple[Standing, Link | None]:
    """The link's standing and its row, when the token is ours."""
    try:
        payload = tokens.read(purpose, tokens.trimmed(token), LIFETIMES[purpose])
        expired = False
    except tokens.Expired as old:
        payload, expired = old.payload, True
    found = None if payload is None else _OF_PURPOSE.first(link=payload[0], purpose=purpose)
    row = None if found is None else row_of(Link, found)
    if row is None or row.nonce != tokens.digest(payload[1]):
        return "invalid", None
    if row.used_at is not None:
        return "used", row
    return ("expired" if expired else "valid"), row


@writes
def use(row: Link) -> bool:
    """Use a link up, and with it all the account's links of that purpose; False when somebody was faster."""
    won = _USE.count(link=row.id, now=clock.now())
    kill(row.purpose, row.account_id)
    return bool(won)


@writes
def kill(purpose: str, account_id: int) -> None:
    """Make all links of a purpose worthless, because what they were for has changed."""
    _KILL.count(account=account_id, purpose=purpose, now=clock.now())


_OF_PURPOSE = Prepared(
    lambda: Link.select(*columns_of(Link)).where(Link.id == slot("link"), Link.purpose == slot("purpose")),
)
_USE = Prepared(lambda: Link.update(used_at=slot("now")).where(Link.id == slot("link"), Link.used_at.is_null()))
_KILL = Prepared(
    lambda: Link.update(used_at=slot("now")).where(
        Link.account == slot("account"), Link.purpose == slot("purpose"), Link.used_at.is_null()
    )
)
