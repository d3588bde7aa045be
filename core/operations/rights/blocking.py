"""Blocking: whoever's data are blocked can read and take them along, and nothing is done with them meanwhile."""

from __future__ import annotations

from core import clock, language
from core.database.binding import writes
from core.language import _
from core.mail import outbox
from core.operations.rights import requests, whose
from core.people.account_views import Account
from core.people.models import Account as AccountRow
from core.tickets import freezing


@writes
def block(account: Account) -> bool:
    """Freeze an account's data, and answer the requests that asked for it; False when they were blocked before."""
    return _turn(account, clock.now(), "bloqueado")


@writes
def unblock(account: Account) -> bool:
    """Let an account's data be treated again; False when they were not blocked."""
    return _turn(account, None, "desbloqueado")


def _turn(account: Account, blocked_at: int | None, mark: str) -> bool:
    mine = whose.hold(account.id)
    other_way = AccountRow.blocked_at.is_null(blocked_at is not None)
    changed = AccountRow.update(blocked_at=blocked_at).where(AccountRow.id == account.id, other_way).execute()
    if changed:
        freezing.mark(mine.ticket_ids, mark)
        with language.using(account.language):
            _tell(account, blocked_at is not None)
    return bool(changed)


def _tell(account: Account, blocked: bool) -> None:
    if not blocked:
        tell(account, _("Levantamos el bloqueo de tus datos: tus tickets siguen su curso."))
        return
    words = _("Bloqueamos tus datos: mientras dure, nada cambia en tus tickets. Puedes leer todo y descargarlo.")
    if not requests.reply_all(account.id, "bloqueo", "acogida", words):
        tell(account, words)


def tell(account: Account, words: str) -> None:
    """A letter about a change of the account's data."""
    outbox.write(
        "data-change",
        address=account.email,
        language=account.language,
        account_id=account.id,
        what=words,
        link=outbox.link("/mis-datos"),
    )
