"""What services tell about letters."""

from __future__ import annotations

from dataclasses import dataclass

from core.language import noted

FATES = {
    "queued": noted("en cola"),
    "later": noted("aplazada por el servidor, se intenta otra vez"),
    "sent": noted("entregada al servidor"),
    "failed": noted("rebotó"),
}
"""What became of a letter: it waits, was put off, was taken by the mail server, or was refused for good."""


def fate_of(state: str, error: str) -> str:
    """One of `FATES`: a letter that waits after a refusal was put off."""
    return "later" if state == "queued" and error else state


@dataclass(frozen=True, slots=True)
class Attachment:
    """A text file that goes along with a letter; its type is `text/…`, with parameters if it has any (RFC 2045)."""

    name: str
    type: str
    text: str


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter to a person, as readable in the portal as in the mailbox."""

    id: int
    kind: str
    subject: str
    body: str
    address: str
    ticket_id: int | None
    queued_at: int
    sent_at: int | None
    state: str
    fate: str
    """One of `FATES`."""
    read_at: int | None

    @property
    def came_back(self) -> bool:
        """Whether it never arrived in the mailbox."""
        return self.state == "failed"


@dataclass(frozen=True, slots=True)
class Sent:
    """A letter about a ticket without its text: what it is, and what became of it."""

    id: int
    kind: str
    subject: str
    queued_at: int
    fate: str
    """One of `FATES`."""
    sent_at: int | None
    read_at: int | None
    """When it was read in the portal."""
    message_id: int | None
    """What it carries of the conversation."""


@dataclass(frozen=True, slots=True)
class Inbox:
    """How many letters an account has got."""

    total: int
    unread: int
    came_back: int
    """Unread ones that the account's present mailbox did not take."""
