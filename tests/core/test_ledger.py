"""The ledger of a term: whatever happens, its last day is the one that fingers count."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from unittest.mock import patch

from hypothesis import given
from hypothesis import strategies as st

from core.calendar import business, feasts, ledger
from core.calendar.feasts import Feast
from core.calendar.ledger import Pause, Term

ONE = timedelta(days=1)
FILINGS = st.dates(date(2024, 1, 1), date(2030, 12, 31))
FEASTS = st.lists(st.integers(0, 90), max_size=8)
PAUSES = st.lists(st.tuples(st.integers(0, 20), st.integers(0, 9)), max_size=4)


@contextmanager
def decreed(days: list[date], published: date = date.min) -> Iterator[None]:
    late = {day: Feast(day, "Feriado decretado", published) for day in days}
    with patch.object(feasts, "calendar", return_value=late | feasts.calendar()):
        yield


def term(filed_on: date, **changed: object) -> Term:
    legal_on = filed_on
    while not business.is_business_day(legal_on):
        legal_on += ONE
    return replace(Term(filed_on, legal_on, 10), **changed)


def paused(whole: Term, gaps: list[tuple[int, int]]) -> Term:
    """The term with waits that follow one another: each begins so many days after the last, and lasts so many."""
    pauses, day = [], whole.legal_on
    for gap, length in gaps:
        pauses.append(Pause(day + gap * ONE, day + (gap + length) * ONE))
        day = pauses[-1].last
    return replace(whole, pauses=tuple(pauses))


def by_hand(whole: Term, feasts_known: set[date]) -> date:
    """The end of the term, without any of the ledger's ideas."""
    stopped = {pause.first + n * ONE for pause in whole.pauses for n in range(1, (pause.last - pause.first).days + 1)}
    left, day = whole.days + whole.more_days, whole.legal_on
    while left:
        day += ONE
        if not whole.in_business_days or (day.isoweekday() < 6 and day not in feasts_known | stopped):
            left -= 1
    return day if whole.not_after is None else max(whole.legal_on, min(day, whole.not_after))


@given(FILINGS, st.integers(0, 20), st.integers(0, 5), PAUSES, FEASTS, st.none() | st.integers(-5, 30), st.booleans())
def test_any_term_ends_where_fingers_say(
    filed_on: date,
    days: int,
    more: int,
    gaps: list[tuple[int, int]],
    offsets: list[int],
    own: int | None,
    business_days: bool,
) -> None:
    with decreed([filed_on + n * ONE for n in offsets]):
        known = set(feasts.calendar())
        whole = paused(term(filed_on, days=days, more_days=more, in_business_days=business_days), gaps)
        whole = replace(whole, not_after=None if own is None else whole.legal_on + own * ONE)
        told = ledger.count(whole)
        assert told.due_on == by_hand(whole, known)
        assert [each.day for each in told.days] == [filed_on + n * ONE for n in range((told.due_on - filed_on).days + 1)]
        numbers = [each.number for each in told.days if each.number]
        assert numbers == list(range(1, len(numbers) + 1))
        assert own is not None or len(numbers) == days + more
        assert all(each.why for each in told.days)


@given(FILINGS, PAUSES, FEASTS, st.integers(1, 60))
def test_another_holiday_another_wait_or_more_days_never_make_a_term_end_earlier(
    filed_on: date, gaps: list[tuple[int, int]], offsets: list[int], extra: int
) -> None:
    whole = paused(term(filed_on), gaps)
    due_on = ledger.count(whole).due_on
    assert ledger.count(replace(whole, more_days=5)).due_on > due_on
    assert ledger.count(paused(whole, [*gaps, (0, extra)])).due_on >= due_on
    with decreed([whole.legal_on + (n + 1) * ONE for n in offsets]):
        assert ledger.count(whole).due_on >= due_on


@given(FILINGS, FEASTS)
def test_a_decree_does_not_touch_what_was_over_when_it_was_published(filed_on: date, offsets: list[int]) -> None:
    whole = term(filed_on, known_by=filed_on + 30 * ONE)
    before = ledger.count(whole)
    with decreed([filed_on + n * ONE for n in offsets], published=filed_on + 31 * ONE):
        assert ledger.count(whole).due_on == before.due_on


def told(whole: Term) -> list[str]:
    return [f"{each.day:%d-%m} {each.number or '·'} {each.words}" for each in ledger.count(whole).days]


def test_every_day_says_why_it_counts_or_not() -> None:
    whole = term(date(2026, 11, 28), days=5, more_days=1, pauses=(Pause(date(2026, 12, 2), date(2026, 12, 4)),))
    assert told(whole) == [
        "28-11 · sábado",
        "29-11 · domingo",
        "30-11 · ingreso legal: se cuenta desde el día siguiente",
        "01-12 1 día hábil",
        "02-12 2 día hábil",
        "03-12 · en espera de tus antecedentes",
        "04-12 · en espera de tus antecedentes",
        "05-12 · sábado",
        "06-12 · domingo",
        "07-12 3 día hábil",
        "08-12 · La Inmaculada Concepción",
        "09-12 4 día hábil",
        "10-12 5 día hábil",
        "11-12 6 día hábil de la ampliación",
    ]


def test_calendar_days_run_through_everything() -> None:
    whole = term(date(2026, 12, 4), days=5, in_business_days=False, pauses=(Pause(date(2026, 12, 4), date(2026, 12, 9)),))
    assert told(whole)[1:] == [f"{day:02}-12 {day - 4} día corrido" for day in range(5, 10)]


def test_the_persons_own_term_ends_ours_and_waits_for_nobody() -> None:
    whole = term(date(2026, 11, 23), not_after=date(2026, 11, 27), pauses=(Pause(date(2026, 11, 24), date(2026, 12, 1)),))
    assert told(whole)[-1] == "27-11 · en espera de tus antecedentes"
    assert ledger.count(replace(whole, not_after=date(2026, 11, 2))).due_on == date(2026, 11, 23)
