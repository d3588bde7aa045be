"""The demo's files are as good as those that people send."""

from __future__ import annotations

import pytest

from core.canned import loading, reading
from core.files import inspection, store
from core.operations import seed, verify
from core.operations.example import asides, canned, files
from core.people import staff
from core.tickets.lists import queue

pytestmark = pytest.mark.usefixtures("sqlite_database")


def test_the_newest_tickets_have_files_that_every_rule_holds_for() -> None:
    seed.seed(60, random_seed=1, password="palabras largas del ejemplo")
    assert files.enclose() == 12
    assert list(verify.verify()) == []


def test_the_first_tickets_have_tags_ties_and_a_note_that_calls_the_supervisor() -> None:
    seed.seed(120, random_seed=1, password="palabras largas del ejemplo")
    assert asides.lay() == 12
    chief = staff.begin(next(each.id for each in staff.list_staff() if each.role == "supervisor"))[1]
    assert queue.counts(chief).mentions == 2
    first = queue.window(chief, "menciones", 0, 1)[0]
    assert first.tags
    assert list(verify.verify()) == []


def test_canned_answers_have_something_to_count() -> None:
    loading.load()
    seed.seed(400, random_seed=1, password="palabras largas del ejemplo")
    used = canned.use()
    me = staff.begin(next(each.id for each in staff.list_staff()))[1]
    assert sum(each.answered for each in reading.answers(me)) == used > 50
    assert sum(each.seconds for each in reading.answers(me)) > 0
    assert list(verify.verify()) == []


@pytest.mark.parametrize(("content", "kind", "words"), [(files.paper("Mañana"), "pdf", "Mañana"), (files.picture(), "png", "")])
def test_they_are_looked_into_like_all_others(content: bytes, kind: str, words: str) -> None:
    with store.scratch(buffering=0) as file:
        file.write(content)
        with inspection.looked_into(file) as seen:
            assert (seen.kind, seen.words) == (kind, words)
