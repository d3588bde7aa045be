"""What services tell about letters."""

from __future__ import annotations

from dataclasses import dataclass

from core.language import noted

FATES = {"queued": noted("en cola"), "sent": noted("entregada al servidor"), "failed": noted("rebotó")}


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
    read_at: int | None

    @property
    def fate(self) -> str:
        """What became of it, in words."""
        return FATES[self.state]

    @property
    def came_back(self) -> bool:
        """Whether it never arrived in the mailbox."""
        return self.state == "failed"


@dataclass(frozen=True, slots=True)
class Inbox:
    """How many letters an account has got."""

    total: int
    unread: int
    came_back: int
    """Unread ones that the account's present mailbox did not take."""
