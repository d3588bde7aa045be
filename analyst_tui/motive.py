"""Opening what may not be one's own work: when core wants a reason, it is asked for by one key and the work is done with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar, cast

from analyst_tui.background import Node, ask
from core.errors import NeedsReason, Problem
from core.people.views import Staff

if TYPE_CHECKING:
    from analyst_tui.desk import DeskApp
    from core.tickets.looks import Reason
    from core.tickets.views import TicketSheet

T = TypeVar("T")


def reach(
    node: Node, group: str, work: Callable[[Staff, Reason | None], T], then: Callable[[T], object], quiet: bool = False
) -> None:
    """Do work that reads somebody's file in the name of whoever is signed in, and ask what for where that is wanted."""
    desk = cast("DeskApp", node.app)

    def refused(problem: Problem) -> None:
        if isinstance(problem, NeedsReason):
            ask_why(desk, again)
        else:
            desk.say(problem.message, alarm=True)

    def again(reason: Reason | None) -> None:
        if reason is not None and node.is_running:
            ask(node, group, lambda me: work(me, reason), then, quiet=quiet, leads=not quiet)

    ask(node, group, lambda me: work(me, None), then, refused, quiet, leads=not quiet)


def ask_why(desk: DeskApp, then: Callable[[Reason | None], object]) -> None:
    """Put the question before whoever sits here, once."""
    from analyst_tui.screens.reason import ReasonScreen

    if not isinstance(desk.screen, ReasonScreen):
        desk.push_screen(ReasonScreen(), then)


def preview(actor: Staff, ticket_id: int) -> TicketSheet | None:
    """A ticket for the place beside the list; None for what is not their own work."""
    from core.tickets import sheets

    try:
        return sheets.preview(actor, ticket_id)
    except NeedsReason:
        return None
