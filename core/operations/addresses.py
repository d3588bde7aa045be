"""A new e-mail address, followed through everything that goes by it."""

from __future__ import annotations

from core.database import fulltext
from core.database.binding import writes
from core.people import email_changes
from core.people.email_changes import Confirmation
from core.text import words
from core.tickets import finding
from core.tramites import history


@writes
def confirm(token: str) -> Confirmation:
    """Confirm a change of address; once both sides have, trámites and search follow. Raises `NotFound`, `Conflict`."""
    confirmation = email_changes.confirm(token)
    if confirmation.progress == "done":
        history.move(confirmation.old_email, confirmation.new_email)
        finding.index_again(confirmation.account_id)
        fulltext.unlearn(words(confirmation.old_email))
    return confirmation
