"""The outbox: letters are written in the transaction of what causes them, and delivered later."""

from __future__ import annotations

from email.utils import parseaddr
from typing import Any

from peewee import fn

from core import clock
from core.database.binding import reads, writes
from core.database.prepared import Prepared, insert, slot
from core.errors import NotFound
from core.language import _
from core.mail import letters, models
from core.mail.views import Attachment, Inbox, Letter, Sent, fate_of
from core.tokens import random_token

UNKEPT = frozenset({"data-erased"})
"""Letters to somebody of whom nothing is kept: once delivered, or given up, neither words nor address stay."""
KEYS = frozenset(
    {
        *("validation", "password", "email-change-old", "email-change-new", "email-change-proven"),
        *("claveunica-new", "claveunica-link"),
    }
)
"""Letters whose link proves who holds the mailbox: they are read there and nowhere else."""

_base_url = ""
_domain = "localhost"
_sender = "no-responder@localhost"


def configure(base_url: str, mail_from: str) -> None:
    """Where links lead, who writes and which domain names the letters; the composition root calls it once."""
    global _base_url, _domain, _sender
    _base_url = base_url
    _sender = parseaddr(mail_from)[1]
    _domain = _sender.partition("@")[2] or "localhost"


def link(path: str) -> str:
    """An own path as an absolute address, for a letter."""
    return _base_url + path


def sender() -> str:
    """The address that letters come from."""
    return _sender


def new_id() -> str:
    """A name that nothing else in the world has, under the domain of our letters."""
    return f"{random_token()}@{_domain}"


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
    subject, body = composed(kind, language, {"folio": folio, **values})
    now = clock.now()
    return insert(
        models.Letter,
        kind=kind,
        account_id=account_id,
        ticket_id=ticket_id,
        message_id=f"<{new_id()}>",
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


def composed(kind: str, language: str, values: dict[str, str]) -> tuple[str, str]:
    """Subject and text of a letter, as `write` puts them into the outbox."""
    return letters.compose(kind, language, values)


@writes
def attach(letter_id: int, attachment: Attachment) -> None:
    """Let a file go along with a letter, inside the transaction that writes the letter."""
    columns = {"attachment_name": attachment.name, "attachment_type": attachment.type, "attachment": attachment.text}
    models.Letter.update(**columns).where(models.Letter.id == letter_id).execute()


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
def inbox(account_id: int, start: int = 0, limit: int = 20) -> tuple[Letter, ...]:
    """The letters that an account reads in the portal, newest first: all but those of `KEYS`."""
    rows = models.Letter.select().where(_readable(account_id)).order_by(models.Letter.id.desc())
    return tuple(_view(row) for row in rows.offset(start).limit(limit))


@reads
def inbox_counts(account_id: int, address: str) -> Inbox:
    """How many letters there are to read in the portal, and how many of them this address did not take."""
    unread = models.Letter.read_at.is_null()
    came_back = unread & (models.Letter.state == "failed") & (models.Letter.address == address)
    counted = [fn.COUNT(models.Letter.id), *(fn.COUNT(models.Letter.id).filter(which) for which in (unread, came_back))]
    return Inbox(*models.Letter.select(*counted).where(_readable(account_id)).tuples().get())


@writes
def mark_read(account_id: int, letter_id: int) -> None:
    """Keep that somebody has read a letter in the portal; the first time counts."""
    theirs = _readable(account_id) & (models.Letter.id == letter_id) & models.Letter.read_at.is_null()
    models.Letter.update(read_at=clock.now()).where(theirs).execute()


@writes
def hand_on(ticket_ids: list[int], account_id: int) -> None:
    """Let the letters about these tickets belong to another account, whose tickets they are now."""
    models.Letter.update(account_id=account_id).where(models.Letter.ticket_id.in_(ticket_ids)).execute()


@writes
def hand_on_all(former_id: int, account_id: int) -> None:
    """Let all letters of an account belong to another one of the same person."""
    models.Letter.update(account_id=account_id).where(models.Letter.account_id == former_id).execute()


def _readable(account_id: int) -> Any:
    return (models.Letter.account_id == account_id) & models.Letter.kind.not_in(sorted(KEYS))


@reads
def letter_of(account_id: int, letter_id: int) -> Letter:
    """One letter that an account reads in the portal; raises `NotFound`."""
    row = models.Letter.get_or_none(models.Letter.id == letter_id, _readable(account_id))
    if row is None:
        raise NotFound(_("No encontramos esa carta."))
    return _view(row)


@writes
def mark_shown(account_id: int, ticket_id: int) -> None:
    """Keep that somebody has read in the portal what letters carry of a ticket's conversation."""
    shown = (models.Letter.ticket_id == ticket_id) & models.Letter.conversation_message_id.is_null(False)
    theirs = (models.Letter.account_id == account_id) & models.Letter.read_at.is_null()
    models.Letter.update(read_at=clock.now()).where(shown, theirs).execute()


@reads
def about(ticket_id: int) -> tuple[Sent, ...]:
    """What became of every letter about a ticket, oldest first."""
    return tuple(
        Sent(row_id, kind, subject, queued_at, fate_of(state, error), sent_at, read_at, message_id)
        for row_id, kind, subject, queued_at, state, error, sent_at, read_at, message_id in _ABOUT(ticket=ticket_id)
    )


_ABOUT = Prepared(
    lambda: (
        models.Letter.select(
            models.Letter.id,
            models.Letter.kind,
            models.Letter.subject,
            models.Letter.queued_at,
            models.Letter.state,
            models.Letter.error,
            models.Letter.sent_at,
            models.Letter.read_at,
            models.Letter.conversation_message_id,
        )
        .where(models.Letter.ticket_id == slot("ticket"))
        .order_by(models.Letter.id)
    )
)


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
        fate=fate_of(row.state, row.error),
        read_at=row.read_at,
    )


@writes
def detach(account_ids: list[int]) -> None:
    """Let the letters to these accounts belong to nobody; those not yet delivered are withdrawn."""
    theirs = models.Letter.account_id.in_(account_ids)
    models.Letter.delete().where(theirs, models.Letter.state == "queued").execute()
    models.Letter.update(account_id=None, address="", body="", error="", attachment=None).where(theirs).execute()
