"""The real program with somebody who writes: what stands on its screen, in the database and on this machine."""

from __future__ import annotations

from collections.abc import Callable

from core.people.views import Staff
from core.tickets import sheets
from core.tickets.answers import drawer
from tests.harness import cast
from tests.harness.processes import wait_until
from tests.harness.terminal import Terminal


def draft_of(folio: str, member: Staff) -> str:
    """The answer that is kept in the database."""
    return sheets.open_sheet(member, cast.row_of(folio, member).id).answer_draft


def files_of(member: Staff) -> list[str]:
    """The drafts that lie on this machine."""
    return [draft.body for draft in drawer.of_staff(member.id)]


def soon(terminal: Terminal, true: Callable[[], object], what: str) -> None:
    """Wait until something holds, reading what the program paints meanwhile."""

    def holds() -> object:
        terminal.settle(0.02, 0.1)
        return true()

    wait_until(holds, what, seconds=45)


def begin_answer(terminal: Terminal, folio: str) -> None:
    terminal.wait(folio)
    terminal.press("r", "Respuesta a la persona")
    terminal.settle()
