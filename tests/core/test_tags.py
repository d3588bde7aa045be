"""Tags: the staff's words on a ticket."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.errors import Conflict, Invalid, NotAllowed, NotFound
from core.operations.rights import blocking
from core.people.views import Staff
from core.tickets import sheets
from core.tickets.asides import tags
from core.tickets.lists import queue
from tests.harness import cast


@pytest.fixture
def ticket_id(me: Staff) -> int:
    return cast.row_of(cast.ticket(), me).id


def test_a_tag_is_seen_with_the_ticket_and_in_every_list(me: Staff, ticket_id: int) -> None:
    assert tags.add(me, ticket_id, "  Múltiple   visa ") == ("Múltiple visa",)
    assert tags.add(me, ticket_id, "#haití") == ("haití", "Múltiple visa")
    assert sheets.open_sheet(me, ticket_id).row.tags == ("haití", "Múltiple visa")
    assert queue.window(me, "abiertos", 0, 10)[0].tags == ("haití", "Múltiple visa")


def test_accents_and_case_make_no_second_tag(me: Staff, ticket_id: int) -> None:
    tags.add(me, ticket_id, "Haití")
    assert tags.add(me, ticket_id, "haiti") == ("Haití",)
    assert tags.remove(me, ticket_id, "HAITI") == ()


def test_a_tag_in_use_keeps_the_spelling_of_the_first(me: Staff, ticket_id: int) -> None:
    tags.add(me, ticket_id, "Haití")
    assert tags.add(me, cast.row_of(cast.ticket(), me).id, "haiti") == ("Haití",)


def test_the_history_says_that_a_tag_changed_and_never_which(me: Staff, ticket_id: int) -> None:
    for word in ("urgente", "urgente"):
        tags.add(me, ticket_id, word)
    for word in ("urgente", "urgente"):
        tags.remove(me, ticket_id, word)
    told = [(event.kind, event.code) for event in sheets.open_sheet(me, ticket_id).events]
    assert told == [("abierto", "pt-prorroga"), ("etiqueta", "puesta"), ("etiqueta", "quitada")]


@pytest.mark.parametrize("typed", ["", "   ", "#", "\u200b", "\x1b"])
def test_an_empty_tag_is_refused(me: Staff, ticket_id: int, typed: str) -> None:
    with pytest.raises(Invalid, match="Escribe la etiqueta"):
        tags.add(me, ticket_id, typed)


def test_a_tag_has_thirty_letters_at_most(me: Staff, ticket_id: int) -> None:
    assert tags.add(me, ticket_id, "ñ" * 30) == ("ñ" * 30,)
    with pytest.raises(Invalid, match="31 letras y caben 30"):
        tags.add(me, ticket_id, "ñ" * 31)


def test_a_ticket_has_ten_tags_at_most(me: Staff, ticket_id: int) -> None:
    for number in range(10):
        tags.add(me, ticket_id, f"uno {number}")
    assert len(tags.add(me, ticket_id, "uno 3")) == 10
    with pytest.raises(Conflict, match="10 etiquetas a lo más"):
        tags.add(me, ticket_id, "uno más")


def test_what_is_typed_is_completed_from_what_is_in_use(me: Staff, ticket_id: int) -> None:
    for word in ("Ácida", "acta", "bono", "ñandú"):
        tags.add(me, ticket_id, word)
    tags.add(me, cast.row_of(cast.ticket(), me).id, "acta")
    assert tags.begun(me, "AC") == ("Ácida", "acta")
    assert tags.begun(me, "acta ") == ("acta",)
    assert tags.begun(me, "") == ("Ácida", "acta", "bono", "ñandú")
    assert tags.begun(me, "zzz") == ()


def test_completion_tells_nobody_of_tickets_that_they_may_not_see(me: Staff) -> None:
    keeper = cast.analyst("Eva Díaz", rights=("nna",))
    child_id = cast.row_of(cast.ticket(cast.child()), keeper).id
    tags.add(keeper, child_id, "hijo de Rosa")
    assert tags.begun(keeper, "hijo") == ("hijo de Rosa",)
    assert tags.begun(me, "hijo") == ()
    for verb in (tags.add, tags.remove):
        with pytest.raises(NotFound):
            verb(me, child_id, "hijo")


def test_the_tags_of_somebody_blocked_stay_as_they_are(me: Staff) -> None:
    owner = cast.account()
    ticket_id = cast.row_of(cast.ticket(owner), me).id
    tags.add(me, ticket_id, "uno")
    blocking.block(owner)
    with pytest.raises(NotAllowed):
        tags.remove(me, ticket_id, "uno")
    assert tags.of_ticket(ticket_id) == ("uno",)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50, deadline=None)
@given(st.text(max_size=40))
def test_any_text_is_a_tag_or_is_refused_in_words(me: Staff, ticket_id: int, typed: str) -> None:
    try:
        kept = tags.add(me, ticket_id, typed)
    except (Invalid, Conflict):
        return
    assert all(word == word.strip() and "\n" not in word and 1 <= len(word) <= 30 for word in kept)
    assert tags.remove(me, ticket_id, typed) == ()
