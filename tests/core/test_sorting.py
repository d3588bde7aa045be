"""Lists in the order of any column, both ways."""

from __future__ import annotations

import pytest

from core import clock
from core.database.binding import db
from core.people.views import Staff
from core.tickets import desk
from core.tickets.lists.sorting import SORTS, order_of
from core.tickets.models import Ticket
from core.tickets.searching import asking, search
from tests.harness import cast


@pytest.fixture
def me(database: str) -> Staff:
    return cast.analyst("Marta Ríos")


@pytest.fixture
def folios(me: Staff) -> dict[str, str]:
    """Tickets that stand in another order by each column, by a word for each."""
    made = {}
    clock.advance(-4 * 24 * 3600)
    for name, given, about in (
        ("multa", "Rosa", {"materia": "mu", "categoria": "mu-calculo", "tramite_id": "7654321"}),
        ("reclamo", "Ámbar", {"tipo": "reclamo", "materia": "rd", "categoria": "rd-estado", "tramite_id": "888"}),
        ("residencia", "Xiu", {"materia": "rt", "categoria": "rt-estado", "tramite_id": "9-A"}),
        ("ninguno", "bartolo", {"materia": "ot", "categoria": "ot-otro", "tramite_id": ""}),
    ):
        made[name] = cast.ticket(cast.account(nombres=given), **about)
        clock.advance(24 * 3600)
    return made


@pytest.mark.parametrize("order", [f"{minus}{code}" for code in SORTS for minus in ("", "-")])
def test_a_list_stands_in_any_order_both_ways(me: Staff, folios: dict[str, str], order: str) -> None:
    desk.claim(me, cast.row_of(folios["multa"], me).id)
    found = search.search(me, "vista:abiertos", order=order)
    assert {row.folio for row in found.rows} == set(folios.values())
    turned = search.search(me, "vista:abiertos", order=order.removeprefix("-") if order.startswith("-") else f"-{order}")
    assert turned.ids == found.ids[::-1]


@pytest.mark.parametrize(
    ("order", "names"),
    [
        ("persona", "reclamo ninguno multa residencia"),
        ("tramite", "reclamo multa residencia ninguno"),
        ("edad", "multa reclamo residencia ninguno"),
        ("-folio", "ninguno residencia reclamo multa"),
        ("asunto", "multa ninguno reclamo residencia"),
        ("analista", "reclamo multa residencia ninguno"),
        ("vence", "multa reclamo residencia ninguno"),
        ("", "multa reclamo residencia ninguno"),
        ("no existe", "multa reclamo residencia ninguno"),
    ],
)
def test_the_orders_are_those_of_the_columns(me: Staff, folios: dict[str, str], order: str, names: str) -> None:
    desk.claim(me, cast.row_of(folios["reclamo"], me).id)
    by_folio = {folio: name for name, folio in folios.items()}
    assert [by_folio[row.folio] for row in search.search(me, "vista:abiertos", order=order).rows] == names.split()


def test_an_order_is_told_in_words() -> None:
    assert order_of("persona").words == "Persona, de la A a la Z"
    assert search.order_named("-vence").arrow == "↓"


@pytest.mark.parametrize("order", SORTS)
def test_no_order_fetches_open_tickets_one_by_one(sqlite_database: str, order: str) -> None:
    columns = [column for column in SORTS[order].columns if column.model is Ticket]
    query, values = Ticket.select(Ticket.id, Ticket.person, *columns).where(Ticket.resolved_at.is_null()).sql()
    with db.connection_context():
        ((*_, plan),) = db.execute_sql(f"EXPLAIN QUERY PLAN {query}", values)
    assert "COVERING INDEX" in plan


def test_of_all_tickets_the_newest_stand_in_any_order(me: Staff, folios: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    row = cast.row_of(folios["reclamo"], me)
    desk.reply(me, row.id, row.version, "Listo, ya quedó.", "llave")
    assert [row.folio for row in search.search(me, "vista:todos", order="persona").rows] == [
        folios[name] for name in ("reclamo", "ninguno", "multa", "residencia")
    ]
    monkeypatch.setattr(asking, "LOOKED_AT", 2)
    found = search.search(me, "vista:todos", order="persona")
    assert ([row.folio for row in found.rows], found.more) == ([folios["ninguno"], folios["residencia"]], True)
