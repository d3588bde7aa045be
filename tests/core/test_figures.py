"""What supervisors read is what happened."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest

from core import clock
from core.errors import Invalid, NotAllowed
from core.figures.stats import stats
from core.people import staff
from core.people.views import Staff
from core.tickets import desk
from core.tickets.citizens import following
from tests.harness import cast

pytestmark = pytest.mark.usefixtures("database")
MONDAY = date(2026, 11, 23)


def at_work(me: Staff) -> Staff:
    """The same person with the session of another day."""
    return staff.begin(me.id)[1]


def answer(me: Staff, folio: str) -> None:
    row = cast.row_of(folio, me)
    desk.reply(me, row.id, row.version, "Ya está.", folio)


def test_an_empty_service_has_figures_too() -> None:
    figures = stats()
    assert (figures.open, figures.received, figures.answered, figures.overdue) == (0, 0, 0, 0)
    assert figures.first_answer_median_days is None
    assert figures.answered_on_time is None
    assert len(figures.days) == 30
    assert figures.days[-1].day == MONDAY


def test_what_is_open_is_counted_by_state_tipo_materia_and_age() -> None:
    me = cast.analyst()
    cast.ticket()
    cast.ticket(tipo="reclamo", materia="rt", categoria="rt-estado")
    desk.take_next(me)
    following.withdraw(owner := cast.account(), cast.ticket(owner))
    clock.advance(8 * 24 * 3600)
    figures = stats()
    assert figures.by_state == {"asignado": 1, "ingresado": 1}
    assert figures.by_tipo == {"consulta": 1, "reclamo": 1}
    assert figures.by_materia == {"pt": 1, "rt": 1}
    assert figures.by_age == {"0-5": 0, "6-10": 2, "11-20": 0, ">20": 0}
    assert (figures.open, figures.unassigned, figures.overdue) == (2, 1, 0)


def test_a_ticket_is_overdue_the_day_after_its_date() -> None:
    cast.ticket()
    clock.advance(14 * 24 * 3600)
    assert (clock.today(), stats().overdue) == (date(2026, 12, 7), 0)
    clock.advance(24 * 3600)
    assert stats().overdue == 1


def test_days_count_what_came_in_and_what_was_answered_on_them() -> None:
    me = cast.analyst()
    first, second = cast.ticket(), cast.ticket()
    clock.advance(24 * 3600)
    answer(at_work(me), first)
    cast.ticket()
    clock.advance(24 * 3600)
    answer(at_work(me), second)
    figures = stats()
    assert [(day.received, day.answered) for day in figures.days[-3:]] == [(2, 0), (1, 1), (0, 1)]
    assert (figures.received, figures.answered) == (3, 2)


def test_the_day_is_the_one_in_santiago() -> None:
    clock.advance(13 * 3600 + 1800)
    cast.ticket()
    assert stats().days[-1].received == 1
    clock.advance(1800)
    assert [day.received for day in stats().days[-2:]] == [1, 0]


def test_the_median_and_the_ninetieth_percentile_are_of_first_answers() -> None:
    me = cast.analyst(cap=100)
    folios = [cast.ticket() for _ in range(10)]
    for folio in folios:
        clock.advance(24 * 3600)
        answer(at_work(me), folio)
    figures = stats()
    assert figures.first_answer_median_days == 6.0
    assert figures.first_answer_p90_days == 10.0
    assert figures.answered_on_time == 1.0


def test_late_answers_are_not_on_time() -> None:
    me = cast.analyst()
    one, other = cast.ticket(), cast.ticket()
    answer(me, one)
    clock.advance(20 * 24 * 3600)
    answer(at_work(me), other)
    assert stats().answered_on_time == 0.5


def test_other_days_can_be_asked_for() -> None:
    cast.ticket()
    clock.advance(40 * 24 * 3600)
    assert stats().received == 0
    figures = stats(None, MONDAY, MONDAY + timedelta(days=1))
    assert [day.received for day in figures.days] == [1, 0]


@pytest.mark.parametrize(("first", "last"), [(MONDAY, MONDAY - timedelta(days=1)), (date(2020, 1, 1), MONDAY)])
def test_days_that_make_no_sense_are_refused(first: date, last: date) -> None:
    with pytest.raises(Invalid):
        stats(None, first, last)


def test_an_analyst_sees_no_figures_and_a_supervisor_does() -> None:
    with pytest.raises(NotAllowed):
        stats(cast.analyst())
    assert stats(cast.analyst(role="supervisor")).open == 0


def test_figures_as_json_are_plain_values() -> None:
    cast.ticket()
    plain = json.loads(json.dumps(stats().as_json()))
    assert plain["open"] == 1
    assert plain["days"][-1] == {"day": "2026-11-23", "received": 1, "answered": 0, "solved_before": 0}
