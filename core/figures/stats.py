"""The figures of the queue, as a supervisor's screen and `ayuda stats` show them."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import Any

from peewee import fn

from core import clock
from core.calendar import business
from core.database.binding import reads
from core.errors import Invalid
from core.figures.views import AGES, Day, Figures, Grades
from core.mail.models import Letter
from core.people import policy
from core.people.staff import current
from core.people.views import Staff
from core.tickets.citizens import survey
from core.tickets.models import Deflection, Survey, Ticket

DAYS = 30
LONGEST = 3 * 366
_DAY = 86_400
_OPEN = Ticket.resolved_at.is_null()


@reads
def stats(actor: Staff | None = None, first_day: date | None = None, last_day: date | None = None) -> Figures:
    """The figures between two days, the last 30 when none are named; raises `NotAllowed`, `Invalid`.

    Without an actor the caller has a shell on the server, and sees what a supervisor with all rights sees.
    """
    if actor is not None:
        policy.require(current(actor), "statistics")
    last = last_day or clock.today()
    first = first_day or last - timedelta(days=DAYS - 1)
    if first > last or (last - first).days > LONGEST:
        raise Invalid({"from": "El primer día debe ser anterior al último, y a lo más tres años antes."})
    states, tipos, materias, ages, overdue, unassigned = _open_now()
    received, answered = _per_day(Ticket.opened_on, first, last), _per_day(Ticket.answered_on, first, last)
    waits, on_time = _waits(first, last)
    solved, solved_on = _solved_before(first, last)
    return Figures(
        first_day=first,
        last_day=last,
        open=sum(states.values()),
        overdue=overdue,
        unassigned=unassigned,
        by_state=dict(states),
        by_tipo=dict(tipos),
        by_materia=dict(materias.most_common()),
        by_age={age: ages[age] for age in AGES},
        days=tuple(
            Day(day, *(counted[clock.day_number(day)] for counted in (received, answered, solved_on)))
            for day in (first + timedelta(days=n) for n in range((last - first).days + 1))
        ),
        received=sum(received.values()),
        answered=sum(answered.values()),
        first_answer_median_days=_quantile(waits, 0.5),
        first_answer_p90_days=_quantile(waits, 0.9),
        answered_on_time=on_time / len(waits) if waits else None,
        failed_letters=Letter.select().where(Letter.state == "failed").count(),
        solved_before=sum(solved.values()),
        solved_by_categoria=dict(solved.most_common()),
        grades=_grades(first, last),
    )


def _open_now() -> tuple[Counter[str], Counter[str], Counter[str], Counter[str], int, int]:
    states, tipos, materias, ages = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
    overdue = unassigned = 0
    today = clock.today()
    today_number = clock.day_number(today)
    columns = (Ticket.state, Ticket.tipo, Ticket.materia, Ticket.legal_on, Ticket.due_on)
    grouped = Ticket.select(*columns, fn.COUNT(Ticket.assignee), fn.COUNT(Ticket.id)).where(_OPEN).group_by(*columns)
    for state, tipo, materia, legal_on, due_on, assigned, count in grouped.tuples():
        states[state] += count
        tipos[tipo] += count
        materias[materia] += count
        ages[_age_group(business.business_days_between(clock.day_from(legal_on), today))] += count
        overdue += count if due_on < today_number else 0
        unassigned += count - assigned
    return states, tipos, materias, ages, overdue, unassigned


def _age_group(days: int) -> str:
    return AGES[0] if days <= 5 else AGES[1] if days <= 10 else AGES[2] if days <= 20 else AGES[3]


def _per_day(column: Any, first: date, last: date) -> Counter[int]:
    within = column.between(clock.day_number(first), clock.day_number(last))
    return Counter(dict(Ticket.select(column, fn.COUNT(Ticket.id)).where(within).group_by(column).tuples()))


def _waits(first: date, last: date) -> tuple[list[float], int]:
    """Days waited for each first answer of the period, sorted, and how many came in time."""
    within = Ticket.answered_on.between(clock.day_number(first), clock.day_number(last))
    columns = (Ticket.answered_at, Ticket.opened_at, Ticket.answered_on, Ticket.due_on)
    answered = list(Ticket.select(*columns).where(within).tuples())
    waits = sorted((at - opened) / _DAY for at, opened, _on, _due in answered)
    return waits, sum(on <= due for _at, _opened, on, due in answered)


def _solved_before(first: date, last: date) -> tuple[Counter[str], Counter[int]]:
    """Doubts that were solved before a ticket was written: by categoría, and by day."""
    within = Deflection.day_on.between(clock.day_number(first), clock.day_number(last))
    columns = (Deflection.day_on, Deflection.categoria)
    by_categoria, by_day = Counter[str](), Counter[int]()
    for day_on, categoria, count in (
        Deflection.select(*columns, fn.COUNT(Deflection.id)).where(within).group_by(*columns).tuples()
    ):
        by_categoria[categoria] += count
        by_day[day_on] += count
    return by_categoria, by_day


def _grades(first: date, last: date) -> Grades:
    within = Survey.answered_on.between(clock.day_number(first), clock.day_number(last))
    counted = dict(Survey.select(Survey.grade, fn.COUNT(Survey.ticket)).where(within).group_by(Survey.grade).tuples())
    answers, good = sum(counted.values()), sum(count for grade, count in counted.items() if grade >= survey.GOOD)
    return Grades(answers, good / answers if answers else None)


def _quantile(values: list[float], share: float) -> float | None:
    """The value below which a share of the sorted values lies (nearest rank)."""
    return round(values[min(len(values) - 1, int(share * len(values)))], 2) if values else None
