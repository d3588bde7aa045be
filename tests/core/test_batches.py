"""One thing done to many tickets: seen before it happens, done to each as it was read, and told truly afterwards."""

from __future__ import annotations

import pytest

from core.errors import Invalid, NotAllowed, TryLater
from core.mail.models import Letter
from core.people.account_views import Account
from core.people.views import Staff
from core.tickets import desk, sheets
from core.tickets.asides import tags
from core.tickets.lists.views import TicketRow
from core.tickets.many import batches
from core.tickets.many.actions import ACTIONS
from core.tickets.many.models import MOST
from core.tickets.many.views import Outcome, Planned
from tests.harness import cast
from tests.harness.crowd import at_once


@pytest.fixture
def boss(database: str) -> Staff:
    return cast.analyst("Eva Díaz", "supervisor")


@pytest.fixture
def rows(me: Staff) -> list[TicketRow]:
    return [cast.row_of(cast.ticket(), me) for _ in range(3)]


def plan(me: Staff, code: str, rows: list[TicketRow], **fields: str) -> tuple[Planned, ...]:
    return batches.preview(me, code, [row.id for row in rows], fields)


def do(me: Staff, code: str, rows: list[TicketRow], **fields: str) -> Outcome:
    return batches.carry_out(me, code, plan(me, code, rows, **fields), fields)


def now(me: Staff, rows: list[TicketRow]) -> list[TicketRow]:
    return [sheets.open_sheet(me, row.id, cast.REASON).row for row in rows]


def test_the_preview_changes_nothing_and_says_what_would_not_change(me: Staff, colleague: Staff, rows: list[TicketRow]) -> None:
    desk.claim(colleague, rows[0].id)
    desk.reply(me, rows[1].id, rows[1].version, "Sí, puedes pedirla mañana.", "k")
    before = now(me, rows)
    assert [each.why_not for each in plan(me, "asignarme", rows)] == ["lo tiene Luis Soto", "ya no está abierto", ""]
    assert now(me, rows) == before


def test_each_ticket_is_changed_by_its_own_verb_with_an_event_that_names_the_batch(me: Staff, rows: list[TicketRow]) -> None:
    outcome = do(me, "asignarme", rows)
    assert outcome.done == tuple(row.id for row in rows)
    assert {row.assignee_id for row in now(me, rows)} == {me.id}
    told = [(event.kind, event.code) for event in sheets.open_sheet(me, rows[0].id, cast.REASON).events]
    assert told[-2:] == [("asignado", ""), ("tanda", str(outcome.batch_id))]
    known = batches.account(me, outcome.batch_id)
    assert (known.verb, known.wanted, known.done, known.ended_at is None) == ("asignarme", 3, 3, False)


def test_what_changed_since_the_preview_is_left_and_told(me: Staff, colleague: Staff, rows: list[TicketRow]) -> None:
    seen = plan(me, "asignarme", rows)
    desk.claim(colleague, rows[1].id)
    outcome = batches.carry_out(me, "asignarme", seen, {})
    assert outcome.done == (rows[0].id, rows[2].id)
    assert outcome.refused == {rows[1].id: "cambió mientras tanto"}
    assert now(me, rows)[1].assignee_id == colleague.id


def test_while_a_colleague_claims_every_ticket_is_one_persons(me: Staff, colleague: Staff, rows: list[TicketRow]) -> None:
    seen = plan(me, "asignarme", rows)
    batch, *_claims = at_once(
        [
            lambda: batches.carry_out(me, "asignarme", seen, {}),
            *[lambda row=row: desk.claim(colleague, row.id) for row in reversed(rows)],  # type: ignore[misc]
        ]
    )
    assert isinstance(batch, Outcome)
    owners = {row.id: row.assignee_id for row in now(me, rows)}
    assert {ticket_id for ticket_id, owner in owners.items() if owner == me.id} == set(batch.done)
    assert set(owners.values()) <= {me.id, colleague.id}
    assert set(batch.done) | set(batch.refused) == {row.id for row in rows}


def test_it_stops_when_told_and_says_what_is_left(me: Staff, rows: list[TicketRow]) -> None:
    outcome = batches.carry_out(me, "asignarme", plan(me, "asignarme", rows), {}, lambda done: done < 2)
    assert outcome.done == (rows[0].id, rows[1].id)
    assert outcome.left == (rows[2].id,)
    assert batches.account(me, outcome.batch_id).done == 2


def test_a_lost_database_ends_it_with_a_true_account(me: Staff, rows: list[TicketRow], monkeypatch: pytest.MonkeyPatch) -> None:
    whole, steps = batches.step, []

    def failing(*told: object) -> None:
        steps.append(told)
        if len(steps) == 2:
            raise TryLater("La base de datos no responde.")
        whole(*told)  # type: ignore[arg-type]

    monkeypatch.setattr(batches, "step", failing)
    outcome = do(me, "asignarme", rows)
    assert (outcome.done, outcome.left) == ((rows[0].id,), (rows[1].id, rows[2].id))
    assert outcome.trouble == "La base de datos no responde."
    assert batches.account(me, outcome.batch_id).done == 1


def test_a_step_that_fails_changes_neither_the_ticket_nor_the_count(me: Staff, rows: list[TicketRow]) -> None:
    fields = {"dias": "99", "texto": "porque sí"}
    forced = tuple(Planned(row, "") for row in rows)
    outcome = batches.carry_out(me, "ampliar", forced, fields)
    assert (outcome.done, len(outcome.refused)) == ((), 3)
    assert batches.account(me, outcome.batch_id).done == 0
    assert now(me, rows) == rows


def test_only_supervisors_hand_tickets_to_others(me: Staff, boss: Staff, colleague: Staff, rows: list[TicketRow]) -> None:
    with pytest.raises(NotAllowed):
        plan(me, "asignar", rows, analista=str(colleague.id))
    desk.claim(colleague, rows[0].id)
    outcome = do(boss, "asignar", rows, analista=str(colleague.id))
    assert outcome.done == (rows[1].id, rows[2].id)
    assert {row.assignee_name for row in now(me, rows)} == {"Luis Soto"}
    assert [each.why_not for each in plan(boss, "asignar", rows, analista=str(colleague.id))] == ["ya lo tiene Luis Soto"] * 3


def test_nobody_is_handed_what_they_may_not_see(boss: Staff, colleague: Staff) -> None:
    with_child = cast.analyst("Iris Paz", "supervisor", ("nna",))
    owner = cast.child()
    row = cast.row_of(cast.ticket(owner), with_child)
    (planned,) = plan(with_child, "asignar", [row], analista=str(colleague.id))
    assert planned.why_not == "Luis Soto no puede ver los de esa ruta"
    assert plan(boss, "asignar", [row], analista=str(colleague.id)) == ()


def test_releasing_extending_deriving_and_closing_many(me: Staff, rows: list[TicketRow]) -> None:
    do(me, "asignarme", rows)
    assert len(do(me, "soltar", rows[:1]).done) == 1
    assert len(do(me, "ampliar", rows, dias="3", texto="Falta un informe.").done) == 3
    derived = do(me, "derivar", rows[1:2], organismo="Registro Civil", texto="Ve ahí.")
    assert len(derived.done) == 1
    desk.reply(me, rows[2].id, now(me, rows)[2].version, "Sí, puedes pedirla mañana.", "k")
    closed = do(me, "cerrar", rows, motivo="oficina")
    assert closed.done == (rows[2].id,)
    assert [row.state for row in now(me, rows)] == ["ingresado", "derivado", "cerrado"]


def test_a_tag_goes_on_those_that_do_not_have_it(me: Staff, rows: list[TicketRow]) -> None:
    tags.add(me, rows[0].id, "Paro")
    assert [each.why_not for each in plan(me, "etiquetar", rows, etiqueta="paro")] == ["ya la lleva", "", ""]
    with pytest.raises(Invalid):
        plan(me, "etiquetar", rows, etiqueta=" ")
    assert len(do(me, "etiquetar", rows, etiqueta="paro").done) == 2
    assert {tags.of_ticket(row.id) for row in rows} == {("Paro",)}


def test_everybody_gets_a_letter_of_their_own(me: Staff, rows: list[TicketRow]) -> None:
    do(me, "ampliar", rows, dias="2", texto="Falta un informe.")
    from core.database.binding import reads

    addresses = reads(lambda: [letter.address for letter in Letter.select().where(Letter.kind == "extension")])()
    assert len(set(addresses)) == 3


def test_more_than_can_be_done_at_once_is_refused_in_words(me: Staff) -> None:
    with pytest.raises(Invalid, match=str(MOST)):
        batches.preview(me, "asignarme", list(range(1, MOST + 2)), {})
    with pytest.raises(Invalid):
        batches.carry_out(me, "asignarme", (), {})


def test_blocked_data_stay_as_they_are(me: Staff, rows: list[TicketRow]) -> None:
    from core.operations.rights import blocking

    owner: Account = cast.account()
    row = cast.row_of(cast.ticket(owner), me)
    blocking.block(owner)
    assert plan(me, "asignarme", [row])[0].why_not == "datos bloqueados"


@pytest.mark.parametrize("code", ACTIONS)
def test_every_action_asks_whether_it_may(code: str, sqlite_database: str) -> None:
    """A new line in the table fails here when its verb is no line of the policy or no possibility of a ticket."""
    boss = cast.analyst("Eva Díaz", "supervisor")
    row = cast.row_of(cast.ticket(), boss)
    assert ACTIONS[code].verb in sheets.open_sheet(boss, row.id, cast.REASON).can
    assert ACTIONS[code].code == code
    assert ACTIONS[code].words
    assert ACTIONS[code].becomes
