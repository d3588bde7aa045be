"""A search among very many tickets: how far it looks, and that it finds the same whichever way it takes."""

from __future__ import annotations

import pytest

from core import clock
from core.database import fulltext
from core.database.binding import db
from core.people.views import Staff
from core.tickets.models import Ticket
from core.tickets.searching import asking, search
from core.tickets.searching.keys import KEYS, Who
from core.tickets.searching.line import read
from tests.harness import cast


@pytest.fixture
def me(database: str) -> Staff:
    return cast.analyst("Marta Ríos", rights=("datos",))


@pytest.mark.parametrize("line", ["desde:30d", "antes:1-11-2026", "vence:ayer", "tipo:reclamo", "region:maule", "idioma:creole"])
def test_open_tickets_are_looked_through_apart_from_all_others(sqlite_database: str, line: str) -> None:
    asked = asking.question(read(line, KEYS), Who(cast.analyst(), clock.today()), closed=False)
    query, values = Ticket.select(Ticket.id).where(Ticket.resolved_at.is_null(), *asked.conditions).sql()
    with db.connection_context():
        ((*_, plan),) = db.execute_sql(f"EXPLAIN QUERY PLAN {query}", values)
    assert "COVERING INDEX" in plan


def test_words_are_looked_for_piece_by_piece_as_far_as_is_looked(me: Staff, monkeypatch: pytest.MonkeyPatch) -> None:
    sent = [cast.ticket(cast.account(nombres=f"Persona{letter}"), texto="Una salmonera.") for letter in "ABCDE"]
    monkeypatch.setattr(asking, "_PIECE", 2)
    found = search.search(me, "salmonera", closed=True)
    assert ([row.folio for row in found.rows], found.more) == (sent[::-1], False)
    monkeypatch.setattr(asking, "LOOKED_AT", 3)
    found = search.search(me, "salmonera", closed=True)
    assert ([row.folio for row in found.rows], found.more) == (sent[:1:-1], True)


@pytest.mark.parametrize("per_hit", [0, 5])
def test_postgresql_finds_the_same_in_the_tickets_and_in_its_index(
    me: Staff, monkeypatch: pytest.MonkeyPatch, per_hit: int
) -> None:
    sent = [cast.ticket(cast.account(nombres=f"Persona{each}"), texto=f"Una {each}.") for each in ("salmonera", "visa") * 3]
    monkeypatch.setattr(fulltext, "_AT_FIRST", 1)
    monkeypatch.setattr(fulltext, "_PER_HIT", per_hit)
    assert [row.folio for row in search.search(me, "salmonera", closed=True).rows] == sent[-2::-2]
    assert search.search(me, "salmonera").also == ""
