"""Mentions: a colleague called to a note by «@nombre»."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import Invalid
from core.people import staff
from core.people.views import Staff
from core.tickets import desk, presence, sheets
from core.tickets.asides import mentions
from core.tickets.lists import queue
from tests.harness import cast


@pytest.fixture
def marta(database: str) -> Staff:
    return cast.analyst("Marta Soto Díaz")


@pytest.fixture
def ticket_id(me: Staff) -> int:
    return cast.row_of(cast.ticket(), me).id


def called_to(somebody: Staff) -> list[int]:
    """The tickets where somebody was mentioned and has not looked since; the count always says the same."""
    rows = queue.window(somebody, "menciones", 0, 10)
    assert queue.counts(somebody).mentions == queue.size(somebody, "menciones") == len(rows)
    return [row.id for row in rows]


@pytest.mark.parametrize("name", ["@marta", "@MARTA.SOTO", "@marta.soto.diaz.", "@mar", "(@Márta)"])
def test_a_name_begun_calls_whoever_is_meant(me: Staff, marta: Staff, ticket_id: int, name: str) -> None:
    desk.note(me, ticket_id, f"¿Lo ves {name}?", "k")
    assert called_to(marta) == [ticket_id]
    assert called_to(me) == []
    told = [(event.kind, event.code) for event in sheets.open_sheet(me, ticket_id).events]
    assert told[-2:] == [("nota", ""), ("mencion", str(marta.id))]


def test_an_address_is_no_mention(me: Staff, marta: Staff, ticket_id: int) -> None:
    desk.note(me, ticket_id, "Escribe a ayuda@marta.example y a x.@marta; un @ solo no es nadie.", "k")
    assert called_to(marta) == []


def test_it_waits_until_the_ticket_is_opened_and_again_after_another_note(me: Staff, marta: Staff, ticket_id: int) -> None:
    desk.note(me, ticket_id, "@marta", "k1")
    desk.note(me, ticket_id, "@marta otra vez, @marta", "k2")
    assert called_to(marta) == [ticket_id]
    sheets.open_sheet(marta, ticket_id)
    assert called_to(marta) == [ticket_id]
    presence.look(marta, ticket_id, writing=False)
    assert called_to(marta) == []
    desk.note(me, ticket_id, "@marta", "k3")
    assert called_to(marta) == [ticket_id]


def test_a_note_sent_twice_mentions_once(me: Staff, marta: Staff, ticket_id: int) -> None:
    for _ in range(2):
        desk.note(me, ticket_id, "@marta", "k")
    assert [event.kind for event in sheets.open_sheet(me, ticket_id).events].count("mencion") == 1


def test_whom_nobody_knows_is_said_and_the_note_not_left_yet(me: Staff, ticket_id: int) -> None:
    with pytest.raises(Invalid, match=r"@nadie no es nadie del equipo\."):
        desk.note(me, ticket_id, "Pregunta a @nadie", "k")
    assert [message.kind for message in sheets.open_sheet(me, ticket_id).messages] == ["persona"]
    desk.note(me, ticket_id, "Pregunta a @nadie", "k", anyway=True)
    assert sheets.open_sheet(me, ticket_id).messages[-1].body == "Pregunta a @nadie"


def test_a_name_of_two_is_said_with_both(me: Staff, marta: Staff, ticket_id: int) -> None:
    cast.analyst("Marta Pérez")
    with pytest.raises(Invalid, match=r"@marta puede ser @marta\.perez, @marta\.soto\.diaz: escribe más del nombre\."):
        desk.note(me, ticket_id, "@marta", "k")
    desk.note(me, ticket_id, "@marta.s", "k")
    assert called_to(marta) == [ticket_id]


def test_a_whole_word_is_meant_before_a_longer_one(me: Staff, ticket_id: int) -> None:
    ines, inesita = cast.analyst("Inés Paz"), cast.analyst("Inesita Lobos")
    desk.note(me, ticket_id, "@ines", "k")
    assert (called_to(ines), called_to(inesita)) == ([ticket_id], [])


def test_who_may_not_see_the_ticket_is_said_and_not_called(marta: Staff) -> None:
    keeper = cast.analyst("Eva Díaz", rights=("nna",))
    child_id = cast.row_of(cast.ticket(cast.child()), keeper).id
    with pytest.raises(Invalid, match=r"Marta Soto Díaz no puede ver este ticket"):
        desk.note(keeper, child_id, "@marta", "k")
    desk.note(keeper, child_id, "@marta", "k", anyway=True)
    assert called_to(marta) == []
    assert "mencion" not in [event.kind for event in sheets.open_sheet(keeper, child_id).events]
    assert "Marta Soto Díaz" not in [each.name for each in mentions.colleagues(keeper, child_id)]


def test_whoever_left_the_service_cannot_be_called(me: Staff, marta: Staff, ticket_id: int) -> None:
    staff.disable_staff(marta.name)
    with pytest.raises(Invalid, match="no es nadie"):
        desk.note(me, ticket_id, "@marta", "k")
    assert [each.handle for each in mentions.colleagues(me, ticket_id)] == []


def test_colleagues_are_offered_by_the_name_that_calls_them(me: Staff, marta: Staff, ticket_id: int) -> None:
    assert [(each.handle, each.name) for each in mentions.colleagues(me, ticket_id)] == [("marta.soto.diaz", "Marta Soto Díaz")]


def test_oneself_is_not_called(me: Staff, ticket_id: int) -> None:
    desk.note(me, ticket_id, "@ana lo ve mañana", "k")
    assert called_to(me) == []


@given(st.text(max_size=60))
def test_whatever_is_written_calls_folded_names_only(text: str) -> None:
    assert all(name == mentions.handle(name) and name for name in mentions.called(text))
