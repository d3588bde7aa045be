"""One thing done to many tickets: looked at first, then each in a transaction of its own, as it was read or not at all."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from core import clock
from core.database.binding import reads, unlocked, writes
from core.errors import Conflict, Invalid, Problem, TryLater
from core.people import policy
from core.people.staff import current
from core.people.views import Staff
from core.tickets import impartial, sheets, terms
from core.tickets.access import visible_ticket
from core.tickets.lists.views import TicketRow
from core.tickets.many.actions import ACTIONS, Action, Fields
from core.tickets.many.models import MOST, Batch
from core.tickets.many.views import Batched, Outcome, Planned
from core.tickets.models import Ticket
from core.tickets.records import record, rows_by_id
from core.tickets.views import NO_CLOCK


@reads
def preview(actor: Staff, code: str, ticket_ids: Sequence[int], fields: Fields) -> tuple[Planned, ...]:
    """What an action would do to each of these tickets now, in their order, and why it would not."""
    me, action = current(actor), ACTIONS[code]
    policy.require(me, action.verb)
    _refuse_too_many(ticket_ids)
    tickets = {row.id: row for row in Ticket.select().where(Ticket.id.in_(list(ticket_ids)))}
    rows = impartial.others_of(me, (row for row in rows_by_id(list(ticket_ids)) if row.route in policy.visible_routes(me)))
    return tuple(Planned(row, _why_not(me, action, row, tickets[row.id], fields)) for row in rows)


@unlocked
def carry_out(
    actor: Staff, code: str, plan: Sequence[Planned], fields: Fields, go_on: Callable[[int], bool] = lambda done: True
) -> Outcome:
    """Do it to those of a plan to which it can be done, one after the other, until `go_on` (told how many are done) says no.

    A ticket that changed meanwhile is left as it is. When the database goes away it ends with a true account.
    """
    wanted = [(planned.row.id, planned.row.version) for planned in plan if not planned.why_not]
    done: list[int] = []
    refused: dict[int, str] = {}
    batch_id, trouble = begin(actor, code, len(wanted)), ""
    for ticket_id, version in wanted:
        if not go_on(len(done)):
            break
        try:
            step(actor, batch_id, ticket_id, version, fields)
            done.append(ticket_id)
        except TryLater as reason:
            trouble = reason.message
            break
        except Problem as reason:
            refused[ticket_id] = reason.message
    touched = {*done, *refused}
    if not trouble:
        end(actor, batch_id)
    left = tuple(ticket_id for ticket_id, _version in wanted if ticket_id not in touched)
    return Outcome(batch_id, tuple(done), refused, left, trouble)


@writes
def begin(actor: Staff, code: str, wanted: int) -> int:
    """Leave that somebody begins to do this to so many tickets; the batch's id."""
    me, action = current(actor), ACTIONS[code]
    policy.require(me, action.verb)
    if not 1 <= wanted <= MOST:
        raise Invalid({"tickets": f"Elige entre 1 y {MOST} tickets a los que se les pueda hacer."})
    return int(Batch.insert(staff=me.id, verb=code, at=clock.now(), wanted=wanted, done=0).execute())


@writes
def step(actor: Staff, batch_id: int, ticket_id: int, version: int, fields: Fields) -> None:
    """Do a batch's action to one ticket, if it is as it was read: the change, its event and the count at once."""
    me = current(actor)
    batch = Batch.get_or_none(Batch.id == batch_id, Batch.staff == me.id, Batch.ended_at.is_null())
    if batch is None:
        raise Conflict("Esta tanda ya terminó: empieza otra.")
    action = ACTIONS[batch.verb]
    ticket = visible_ticket(me, ticket_id, action.verb)
    if ticket.version != version:
        raise Conflict("cambió mientras tanto", ticket.folio)
    action.run(me, ticket_id, version, fields, f"tanda {batch_id} {ticket_id}")
    record(ticket_id, "tanda", me.id, str(batch_id))
    Batch.update(done=Batch.done + 1).where(Batch.id == batch_id).execute()


@writes
def end(actor: Staff, batch_id: int) -> None:
    """Leave that a batch is over, whole or not."""
    Batch.update(ended_at=clock.now()).where(Batch.id == batch_id, Batch.staff == actor.id, Batch.ended_at.is_null()).execute()


@reads
def account(actor: Staff, batch_id: int) -> Batched:
    """What a batch has done until now, as the database knows it; raises `Conflict` when it is not one's own."""
    row = Batch.get_or_none(Batch.id == batch_id, Batch.staff == current(actor).id)
    if row is None:
        raise Conflict("Esa tanda no es tuya.")
    return Batched(row.verb, row.at, row.wanted, row.done, row.ended_at)


def _refuse_too_many(ticket_ids: Sequence[int]) -> None:
    if len(ticket_ids) > MOST:
        raise Invalid({"tickets": f"Son {MOST} tickets a lo más de una vez."})


def _why_not(me: Staff, action: Action, row: TicketRow, ticket: Ticket, fields: Fields) -> str:
    told = terms.clock_of(ticket) if action.verb == "extend" else NO_CLOCK
    can = sheets.possibilities(me, row, told, impartial.why_not(ticket, me))
    return can[action.verb] or action.why_not(me, ticket, fields)
