"""What the screens ask of core about one's own drafts: like all of the feed, in a thread, imported when first used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.people.views import Staff

if TYPE_CHECKING:
    from core.tickets.views import Version


def recovered(actor: Staff) -> tuple[str, ...]:
    """The folios whose drafts came back from files of this machine."""
    from core.tickets.answers import recovering

    return recovering.bring_back(actor)


def versions(actor: Staff, ticket_id: int, kind: str) -> tuple[Version, ...]:
    """What one's draft said before."""
    from core.tickets.answers import versions

    return versions.of(actor, ticket_id, kind)
