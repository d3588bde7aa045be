"""One line finds: a trámite ID in any spelling, a folio, an e-mail, a name or words."""

from __future__ import annotations

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import tokens
from core.database import binding
from core.people.views import Staff
from core.text import words
from core.tickets import desk
from core.tickets.citizens import following, forms
from core.tickets.searching.search import how_many, page, search
from core.tickets.searching.views import Found
from tests.corpus import load
from tests.harness import cast
from tests.harness.databases import KEYS
from tests.harness.wants import rounds, sweep

LINES = load("fts_queries.jsonl")
HOSTILE = [case["value"] for case in load("text.jsonl") if isinstance(case["value"], str)]
SENT = {
    "nombres": "María Jean-Baptiste",
    "primer_apellido": "Fernández O’Brien",
    "segundo_apellido": "Muñoz Ñancupil",
    "correo": "ana+visa@correo.example",
}
TEXT = "Perdí mi visa: el visado estaba en mi pasaporte. C++ y 王秀英 también."


@pytest.fixture
def me(database: str) -> Staff:
    return cast.analyst()


@pytest.fixture
def folio(me: Staff) -> str:
    other = cast.account(nombres="Xiu", primer_apellido="Wang", segundo_apellido="", correo="xiu@otro.example")
    cast.ticket(other, texto="Nada que ver con lo otro.", tramite_id="99999999")
    return cast.ticket(cast.account(**SENT), tramite_id="12345678", texto=TEXT)


def folios(found: Found) -> list[str]:
    return [row.folio for row in found.rows]


@pytest.mark.parametrize("case", [case for case in LINES if case["class"] == "plain"], ids=lambda case: case["id"])
def test_plain_lines_find_the_ticket_that_holds_them(me: Staff, folio: str, case: dict[str, str]) -> None:
    assert folios(search(me, case["value"])) == [folio]


@pytest.mark.parametrize("line", ["12345678", "12.345.678", "012345678", "ID 12345678", "n° 12 345 678", "trámite 12345678"])
def test_a_tramite_id_in_any_spelling_finds_its_tickets(me: Staff, folio: str, line: str) -> None:
    (row,) = search(me, line).rows
    assert (row.folio, row.matched) == (folio, "trámite")


@pytest.mark.parametrize("length", [4, 5, 6, 7])
def test_the_beginning_of_a_tramite_id_finds_it_already(me: Staff, folio: str, length: int) -> None:
    assert folios(search(me, "12345678"[:length])) == [folio]


def test_a_strange_id_is_found_as_it_was_typed(me: Staff) -> None:
    folio = cast.ticket(tramite_id="ABC-12345678")
    assert folios(search(me, "ABC-12345678"))[0] == folio


def test_a_folio_finds_its_ticket_in_any_spelling_and_half_typed(me: Staff, folio: str) -> None:
    for line in (folio, folio.lower(), folio.replace("-", " "), folio[3:], folio[:-2]):
        (row,) = search(me, line).rows
        assert (row.folio, row.matched) == (folio, "folio"), line


def test_an_address_finds_the_tickets_of_its_owner(me: Staff, folio: str) -> None:
    (row,) = search(me, "Ana+Visa@Correo.Example").rows
    assert (row.folio, row.matched) == (folio, "correo")


@pytest.mark.parametrize("line", ["maria fernandez", "FERNÁNDEZ muñoz", "munoz mar", "ñancupil", "o'brien maria"])
def test_a_name_is_found_without_accents_and_in_any_order(me: Staff, folio: str, line: str) -> None:
    assert folio in folios(search(me, line))


def test_a_name_says_that_it_matched_the_name(me: Staff, folio: str) -> None:
    (row,) = search(me, "munoz maria").rows
    assert row.matched == "nombre"


def test_words_of_the_text_are_found_and_said_to_be_words(me: Staff, folio: str) -> None:
    (row,) = search(me, "pasaporte visado").rows
    assert (row.folio, row.matched) == (folio, "palabras")


def test_every_word_must_be_there(me: Staff, folio: str) -> None:
    assert folios(search(me, "pasaporte hipopótamo")) == []


def test_the_last_word_may_be_unfinished_and_the_others_not(me: Staff, folio: str) -> None:
    assert folios(search(me, "visado pasap")) == [folio]
    assert folios(search(me, "pasap visado")) == []


@pytest.mark.parametrize("ending", [" ", "."])
def test_a_blank_or_a_stop_ends_the_last_word(me: Staff, folio: str, ending: str) -> None:
    assert folios(search(me, f"visado pasaporte{ending}")) == [folio]
    assert folios(search(me, f"visado pasap{ending}")) == []


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ('"mi pasaporte"', True),
        ('"MI  PASAPORTE"', True),
        ('"pasaporte mi"', False),
        ('"perdi mi visa" "también"', True),
        ('"perdí mi pasaporte"', False),
        ('"en mi pasap', True),
        ('"mi visa el', True),
        ('"mi vis"', False),
        ('"visado" perdi', True),
        ('"jean baptiste" pasaporte', True),
        ('"munoz ñancupil"', True),
        ('"王秀英"', True),
        ('"王英"', False),
        ('"mi pasaporte" tipo:consulta', True),
        ('"pasaporte mi" correo:ana+visa@correo.example', False),
        ('"mi pasaporte" correo:ana+visa@correo.example', True),
    ],
)
@pytest.mark.parametrize("closed", [False, True])
def test_words_between_quotes_follow_each_other(me: Staff, folio: str, line: str, found: bool, closed: bool) -> None:
    assert (folio in folios(search(me, line, closed=closed))) == found


def test_a_phrase_counts_only_the_closed_tickets_that_say_it_and_no_more_in_a_view_of_ones_own(me: Staff, folio: str) -> None:
    for text in ("Mi pasaporte perdí", "Perdí mi pasaporte"):
        row = cast.row_of(cast.ticket(texto=text), me)
        desk.reply(me, row.id, row.version, "Listo, ya quedó.", text)
    assert search(me, '"mi pasaporte"').also == "2 cerrados más"
    assert search(me, '"perdí mi pasaporte"').instead.startswith("ninguno abierto")
    assert how_many(me, '"perdí mi pasaporte"', closed=True) == (1, False)


def test_the_newest_come_first(me: Staff) -> None:
    sent = [cast.ticket(texto=f"hipopótamo {number}") for number in range(3)]
    assert folios(search(me, "hipopotamo")) == sent[::-1]


def test_what_the_person_added_and_what_was_answered_is_found_too(me: Staff) -> None:
    owner = cast.account()
    folio = cast.ticket(owner)
    following.add_information(owner, folio, "Mi perro se llama Wachimán", "llave")
    assert folios(search(me, "wachiman")) == [folio]


def test_a_restricted_ticket_is_found_only_by_those_who_may_read_it(me: Staff) -> None:
    folio = cast.ticket(materia="rt", categoria="rt-nna", tramite_id="87654321", texto="hipopótamo")
    allowed = cast.analyst(rights=("nna",))
    for line in ("hipopotamo", "87654321", folio):
        assert folios(search(me, line)) == []
        assert folios(search(allowed, line)) == [folio]


def test_there_may_be_more_than_fit(me: Staff) -> None:
    for number in range(4):
        cast.ticket(texto=f"hipopótamo {number}")
    found = search(me, "hipopotamo", limit=3)
    assert (len(found.rows), len(found.ids), found.more) == (3, 4, False)
    assert [row.id for row in page(me, found, 3, 3)] == list(found.ids[3:])


def test_an_empty_line_finds_nothing_and_says_nothing(me: Staff, folio: str) -> None:
    found = search(me, "   ")
    assert (found.rows, found.understood) == ((), "")


def test_the_line_above_says_how_it_was_understood(me: Staff, folio: str) -> None:
    assert search(me, "12345678").understood == "trámite 12345678 → 1 ticket · 1 persona"


def test_every_hostile_line_is_legal_and_quick(me: Staff, folio: str) -> None:
    for line in [case["value"] for case in LINES] + sweep(HOSTILE, 100):
        begin = time.perf_counter()
        search(me, line)
        assert time.perf_counter() - begin < 1, line[:80]


def test_any_line_whatever_is_legal(me: Staff, folio: str) -> None:
    @given(st.text(st.characters(codec=None), max_size=60))
    def type_a_line(line: str) -> None:
        assert {row.folio for row in search(me, line).rows} <= {folio, "AM-2026-000001-R"}

    type_a_line()


@pytest.mark.parametrize("text", [TEXT, *SENT.values()])
def test_whatever_was_written_is_found_word_by_word(me: Staff, folio: str, text: str) -> None:
    for word in words(text):
        if len(word) > 1:
            assert folio in folios(search(me, word)), word


def test_both_engines_find_the_same(sqlite_url: str, postgresql_url: str, still_clock: int) -> None:
    tokens.use_keys(KEYS)
    lines = list(KEYED) + [case["value"] for case in LINES] + sweep(HOSTILE, 60) + _typed_by_halves(rounds(40, 1000))
    one, other = (_answers(url, lines) for url in (sqlite_url, postgresql_url))
    assert {line: one[line] for line in lines if one[line] != other[line]} == {}
    assert any(one.values())


KEYED = (
    "nombre:mun pasaporte",
    "nombre:fern",
    "-nombre:x",
    "tramite:123",
    "tipo:con -materia:multas",
    "correo:ana+visa1",
    "materia:permanencia visado",
    "desde:ayer",
    "antes:hoy visa",
    "estado:cerrado",
    "vista:todos",
    "-de:nadie",
    "region:x",
    'nombre:"maria jean" c++',
)


def _answers(url: str, lines: list[str]) -> dict[str, list[tuple[str, str]]]:
    binding.bind(url, durable=False)
    me = cast.analyst()
    for number, text in enumerate((TEXT, *HOSTILE[:200:8])):
        if not forms.complaints({"texto": text}, ("texto",)):
            owner = cast.account(**{**SENT, "correo": f"ana+visa{number}@correo.example"})
            cast.ticket(owner, texto=text, tramite_id=str(12345678 + number * 10))
    found = {line: [(row.tramite, row.matched) for row in search(me, line).rows] for line in lines}
    binding.unbind()
    return found


def _typed_by_halves(count: int) -> list[str]:
    choose = random.Random(7)
    words = (TEXT + " " + " ".join(SENT.values())).split()
    pieces = [choose.choice(words)[: choose.randint(1, 12)] for _ in range(count)]
    return pieces + [f"{choose.choice(words)} {piece}" for piece in pieces]
