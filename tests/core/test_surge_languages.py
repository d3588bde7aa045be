"""An answer to many in more than one language: everybody gets the part in theirs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import language
from core.people.views import Staff
from core.tickets.lists.views import TicketRow
from core.tickets.many import letters, surges, tongues
from core.tickets.many.views import Letter
from tests.harness import cast

IN_TWO = "Puedes esperar, {nombre}.\n== Kreyòl ==\nOu ka tann, {nombre}."


@pytest.fixture
def rosa(me: Staff) -> TicketRow:
    return cast.row_of(cast.ticket(cast.account(nombres="Rosa")), me)


@pytest.fixture
def jean(me: Staff) -> TicketRow:
    """The ticket of somebody who wrote in Kreyòl."""
    with language.using("ht"):
        return cast.row_of(cast.ticket(cast.account(nombres="Jean")), me)


def written(me: Staff, text: str, *tickets: TicketRow) -> list[Letter]:
    """The letters of an answer to these tickets, in their order."""
    surge = surges.begin(me, [row.id for row in tickets])
    surges.save(me, surge.id, text)
    by_ticket = {letter.row.id: letter for letter in letters.letters_of(me, surge.id)}
    return [by_ticket[row.id] for row in tickets]


def test_each_person_reads_the_part_in_their_language(me: Staff, rosa: TicketRow, jean: TicketRow) -> None:
    assert [letter.text for letter in written(me, IN_TWO, rosa, jean)] == ["Puedes esperar, Rosa.", "Ou ka tann, Jean."]


def test_who_has_no_part_in_their_language_reads_the_other_and_the_author_sees_it(me: Staff, jean: TicketRow) -> None:
    (letter,) = written(me, "Puedes esperar.\n== inglés\nYou can wait.", jean)
    assert (letter.text, letter.is_spoken) == ("Puedes esperar.", False)
    assert written(me, "Ou ka tann.", jean)[0].is_spoken


def test_variables_are_filled_in_the_language_of_the_part(me: Staff, rosa: TicketRow, jean: TicketRow) -> None:
    found = written(me, "Tu plazo: {vence}.\n== creole\nDat la: {vence}.", rosa, jean)
    assert [letter.text for letter in found] == ["Tu plazo: lunes 7 de diciembre.", "Dat la: lendi 7 desanm."]


def test_who_has_no_part_at_all_gets_no_letter(me: Staff, rosa: TicketRow) -> None:
    (letter,) = written(me, "== inglés\nYou can wait.", rosa)
    assert letter.why_not == "no hay texto en su idioma ni para todos"


def test_a_mark_that_begins_no_language_stops_every_letter(me: Staff, rosa: TicketRow) -> None:
    (letter,) = written(me, "Puedes esperar.\n== francés\nAttendez.", rosa)
    assert letter.why_not == "«== francés» no empieza ningún idioma: vale español, inglés, creole o portugués"


@given(st.text(st.sampled_from("=\n aesñht{}")), st.sampled_from(["es", "en", "ht", "pt"]))
def test_whatever_is_written_somebody_reads_a_piece_of_it(text: str, spoken: str) -> None:
    assert tongues.part(text, spoken)[0].strip() in text
