"""The desk's lists: any window of any view, in order, as it is now."""

from __future__ import annotations

import pytest

from core import clock
from core.database.binding import db
from core.people.account_views import Account
from core.people.views import Staff
from core.tickets import desk
from core.tickets.citizens import following
from core.tickets.lists import queue
from core.tickets.lists.views import TicketRow
from tests.harness import cast

COUNT = 13


@pytest.fixture
def me(database: str) -> Staff:
    return cast.analyst("Ana Rojas", cap=100)


@pytest.fixture
def owners(me: Staff) -> list[Account]:
    """People with a ticket each, sent on several days, every fifth of them urgent."""
    senders = []
    for number in range(COUNT):
        sender = cast.account(nombres=f"Persona{chr(65 + number)}")
        urgent = {"materia": "rt", "categoria": "rt-rechazo", "fecha_notificacion": "20-11-2026"} if number % 5 == 0 else {}
        cast.ticket(sender, **urgent)
        senders.append(sender)
        clock.advance(1200)
    return senders


def whole(me: Staff, view: str) -> list[TicketRow]:
    return list(queue.window(me, view, 0, 1000))


@pytest.mark.parametrize("view", queue.VIEWS)
def test_a_view_is_in_the_order_of_its_keys(me: Staff, owners: list[Account], view: str) -> None:
    rows = whole(me, view)
    keys = [row.sort_key for row in rows]
    newest_first = queue.VIEWS[view].newest_first
    assert keys == (sorted(keys, key=lambda key: -key.id) if newest_first else sorted(keys))


@pytest.mark.parametrize("view", ["sin_asignar", "abiertos", "todos"])
def test_windows_put_together_are_the_whole_view(me: Staff, owners: list[Account], view: str) -> None:
    rows = whole(me, view)
    assert len(rows) == queue.size(me, view) == COUNT
    pieces = [row for start in range(0, COUNT, 4) for row in queue.window(me, view, start, 4)]
    assert pieces == rows


@pytest.mark.parametrize("view", ["sin_asignar", "abiertos", "todos"])
def test_a_window_is_the_same_from_any_anchor(me: Staff, owners: list[Account], view: str) -> None:
    rows = whole(me, view)
    for at in range(COUNT):
        anchor = (at, rows[at].sort_key)
        for start in range(COUNT):
            assert list(queue.window(me, view, start, 4, anchor)) == rows[start : start + 4], (at, start)


@pytest.mark.parametrize("view", ["sin_asignar", "abiertos", "todos"])
def test_the_place_of_a_row_is_its_position(me: Staff, owners: list[Account], view: str) -> None:
    rows = whole(me, view)
    assert [queue.position(me, view, row.sort_key) for row in rows] == list(range(COUNT))


def test_urgent_tickets_come_first(me: Staff, owners: list[Account]) -> None:
    assert [row.urgent for row in whole(me, "sin_asignar")] == [True] * 3 + [False] * 10


def test_the_views_hold_what_their_names_say(me: Staff, owners: list[Account]) -> None:
    colleague = cast.analyst()
    mine = desk.take_next(me)
    desk.take_next(colleague)
    following.withdraw(owners[7], following.tickets_of(owners[7])[0].folio)
    assert [row.id for row in whole(me, "mios")] == [mine]
    assert len(whole(me, "sin_asignar")) == COUNT - 3
    assert len(whole(me, "abiertos")) == COUNT - 1
    assert len(whole(me, "todos")) == COUNT


def test_the_counts_are_the_sizes_of_the_views(me: Staff, owners: list[Account]) -> None:
    desk.take_next(me)
    clock.advance(13 * 24 * 3600)
    me = cast.analyst()
    counts = queue.counts(me)
    assert counts.open == queue.size(me, "abiertos")
    assert counts.unassigned == queue.size(me, "sin_asignar")
    assert counts.mine == queue.size(me, "mios") == 0
    assert counts.due_soon == queue.size(me, "por_vencer") > 0
    assert counts.overdue == sum(row.due_on < clock.today() for row in whole(me, "abiertos")) > 0


def test_an_empty_desk_counts_nothing(me: Staff) -> None:
    assert tuple(getattr(queue.counts(me), name) for name in ("open", "unassigned", "mine", "due_soon", "overdue")) == (0,) * 5


@pytest.mark.parametrize("view", queue.VIEWS)
def test_nobody_sees_a_restricted_ticket_in_any_list(me: Staff, view: str) -> None:
    cast.ticket(materia="rt", categoria="rt-nna", tramite_id="")
    assert queue.size(me, view) == 0
    assert whole(me, view) == []
    assert queue.counts(me).open == 0
    assert queue.arrivals(me, view, 0) == 0


def test_arrivals_are_the_tickets_sent_since(me: Staff, owners: list[Account]) -> None:
    newest = queue.newest_id()
    assert queue.arrivals(me, "sin_asignar", newest) == 0
    cast.ticket()
    assert queue.arrivals(me, "sin_asignar", newest) == 1


def test_whatever_happens_to_a_ticket_moves_the_mark(me: Staff) -> None:
    owner = cast.account()
    marks = [queue.change_mark()]
    folio = cast.ticket(owner)
    marks.append(queue.change_mark())
    desk.take_next(me)
    marks.append(queue.change_mark())
    following.add_information(owner, folio, "algo más", "llave")
    marks.append(queue.change_mark())
    following.withdraw(owner, folio)
    marks.append(queue.change_mark())
    assert marks == sorted(set(marks))


@pytest.mark.parametrize(
    ("view", "index"),
    [
        ("sin_asignar", "ticket_unassigned"),
        ("por_vencer", "ticket_open"),
        ("abiertos", "ticket_open"),
        ("en_espera", "ticket_waiting"),
        ("segundos", "ticket_seconds"),
        ("respondidos", "ticket_respondido"),
    ],
)
def test_a_view_is_read_from_its_index_alone(sqlite_database: str, view: str, index: str) -> None:
    statement = queue._queries(view).window._make(db.obj, (0,))
    values = statement.bound({"me": 1, "soon": 20261125, "limit": 100, "skipped": 0})
    with db.connection_context():
        plans = [plan for *_, plan in db.execute_sql(f"EXPLAIN QUERY PLAN {statement.sql}", values)]
    assert plans == [f"SCAN t1 USING COVERING INDEX {index}"]
