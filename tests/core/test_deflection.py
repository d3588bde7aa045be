"""Doubts that were solved before a ticket was written: counted by categoría and day, nobody's, once for each draft."""

from __future__ import annotations

import peewee
import pytest

from core import clock
from core.database.binding import db
from core.errors import NotFound
from core.figures import report
from core.figures.stats import stats
from core.tickets.citizens import deflection, drafts, following
from core.tickets.models import Deflection
from tests.harness import cast, life
from tests.harness.crowd import at_once

pytestmark = pytest.mark.usefixtures("database")


def test_a_doubt_is_counted_once_for_each_draft_and_its_day_and_subject_are_told() -> None:
    for _ in range(2):
        owner = cast.account()
        cast.write_draft(owner)
        for categoria in ("rt-estado", "rt-estado", "nada"):
            deflection.solved(owner, owner.persons[0].id, categoria)
    clock.advance(24 * 3600)
    cast.write_draft(owner, texto="Otra duda")
    deflection.solved(owner, owner.persons[0].id, "ot-otro")
    figures = stats()
    assert figures.solved_before == 3
    assert figures.solved_by_categoria == {"rt-estado": 2, "ot-otro": 1}
    assert [day.solved_before for day in figures.days[-2:]] == [2, 1]
    assert "Dudas resueltas antes de escribir 3: rt-estado 2   ot-otro 1" in report.text(figures)
    assert following.tickets_of(owner) == ()


def test_a_double_click_counts_once() -> None:
    owner = cast.account()
    cast.write_draft(owner)
    at_once([lambda: deflection.solved(owner, owner.persons[0].id, "rt-estado")] * 8)
    assert stats().solved_before == 1


def test_without_a_draft_or_for_a_stranger_nothing_is_counted() -> None:
    owner, stranger = cast.account(), cast.account()
    deflection.solved(owner, owner.persons[0].id, "rt-estado")
    with pytest.raises(NotFound):
        deflection.solved(owner, stranger.persons[0].id, "rt-estado")
    assert stats().solved_before == 0


def test_what_was_counted_says_nothing_of_anybody_and_is_never_changed() -> None:
    owner = cast.account()
    key = cast.write_draft(owner)
    deflection.solved(owner, owner.persons[0].id, "rt-estado")
    (row,) = life.rows()["deflection"]
    assert set(row) == {"id", "day_on", "categoria", "submit_key"}
    assert key not in row["submit_key"]
    drafts.drop(owner.persons[0].id)
    with db.connection_context():
        for change in (Deflection.update(categoria="x"), Deflection.delete()):
            with pytest.raises(peewee.IntegrityError, match="append-only"), db.atomic():
                change.execute()
