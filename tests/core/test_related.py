"""Related tickets, seen from both sides."""

from __future__ import annotations

import pytest

from core.errors import Conflict, Invalid, NotAllowed, NotFound
from core.operations.rights import blocking
from core.people.views import Staff
from core.tickets import sheets
from core.tickets.asides import related
from tests.harness import cast
from tests.harness.crowd import at_once


@pytest.fixture
def folios(me: Staff) -> tuple[str, str]:
    return cast.ticket(), cast.ticket()


def id_of(folio: str, reader: Staff) -> int:
    return cast.row_of(folio, reader).id


def tied(folio: str, reader: Staff) -> list[tuple[str, str]]:
    return [(each.row.folio, each.reason) for each in sheets.open_sheet(reader, id_of(folio, reader)).related]


@pytest.mark.parametrize("typed", [str, str.lower, lambda folio: f" {folio} "])
def test_two_tickets_are_seen_from_both(me: Staff, folios: tuple[str, str], typed: type[str]) -> None:
    one, other = folios
    related.relate(me, id_of(one, me), typed(other), "misma familia")
    assert tied(one, me) == [(other, "misma familia")]
    assert tied(other, me) == [(one, "misma familia")]
    for here, there in (folios, folios[::-1]):
        event = sheets.open_sheet(me, id_of(here, me)).events[-1]
        assert (event.kind, event.code) == ("relacionado", str(id_of(there, me)))


def test_tying_again_from_the_other_side_changes_the_reason_alone(me: Staff, folios: tuple[str, str]) -> None:
    one, other = folios
    related.relate(me, id_of(one, me), other, "uno")
    related.relate(me, id_of(other, me), one, "dos")
    assert tied(one, me) == [(other, "dos")]
    assert [event.kind for event in sheets.open_sheet(me, id_of(one, me)).events] == ["abierto", "relacionado"]


def test_untying_is_harmless_twice(me: Staff, folios: tuple[str, str]) -> None:
    one, other = (id_of(folio, me) for folio in folios)
    related.relate(me, one, folios[1])
    for _ in range(2):
        related.separate(me, other, one)
    assert tied(folios[0], me) == tied(folios[1], me) == []
    assert [event.kind for event in sheets.open_sheet(me, one).events] == ["abierto", "relacionado", "separado"]


@pytest.mark.parametrize("typed", ["", "AM-2026-999999-0", "otra cosa", "\x00", "9" * 400])
def test_a_folio_that_is_none_is_refused(me: Staff, folios: tuple[str, str], typed: str) -> None:
    with pytest.raises(Invalid, match="Ese folio no existe"):
        related.relate(me, id_of(folios[0], me), typed)


def test_a_ticket_is_not_tied_to_itself(me: Staff, folios: tuple[str, str]) -> None:
    with pytest.raises(Invalid, match="escribe el folio de otro"):
        related.relate(me, id_of(folios[0], me), folios[0])


def test_a_long_reason_is_refused(me: Staff, folios: tuple[str, str]) -> None:
    with pytest.raises(Invalid, match="201 letras y caben 200"):
        related.relate(me, id_of(folios[0], me), folios[1], "x" * 201)


def test_what_one_may_not_see_is_neither_tied_nor_shown(me: Staff, folios: tuple[str, str]) -> None:
    keeper = cast.analyst("Eva Díaz", rights=("nna",))
    childs = cast.ticket(cast.child())
    with pytest.raises(NotFound):
        related.relate(me, id_of(folios[0], me), childs)
    related.relate(keeper, id_of(folios[0], keeper), childs)
    assert tied(folios[0], me) == []
    assert tied(folios[0], keeper) == [(childs, "")]
    assert childs not in [row.folio for row in related.proposed(me, id_of(folios[0], me))]


def test_a_ticket_is_tied_to_fifty_at_most(me: Staff, folios: tuple[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(related, "MOST", 1)
    related.relate(me, id_of(folios[0], me), folios[1])
    with pytest.raises(Conflict, match="con 1 a lo más"):
        related.relate(me, id_of(cast.ticket(), me), folios[0])


def test_those_of_the_same_tramite_are_proposed(me: Staff) -> None:
    one, two, three = (cast.ticket(tramite_id=number) for number in ("11112222", "11112222", "33334444"))
    assert [row.folio for row in related.proposed(me, id_of(one, me))] == [two]
    assert sheets.open_sheet(me, id_of(one, me)).of_tramite == 1
    related.relate(me, id_of(one, me), two)
    assert related.proposed(me, id_of(one, me)) == ()
    assert sheets.open_sheet(me, id_of(three, me)).of_tramite == 0


def test_tickets_without_a_tramite_propose_nothing(me: Staff) -> None:
    one, _two = (cast.ticket(tramite_id="", sin_tramite="1") for _ in range(2))
    assert related.proposed(me, id_of(one, me)) == ()


def test_the_data_of_somebody_blocked_are_tied_to_nothing(me: Staff, folios: tuple[str, str]) -> None:
    owner = cast.account()
    blocked = cast.ticket(owner)
    blocking.block(owner)
    for one, other in ((blocked, folios[0]), (folios[0], blocked)):
        with pytest.raises(NotAllowed):
            related.relate(me, id_of(one, me), other)


def test_two_who_tie_the_same_tickets_at_once_make_one_tie(me: Staff, folios: tuple[str, str]) -> None:
    one, other = (id_of(folio, me) for folio in folios)
    calls = [lambda: related.relate(me, one, folios[1]), lambda: related.relate(me, other, folios[0])] * 2
    assert at_once(calls) == [None] * 4
    assert tied(folios[0], me) == [(folios[1], "")]
