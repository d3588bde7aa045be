"""Two tickets of one person are one while they are joined, and exactly two again when they are parted."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from core import clock
from core.database.binding import db, writes
from core.errors import Conflict, NotAllowed, NotFound, Problem
from core.operations import verify
from core.operations.rights import blocking
from core.people import accounts, children
from core.people.account_views import Account
from core.people.views import Staff
from core.tickets import closing, desk, ending, opening, referring, sheets
from core.tickets.citizens import drafts, following, second
from core.tickets.lists.views import TicketRow
from core.tickets.many import merging
from core.tickets.models import Ticket
from tests.harness import cast
from tests.harness.crowd import at_once

_keys = count(1)


def given_up(owner: Account, me: Staff) -> TicketRow:
    folio = cast.ticket(owner, texto="Olvidé mi clave del trámite.")
    following.withdraw(owner, folio)
    return cast.row_of(folio, me)


def answered(owner: Account, me: Staff) -> TicketRow:
    row = cast.row_of(cast.ticket(owner), me)
    desk.reply(me, row.id, row.version, "Sí, puedes pedirla mañana.", f"answer {row.folio}")
    return cast.row_of(row.folio, me)


def still_open(owner: Account, me: Staff) -> TicketRow:
    return cast.row_of(cast.ticket(owner, texto="Escribo otra vez por lo mismo."), me)


def merge(me: Staff, one: TicketRow, other: TicketRow) -> merging.Pair:
    return merging.merge(me, (one.id, one.version), (other.id, other.version))


def again(row: TicketRow, me: Staff) -> TicketRow:
    return sheets.open_sheet(me, row.id, cast.REASON).row


def letters(owner: Account) -> list[str]:
    return [letter.kind for letter in cast.letters_to(owner.email)]


def test_the_later_ticket_goes_on_and_the_earlier_says_where(owner: Account, me: Staff) -> None:
    earlier, later = given_up(owner, me), still_open(owner, me)
    assert merge(me, later, earlier) == (earlier.folio, later.folio)
    assert again(earlier, me).state == "fusionado"
    assert again(later, me).state == "ingresado"
    told = following.ticket_of(owner, earlier.folio)
    assert (told.state, told.goes_on_in) == ("fusionado", later.folio)
    assert sheets.open_sheet(me, earlier.id, cast.REASON).goes_on_in == later.folio
    assert list(verify.verify()) == []


def test_whoever_opens_the_later_ticket_reads_both(owner: Account, me: Staff) -> None:
    earlier, later = given_up(owner, me), still_open(owner, me)
    desk.note(me, earlier.id, "solo para nosotros", "k")
    merge(me, earlier, again(later, me))
    (joined,) = sheets.open_sheet(me, later.id, cast.REASON).joined
    assert [message.kind for message in joined.messages] == ["persona", "nota"]
    read = following.ticket_of(owner, later.folio)
    assert [message.body for message in read.messages] == ["Olvidé mi clave del trámite.", "Escribo otra vez por lo mismo."]
    assert read.joined == (earlier.folio,)


def test_the_person_is_told_when_they_are_joined_and_when_they_are_parted(owner: Account, me: Staff) -> None:
    earlier, later = given_up(owner, me), still_open(owner, me)
    merge(me, earlier, later)
    merging.part(me, earlier.id)
    assert letters(owner)[-2:] == ["joined", "parted"]
    assert later.folio in cast.letters_to(owner.email)[-2].body
    history = [(event.kind, event.code) for event in sheets.open_sheet(me, later.id, cast.REASON).events]
    assert history[-2:] == [("unido", earlier.folio), ("desunido", earlier.folio)]


def test_parting_brings_the_state_back_and_leaves_the_later_one_as_it_is(owner: Account, me: Staff) -> None:
    earlier, later = answered(owner, me), still_open(owner, me)
    merge(me, earlier, later)
    desk.claim(me, later.id)
    merging.part(me, earlier.id)
    assert again(earlier, me).state == "respondido"
    assert again(later, me).state == "asignado"
    with pytest.raises(Conflict, match="nada que separar"):
        merging.part(me, earlier.id)


def test_an_open_question_is_never_joined_away(owner: Account, me: Staff) -> None:
    mine, others = still_open(owner, me), cast.row_of(cast.ticket(), me)
    with pytest.raises(Conflict, match="personas distintas"):
        merge(me, mine, others)
    _give(others.id, mine)
    with pytest.raises(Conflict, match="todavía espera su respuesta"):
        merge(me, mine, others)
    assert again(mine, me).is_open


def test_children_of_one_account_are_other_persons(owner: Account, me: Staff) -> None:
    boss = cast.analyst("Eva Díaz", "supervisor", ("nna",))
    mine = given_up(owner, boss)
    born = cast.form(nombres="Luz", nacimiento_anio="2015", relacion="madre", responsable="Rosa Ñ.")
    child = children.add(owner, born)
    folio = opening.open_ticket(accounts.named(owner.email), child.id, drafts.save(child.id, cast.TICKET).key)
    with pytest.raises(Conflict, match="personas distintas"):
        merge(boss, mine, cast.row_of(folio, boss))


def test_a_second_ticket_is_not_joined_to_its_first(owner: Account, me: Staff) -> None:
    first = answered(owner, me)
    folio = second.open_second(owner, first.folio, "No entendí.", "k")
    with pytest.raises(Conflict, match="segundo ticket ya va"):
        merge(cast.analyst(), again(first, me), cast.row_of(folio, me))


def test_a_ticket_that_goes_on_in_another_takes_nothing_more(owner: Account, me: Staff) -> None:
    earlier, later = answered(owner, me), still_open(owner, me)
    merge(me, earlier, later)
    for verb in (
        partial(closing.enough, owner, earlier.folio),
        partial(following.add_information, owner, earlier.folio, "más", "k"),
        partial(second.open_second, owner, earlier.folio, "no basta", "k"),
    ):
        with pytest.raises(Conflict) as refused:
            verb()
        assert refused.value.folio == later.folio
    with pytest.raises(Conflict, match="ya sigue en otro"):
        merge(me, again(earlier, me), again(later, me))


def test_what_changed_since_it_was_read_is_not_joined(owner: Account, me: Staff) -> None:
    earlier, later = given_up(owner, me), still_open(owner, me)
    following.add_information(owner, later.folio, "y algo más", "k")
    with pytest.raises(Conflict, match="cambió"):
        merge(me, earlier, later)
    assert again(earlier, me).state == "desistido"


def test_a_colleagues_open_ticket_and_a_hidden_one_are_left_alone(owner: Account, me: Staff) -> None:
    earlier, later = given_up(owner, me), still_open(owner, me)
    desk.claim(cast.analyst("Luis Soto"), later.id)
    with pytest.raises(Conflict, match="lo tiene Luis Soto"):
        merge(me, earlier, again(later, me))
    _hide(later.id)
    with pytest.raises(NotFound):
        merge(me, earlier, later)


@writes
def _give(ticket_id: int, like: TicketRow) -> None:
    """As if the person of another ticket, which is answered, had sent this one too."""
    theirs = Ticket.get_by_id(like.id).person_id
    ended = {"state": "desistido", "resolved_at": clock.now()}
    Ticket.update(person=theirs, **ended).where(Ticket.id == ticket_id).execute()


@writes
def _hide(ticket_id: int) -> None:
    Ticket.update(route="reservada").where(Ticket.id == ticket_id).execute()


def test_blocked_data_are_neither_joined_nor_parted(owner: Account, me: Staff) -> None:
    earlier, later = given_up(owner, me), still_open(owner, me)
    merge(me, earlier, later)
    blocking.block(owner)
    with pytest.raises(NotAllowed):
        merging.part(me, earlier.id)


def test_while_the_person_adds_either_both_happen_or_the_merge_sees_it(owner: Account, me: Staff) -> None:
    earlier, later = given_up(owner, me), still_open(owner, me)
    outcomes = at_once(
        [
            lambda: merge(me, earlier, later),
            lambda: following.add_information(owner, later.folio, "y algo más", "k"),
        ]
    )
    refused = [outcome for outcome in outcomes if isinstance(outcome, BaseException)]
    assert all(isinstance(each, Conflict) for each in refused), refused
    state = again(earlier, me).state
    assert (state == "desistido") == bool(refused)
    assert len(following.ticket_of(owner, later.folio).messages) == (2 if refused else 3)
    assert list(verify.verify()) == []


def test_of_two_who_join_at_once_one_does(owner: Account, me: Staff) -> None:
    earlier, later = given_up(owner, me), still_open(owner, me)
    outcomes = at_once([lambda: merge(me, earlier, later)] * 4)
    assert sum(isinstance(outcome, Conflict) for outcome in outcomes) == 3, outcomes
    assert letters(owner).count("joined") == 1


VERBS = ("merge", "part", "claim", "release", "reply", "refer", "close", "add", "withdraw", "open", "enough", "second")


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(story=some.lists(some.tuples(some.sampled_from(VERBS), some.integers(0, 5), some.integers(0, 5)), min_size=4, max_size=24))
def test_whatever_happens_parting_restores_what_was_joined(sqlite_database: str, story: list[tuple[str, int, int]]) -> None:
    """A ticket that was joined and parted is in the state in which it would be, had it never been joined."""
    owner, me = cast.account(), cast.analyst()
    before: dict[int, str] = {}
    given_up(owner, me)
    for verb, one, other in story:
        rows = [cast.row_of(ticket.folio, me) for ticket in reversed(following.tickets_of(owner))]
        _act(verb, owner, me, rows[one % len(rows)], rows[other % len(rows)], before)
        now = {row.id: again(row, me) for row in rows}
        assert sum(row.is_open for row in now.values()) <= 1
        assert {row_id for row_id, row in now.items() if row.state == "fusionado"} == set(before)
    for row_id, state in sorted(before.items()):
        merging.part(me, row_id)
        assert sheets.open_sheet(me, row_id, cast.REASON).row.state == state
    assert list(verify.verify()) == []


def _act(verb: str, owner: Account, me: Staff, row: TicketRow, other: TicketRow, before: dict[int, str]) -> None:
    key = f"k{next(_keys)}"
    deeds: dict[str, Callable[[], object]] = {
        "claim": lambda: desk.claim(me, row.id),
        "release": lambda: desk.release(me, row.id),
        "reply": lambda: desk.reply(me, row.id, row.version, "Sí, puedes pedirla mañana.", key),
        "refer": lambda: referring.refer(me, row.id, row.version, "Registro Civil", "Ve ahí.", key),
        "close": lambda: ending.close(me, row.id, row.version, "oficina"),
        "add": lambda: following.add_information(owner, row.folio, "más", key),
        "withdraw": lambda: following.withdraw(owner, row.folio),
        "open": lambda: cast.ticket(owner),
        "enough": lambda: closing.enough(owner, row.folio),
        "second": lambda: second.open_second(owner, row.folio, "No basta.", key),
    }
    with suppress(Problem):
        if verb == "merge":
            merge(me, row, other)
            ended = min(row, other, key=lambda each: each.id)
            before[ended.id] = ended.state
        elif verb == "part":
            merging.part(me, row.id)
            assert sheets.open_sheet(me, row.id, cast.REASON).row.state == before.pop(row.id)
        else:
            deeds[verb]()


def test_verify_tells_of_tickets_that_go_on_nowhere(owner: Account, me: Staff) -> None:
    row = given_up(owner, me)
    _pretend(row.id)
    assert [line for line in verify.verify() if "nadie lo unió" in line]


@writes
def _pretend(ticket_id: int) -> None:
    db.execute_sql(f"UPDATE ticket SET state = 'fusionado' WHERE id = {int(ticket_id)}")
