"""Example data looks alive, keeps every rule of the domain and is the same for the same seed."""

from __future__ import annotations

from collections import Counter

import pytest

from core import clock
from core.database import schema
from core.database.binding import reads
from core.errors import Invalid
from core.figures import stats
from core.operations import seed, verify
from core.people import staff
from core.tickets.lists import queue
from core.tickets.models import Event, Message, Ticket
from core.tickets.searching import search

pytestmark = pytest.mark.usefixtures("database")

PASSWORD = "palabras largas del ejemplo"


@reads
def tickets() -> list[Ticket]:
    return list(Ticket.select().order_by(Ticket.id))


@reads
def how_many(table: type[Event] | type[Message]) -> int:
    return int(table.select().count())


def test_every_rule_of_the_domain_holds_for_a_small_example_and_for_a_larger_one() -> None:
    seed.seed(60)
    seed.seed(1_200, random_seed=5)
    assert list(verify.verify()) == []
    assert schema.applied_steps() == schema.known_steps()


def test_the_same_seed_gives_the_same_example() -> None:
    seed.seed(150, random_seed=3)
    first = [(ticket.categoria, ticket.opened_at, ticket.answered_at, ticket.state) for ticket in tickets()]
    seed.seed(150, random_seed=3)
    again = [(ticket.categoria, ticket.opened_at, ticket.answered_at, ticket.state) for ticket in tickets()]
    assert again[150:] == first


def test_another_seed_gives_another_example() -> None:
    seed.seed(50, random_seed=3)
    seed.seed(50, random_seed=4)
    moments = [ticket.opened_at for ticket in tickets()]
    assert moments[:50] != moments[50:]


def test_a_small_example_has_tickets_that_arrived_minutes_ago_and_every_kind_of_queue() -> None:
    added = seed.seed(1_500)
    rows = tickets()
    open_rows = [ticket for ticket in rows if ticket.resolved_at is None]
    today = clock.day_number(clock.today())
    assert added.open_tickets == len(open_rows) > 150
    assert clock.now() - rows[-1].opened_at < 600
    assert {"ingresado", "asignado", "en_analisis", "en_espera"} == {ticket.state for ticket in open_rows}
    assert {"plazo", "nna", "normal"} <= {ticket.route for ticket in open_rows}
    assert 2 <= sum(ticket.due_on < today for ticket in open_rows) < 30
    assert 3 < how_many(Event) / len(rows) < 6
    assert how_many(Message) > 1.8 * len(rows)


def test_its_staff_signs_in_with_the_given_password_only() -> None:
    seed.seed(20, password=PASSWORD)
    assert len(staff.list_staff()) == 12
    assert Counter(person.role for person in staff.list_staff()) == {"analyst": 10, "supervisor": 1, "admin": 1}
    _, supervisor = staff.sign_in_staff("Supervisión Ejemplo", PASSWORD)
    assert queue.counts(supervisor).open == sum(stats.stats(supervisor).by_state.values())
    with pytest.raises(Invalid):
        staff.sign_in_staff("Camila Soto", "otra contraseña cualquiera")


def test_without_a_password_nobody_of_the_example_can_sign_in() -> None:
    seed.seed(20)
    for guess in ("", "!", PASSWORD):
        with pytest.raises(Invalid):
            staff.sign_in_staff("Supervisión Ejemplo", guess)


def test_its_tickets_are_found_by_words_names_folio_and_tramite() -> None:
    seed.seed(300, password=PASSWORD)
    _, supervisor = staff.sign_in_staff("Supervisión Ejemplo", PASSWORD)
    newest = next(ticket for ticket in reversed(tickets()) if ticket.tramite_id and not ticket.tramite_strange)
    for line in (newest.folio, newest.tramite_id):
        assert newest.id in {row.id for row in search.search(supervisor, line).rows}
    assert len(search.search(supervisor, "residencia solici", closed=True).rows) > 5


@pytest.mark.parametrize("count", [0, -1, 10**9])
def test_an_impossible_number_is_refused(count: int) -> None:
    with pytest.raises(Invalid):
        seed.seed(count)
    assert tickets() == []
