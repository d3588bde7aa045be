"""Closing at the desk: for a reason what was answered, with thanks what asks nothing, never a question."""

from __future__ import annotations

import pytest

from core.errors import Conflict, Invalid
from core.operations import verify
from core.people.account_views import Account
from core.people.views import Staff
from core.tickets import desk, ending, sheets
from core.tickets.citizens import following, second
from core.tickets.lists.views import TicketRow
from tests.harness import cast

PRAISE = {"tipo": "felicitacion", "materia": "at", "categoria": "at-funcionario"}


def answered(owner: Account, me: Staff) -> TicketRow:
    row = cast.row_of(cast.ticket(owner), me)
    desk.reply(me, row.id, row.version, "Sí, puedes pedirla mañana.", f"answer {row.folio}")
    return cast.row_of(row.folio, me)


def praise(owner: Account, me: Staff) -> TicketRow:
    from core.tickets.models import Ticket

    folio = cast.ticket(owner)
    _make(Ticket, folio)
    return cast.row_of(folio, me)


def _make(table: type, folio: str) -> None:
    from core.database.binding import writes

    writes(lambda: table.update(tipo="felicitacion").where(table.folio == folio).execute())()  # type: ignore[attr-defined]


def test_an_answered_ticket_closes_for_a_reason_that_the_person_reads(owner: Account, me: Staff) -> None:
    row = answered(owner, me)
    ending.close(me, row.id, row.version, "telefono")
    ending.close(me, row.id, row.version, "telefono")
    last = sheets.open_sheet(me, row.id, cast.REASON).events[-1]
    assert (last.kind, last.code, last.author) == ("cerrado", "telefono", "Ana Rojas")
    (letter,) = [each for each in cast.letters_to(owner.email) if each.kind == "closed"]
    assert "por teléfono" in letter.body
    assert second.open_second(owner, row.folio, "No era así.", "k")


def test_without_a_reason_nothing_closes(owner: Account, me: Staff) -> None:
    row = answered(owner, me)
    with pytest.raises(Invalid):
        ending.close(me, row.id, row.version)
    assert cast.row_of(row.folio, me).state == "respondido"


def test_what_changed_since_it_was_read_is_not_closed(owner: Account, me: Staff) -> None:
    row = answered(owner, me)
    with pytest.raises(Conflict, match="cambió"):
        ending.close(me, row.id, row.version - 1, "oficina")


def test_a_question_is_answered_never_closed(owner: Account, me: Staff) -> None:
    row = cast.row_of(cast.ticket(owner), me)
    with pytest.raises(Conflict, match="se cierra respondiendo"):
        ending.close(me, row.id, row.version, "oficina")
    assert sheets.open_sheet(me, row.id, cast.REASON).can["close"]


def test_what_asks_nothing_closes_with_thanks_which_are_its_answer(owner: Account, me: Staff) -> None:
    row = praise(owner, me)
    ending.close(me, row.id, row.version)
    told = following.ticket_of(owner, row.folio)
    assert told.state == "cerrado"
    assert told.messages[-1].body == ending.THANKS
    assert [letter.kind for letter in cast.letters_to(owner.email)][-1] == "thanks"
    assert list(verify.verify()) == []
    cast.ticket(owner)


def test_words_half_written_are_not_thrown_away_by_closing(owner: Account, me: Staff) -> None:
    row = praise(owner, me)
    desk.save_draft(me, row.id, "respuesta", "Gracias, ")
    with pytest.raises(Conflict, match="a medio escribir"):
        ending.close(me, row.id, row.version)
    assert sheets.open_sheet(me, row.id, cast.REASON).drafts["respuesta"] == "Gracias, "
