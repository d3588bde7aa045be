"""The outbox: letters are written in the transaction of what causes them, and delivered later."""

from __future__ import annotations

from collections.abc import Iterable
from email.utils import parseaddr

from core import clock
from core.database.binding import reads, writes
from core.database.prepared import insert
from core.errors import NotFound
from core.language import _
from core.mail import letters, models
from core.mail.views import Letter
from core.tokens import random_token

UNKEPT = frozenset({"data-erased"})
"""Letters to somebody of whom nothing is kept: once delivered, or given up, neither words nor address stay."""

_base_url = ""
_domain = "localhost"


def configure(base_url: str, mail_from: str) -> None:
    """Where links lead and which domain names the letters; the composition root calls it once."""
    global _base_url, _domain
    _base_url = base_url
    _domain = parseaddr(mail_from)[1].partition("@")[2] or "localhost"


def link(path: str) -> str:
    """An own path as an absolute address, for a letter."""
    return _base_url + path


@writes
def write(
    kind: str,
    *,
    address: str,
    language: str,
    account_id: int | None = None,
    ticket_id: int | None = None,
    folio: str = "",
    automatic: bool = True,
    message_id: int | None = None,
    **values: str,
) -> int:
    """Put a letter into the outbox, inside the caller's transaction; its id.

    `values` fill the words of the letter; letters with a `folio` form one thread in the reader's mailbox;
    `message_id` is the answer in the conversation that the letter carries.
    """
    subject, body = letters.compose(kind, language, {"folio": folio, **values})
    now = clock.now()
    return insert(
        models.Letter,
        kind=kind,
        account_id=account_id,
        ticket_id=ticket_id,
        message_id=f"<{random_token()}@{_domain}>",
        address=address,
        language=language,
        subject=subject,
        body=body,
        thread=f"<{folio.lower()}@{_domain}>" if folio else "",
        automatic=automatic,
        queued_at=now,
        state="queued",
        attempts=0,
        next_try_at=now,
        error="",
        conversation_message_id=message_id,
    )


@reads
def letters_of(account_id: int, limit: int = 200) -> tuple[Letter, ...]:
    """The letters to an account, newest first."""
    rows = models.Letter.select().where(models.Letter.account_id == account_id)
    return tuple(_view(row) for row in rows.order_by(models.Letter.id.desc()).limit(limit))


@reads
def count_of(account_id: int) -> int:
    """How many letters an account has got."""
    return int(models.Letter.select().where(models.Letter.account_id == account_id).count())


@reads
def letter_of(account_id: int, letter_id: int) -> Letter:
    """One letter to an account; raises `NotFound`."""
    row = models.Letter.get_or_none(models.Letter.id == letter_id, models.Letter.account_id == account_id)
    if row is None:
        raise NotFound(_("No encontramos esa carta."))
    return _view(row)


@reads
def fates(message_ids: Iterable[int]) -> dict[int, str]:
    """What became of the letters that carry these messages of a conversation: message id → state."""
    wanted = models.Letter.conversation_message_id.in_(list(message_ids))
    rows = models.Letter.select(models.Letter.conversation_message_id, models.Letter.state).where(wanted)
    return {row.conversation_message_id: row.state for row in rows}


def _view(row: models.Letter) -> Letter:
    return Letter(
        id=row.id,
        kind=row.kind,
        subject=row.subject,
        body=row.body,
        address=row.address,
        ticket_id=row.ticket_id,
        queued_at=row.queued_at,
        sent_at=row.sent_at,
        state=row.state,
    )


@writes
def detach(account_ids: list[int]) -> None:
    """Let the letters to these accounts belong to nobody; those not yet delivered are withdrawn."""
    theirs = models.Letter.account_id.in_(account_ids)
    models.Letter.delete().where(theirs, models.Letter.state == "queued").execute()
    models.Letter.update(account_id=None, address="", body="", error="").where(theirs).execute()
