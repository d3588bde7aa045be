"""The next ticket: plazo and NNA first, then whoever is nearest to missing the date, and never one that is not to be had."""

from __future__ import annotations

from contextlib import nullcontext
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core import clock
from core.database.binding import db
from core.errors import NotAllowed
from core.people import models as people
from core.people import staff
from core.people.account_views import Account
from core.people.views import Staff
from core.tickets import desk, notices, opening
from core.tickets.answers import holding
from core.tickets.lists import queue
from core.tickets.lists.views import TicketRow
from core.tickets.models import Ticket
from tests.harness import cast

TEXT = "Tu solicitud avanza: no tienes que hacer nada."


pytestmark = pytest.mark.usefixtures("database")


ROUTES = ("normal", "plazo", "nna", "reservada", "datos")
DAYS = (20261120, 20261127, 20261201)
some_tickets = st.lists(
    st.fixed_dictionaries(
        {
            "route": st.sampled_from(ROUTES),
            "own_term": st.booleans(),
            "due_on": st.sampled_from(DAYS),
            "state": st.sampled_from(("ingresado", "ingresado", "en_espera")),
            "taken": st.booleans(),
        }
    ),
    min_size=6,
    max_size=6,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(tickets=some_tickets, rights=st.sets(st.sampled_from(("nna", "reservada", "datos"))))
def test_tickets_come_by_urgency_then_date_then_age_and_only_those_one_may_have(
    six_tickets: list[int], me: Staff, colleague: Staff, tickets: list[dict[str, Any]], rights: set[str]
) -> None:
    with db.connection_context() if db.is_closed() else nullcontext(), db.atomic() as whole:
        people.Staff.update(rights=",".join(sorted(rights))).where(people.Staff.id == me.id).execute()
        for ticket_id, told in zip(six_tickets, tickets, strict=True):
            _tell(ticket_id, told, colleague)
        taken = [desk.take_next(me) for _ in range(7)]
        whole.rollback()
    free = [
        (not (told["own_term"] or told["route"] in ("plazo", "nna")), told["due_on"], ticket_id)
        for ticket_id, told in zip(six_tickets, tickets, strict=True)
        if told["route"] in {"normal", "plazo", *rights} and told["state"] == "ingresado" and not told["taken"]
    ]
    expected = [ticket_id for *_, ticket_id in sorted(free)]
    assert taken == expected + [None] * (7 - len(expected))


def _tell(ticket_id: int, told: dict[str, Any], colleague: Staff) -> None:
    urgent = told["own_term"] or told["route"] in opening.URGENT_ROUTES
    columns = {name: told[name] for name in ("route", "due_on", "state")}
    assignee = colleague.id if told["taken"] else None
    Ticket.update(**columns, urgency=0 if urgent else 1, assignee=assignee).where(Ticket.id == ticket_id).execute()


@pytest.fixture
def six_tickets(me: Staff) -> list[int]:
    return [cast.row_of(cast.ticket(), me).id for _ in range(6)]


@pytest.mark.parametrize("how", ["plazo", "nna", "own term"])
def test_what_goes_first_is_urgent_however_it_came_to_be_so(me: Staff, how: str) -> None:
    me = cast.analyst(rights=("nna",))
    cast.ticket()
    clock.advance(3 * 86_400)
    owner = cast.child() if how == "nna" else cast.account()
    urgent = {"materia": "rt", "categoria": "rt-rechazo", "fecha_notificacion": "25-11-2026"} if how == "plazo" else {}
    folio = cast.ticket(owner, **urgent)
    if how == "own term":
        notices.mark(owner, folio, {notices.WHAT: notices.kinds()[0].id, "fecha_notificacion": "25-11-2026"})
    me = staff.begin(me.id)[1]
    assert desk.take_next(me) == cast.row_of(folio, me).id


# and after an answer


def test_sending_takes_the_next_ticket_in_the_same_step(ticket: TicketRow, me: Staff) -> None:
    second = cast.row_of(cast.ticket(), me)
    onward = holding.hold_and_take_next(me, ticket.id, ticket.version, TEXT, "llave")
    assert onward.held is not None
    assert (onward.held.folio, onward.next_id, onward.why_none) == (ticket.folio, second.id, "")
    assert cast.row_of(second.folio, me).assignee_name == "Ana Rojas"


def test_what_is_sent_again_leads_to_the_same_next_ticket(ticket: TicketRow, me: Staff) -> None:
    for _ in range(2):
        cast.ticket()
    first, repeated = (holding.hold_and_take_next(me, ticket.id, ticket.version, TEXT, "llave") for _ in range(2))
    assert first == repeated
    assert queue.counts(me).unassigned == 1


def test_without_a_next_ticket_the_answer_is_held_all_the_same(ticket: TicketRow, me: Staff) -> None:
    onward = holding.hold_and_take_next(me, ticket.id, ticket.version, TEXT, "llave")
    assert (onward.held is not None, onward.next_id, onward.why_none) == (True, None, "")


def test_what_is_on_hold_does_not_count_for_the_cap(owner: Account) -> None:
    me = cast.analyst(cap=1)
    ticket = cast.row_of(cast.ticket(owner), me)
    for _ in range(2):
        cast.ticket()
    onward = holding.hold_and_take_next(me, ticket.id, ticket.version, TEXT, "llave")
    assert onward.next_id is not None
    with pytest.raises(NotAllowed, match="tu tope"):
        desk.take_next(me)


def test_at_the_cap_the_answer_is_held_and_the_reason_is_told(owner: Account) -> None:
    me = cast.analyst(cap=1)
    desk.claim(me, cast.row_of(cast.ticket(), me).id)
    ticket = cast.row_of(cast.ticket(owner), me)
    cast.ticket()
    onward = holding.hold_and_take_next(me, ticket.id, ticket.version, TEXT, "llave")
    assert onward.held is not None
    assert "tu tope" in onward.why_none


def test_taking_the_next_never_gives_a_ticket_with_a_held_answer(ticket: TicketRow, me: Staff, colleague: Staff) -> None:
    holding.hold(me, ticket.id, ticket.version, TEXT, "llave")
    assert desk.take_next(colleague) is None
    assert desk.take_next(me) is None
