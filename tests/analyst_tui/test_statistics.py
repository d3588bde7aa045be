"""The figures on the supervisor's screen are those of core, drawn."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest

from analyst_tui import charts
from analyst_tui.screens.statistics import told
from core import clock
from core.figures import stats
from core.figures.views import Day, Figures
from core.people.views import Staff
from core.tickets import desk as verbs
from tests.analyst_tui.desk import at_desk, press, screen, sees
from tests.harness import cast

Session = tuple[str, Staff]
DAY = 24 * 3600
FIRST = date(2026, 10, 24)
FIGURES = Figures(
    first_day=FIRST,
    last_day=FIRST + timedelta(days=29),
    open=1214,
    overdue=31,
    unassigned=214,
    by_state={"ingresado": 214, "en_analisis": 1000},
    by_tipo={"consulta": 1200, "reclamo": 14},
    by_materia={"rt": 800, "rd": 414},
    by_age={"0-5": 801, "6-10": 322, "11-20": 60, ">20": 31},
    days=tuple(Day(FIRST + timedelta(days=n), 400 + n, 380 + n) for n in range(30)),
    received=12435,
    answered=11835,
    first_answer_median_days=3.1,
    first_answer_p90_days=7.8,
    answered_on_time=0.941,
    failed_letters=2,
    solved_before=57,
    solved_by_categoria={"rt-estado": 40, "rd-estado": 17},
)


def text(figures: Figures, width: int) -> str:
    return "\n".join(line.plain for line in told(figures, width))


@pytest.mark.parametrize("width", [77, 117, 157, 297])
def test_the_figures_fit_every_width(width: int) -> None:
    lines = text(FIGURES, width).splitlines()
    assert max(len(line.rstrip()) for line in lines) <= width
    for words in ("vencidos (2,6 %)", "entran hoy · salen 409", "p90 7,8", "6-10", "322", "12.435", "2 cartas rebotadas"):
        assert any(words in line for line in lines), words


def test_nothing_at_all_is_drawn_as_well() -> None:
    days = tuple(Day(each.day, 0, 0) for each in FIGURES.days)
    nothing = replace(
        FIGURES,
        open=0,
        overdue=0,
        by_state={},
        by_tipo={},
        by_materia={},
        by_age=dict.fromkeys(FIGURES.by_age, 0),
        days=days,
        first_answer_median_days=None,
        first_answer_p90_days=None,
        answered_on_time=None,
    )
    assert "vencidos" in text(nothing, 120)


def test_bars_and_columns_keep_proportions() -> None:
    assert charts.bar(50, 100, 10) == "█████"
    assert charts.bar(1, 1000, 10) == "▏"
    assert charts.bar(0, 10, 10) == ""
    assert charts.columns([0, 4, 8]) == "▁▅█"
    assert charts.columns([0, 0]) == "▁▁"


def test_large_numbers_are_three_lines_of_one_width() -> None:
    for number in ("1.214", "94,1%", "–", "0123456789"):
        first, second, third = charts.large(number)
        assert len(first) == len(second) == len(third)


async def test_the_screen_shows_what_core_counts(chief: Session) -> None:
    rows = [cast.row_of(cast.ticket(), chief[1]) for _ in range(3)]
    clock.advance(3600)
    verbs.reply(chief[1], rows[0].id, rows[0].version, "Listo.", "clave")
    figures = stats.stats(chief[1])
    async with at_desk(chief[0], size=(160, 48)) as pilot:
        await press(pilot, "s")
        await sees(pilot, f"entran hoy · salen {figures.days[-1].answered}")
        assert "Permanencia transitoria" in screen(pilot)
        assert "0-5" in screen(pilot)
        await press(pilot, "f5", "j", "k", "escape")
        await sees(pilot, "Sin asignar")


def test_doubts_that_nobody_had_to_write_about_are_counted_by_their_subject() -> None:
    shown = text(FIGURES, 117)
    assert "Dudas resueltas antes de escribir: 57" in shown
    assert re.search(r"Res\. temporal · estado\S* o?\S* +40 ", shown)
    assert re.search(r"Res\. definitiva · estado\S* +17 ", shown)
    assert "Dudas resueltas" not in text(replace(FIGURES, solved_before=0), 117)
