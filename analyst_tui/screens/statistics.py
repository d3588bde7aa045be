"""The figures that supervisors read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import zip_longest
from typing import ClassVar

from rich.cells import cell_len
from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType

from analyst_tui import charts, linear, marks, naming, spoken, theme
from analyst_tui.background import ask
from analyst_tui.command_tables.command import FIGURES
from analyst_tui.commands import bindings
from analyst_tui.screens.base import DeskScreen
from analyst_tui.shown import fitted, shown
from analyst_tui.widgets.line import Part
from analyst_tui.widgets.pane import Pane
from core import clock
from core.figures import report, stats
from core.figures.views import Figures

_BESIDE = 120
_NAMES = 26
_LONGEST_BAR = 32
_SOLVED = 5

Large = tuple[str, str, theme.Tone]
"""A number, what it counts, and its tone."""


class StatisticsScreen(DeskScreen):
    """Six large numbers, and under them what explains them."""

    PLACES = (FIGURES,)
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(FIGURES)]

    def __init__(self) -> None:
        super().__init__()
        self.pane = Pane(id="figures")
        self._figures: Figures | None = None

    def body(self) -> ComposeResult:
        yield self.pane

    def on_mount(self) -> None:
        self.show_status((Part(" Calculando…", theme.quiet),))
        self.do_refresh()

    def do_refresh(self) -> None:
        """Read the figures again."""
        ask(self, "figures", lambda me: stats.stats(me), self._show)

    def _show(self, figures: Figures) -> None:
        self._figures = figures
        today = clock.today()
        days = f"{spoken.day(figures.first_day, today)} hasta {spoken.day(figures.last_day, today)}"
        self.show_status((Part(f" Abiertos: ahora mismo. Lo demás: desde {days}.", theme.quiet),))
        self._paint()

    def paint_top(self) -> None:
        self.top.show((Part(" Cifras del servicio", theme.strong),), self.desk.corner())

    def on_resize(self, event: events.Resize) -> None:
        self._paint()

    def _paint(self) -> None:
        if self._figures is not None:
            width = max(self.size.width - 3, 20)
            lines = aloud(self._figures) if linear.is_on(self.app) else told(self._figures, width)
            self.pane.show(lines, keep_place=True)

    def do_statistics(self) -> None:
        self.do_refresh()

    def do_back(self) -> None:
        self.dismiss()

    def do_comments(self) -> None:
        from analyst_tui.screens.comments import CommentsScreen

        self.app.push_screen(CommentsScreen())

    def do_down(self) -> None:
        self.pane.scroll_relative(y=1, animate=False)

    def do_up(self) -> None:
        self.pane.scroll_relative(y=-1, animate=False)


def aloud(figures: Figures) -> Iterator[Text]:
    """The figures as lines of text for whoever hears them."""
    for number, words, _ in _numbers(figures):
        yield Text(f"{number} {words}")
    yield Text(f"Edad en días hábiles: {', '.join(f'{age}: {count}' for age, count in figures.by_age.items())}")
    yield Text(report.grades(figures.grades))
    for title, rows in _counts(figures):
        yield Text(f"{title}: {', '.join(f'{name} {spoken.number(count)}' for name, count in rows.items())}")


def told(figures: Figures, width: int) -> Iterator[Text]:
    """The figures as lines of text for a pane of this width."""
    yield Text("")
    numbers = list(_numbers(figures))
    in_a_row = 6 if width >= 132 else 3
    for start in range(0, len(numbers), in_a_row):
        yield from _large_row(numbers[start : start + in_a_row], width // in_a_row)
        yield Text("")
    yield _ages(figures, width)
    yield Text(report.grades(figures.grades), theme.strong)
    yield Text("")
    yield from _days(figures)
    yield Text("")
    yield from _tables(figures, width)


def _numbers(figures: Figures) -> Iterator[Large]:
    today = figures.days[-1]
    share = f" ({spoken.decimal(100 * figures.overdue / figures.open)} %)" if figures.open else ""
    late = theme.late if figures.overdue else theme.strong
    yield spoken.number(figures.open), "abiertos", theme.strong
    yield spoken.number(figures.overdue), f"vencidos{share}", late
    yield spoken.number(figures.unassigned), "sin asignar", theme.strong
    yield spoken.number(today.received), f"entran hoy · salen {spoken.number(today.answered)}", theme.strong
    p90 = _days_words(figures.first_answer_p90_days)
    yield _days_words(figures.first_answer_median_days), f"días 1ª resp. · p90 {p90}", theme.strong
    on_time = figures.answered_on_time
    yield "–" if on_time is None else f"{spoken.decimal(100 * on_time)}%", "respondidos en plazo", theme.strong


def _days_words(days: float | None) -> str:
    return "–" if days is None else spoken.decimal(days)


def _large_row(numbers: list[Large], width: int) -> Iterator[Text]:
    drawn = [charts.large(number) for number, _, _ in numbers]
    for line in range(charts.HEIGHT):
        row = Text(end="")
        for glyphs, (_, _, style) in zip(drawn, numbers, strict=True):
            row.append(f"{glyphs[line]:<{width}}", style)
        yield row
    yield Text("".join(fitted(words, width) for _, words, _ in numbers), theme.quiet)


def _ages(figures: Figures, width: int) -> Text:
    most = max(figures.by_age.values(), default=0)
    room = max(min((width - 14) // len(figures.by_age) - 14, _LONGEST_BAR // 2), 3)
    text = Text("Edad (d háb)  ", theme.quiet)
    for age, count in figures.by_age.items():
        text.append(f"{age} ", theme.quiet).append(charts.bar(count, most, room), theme.accent)
        text.append(f" {spoken.number(count)}   ", theme.ink)
    return text


def _days(figures: Figures) -> Iterator[Text]:
    days = figures.days[-30:]
    for name, values, total in (
        ("entran", [day.received for day in days], figures.received),
        ("salen", [day.answered for day in days], figures.answered),
    ):
        text = Text(f"{len(days)} días  {name:<7}", theme.quiet).append(charts.columns(values), theme.accent)
        yield text.append(f"  {spoken.number(total)} · máximo {spoken.number(max(values))} al día", theme.ink)


def _counts(figures: Figures) -> tuple[tuple[str, dict[str, int]], ...]:
    """What is open, by what it is."""
    return (
        ("Abiertos por estado", {marks.STATES.get(code, code): n for code, n in figures.by_state.items()}),
        ("Abiertos por tipo", {naming.tipo(code): n for code, n in figures.by_tipo.items()}),
        ("Abiertos por materia", {naming.materia(code): n for code, n in figures.by_materia.items()}),
    )


def _tables(figures: Figures, width: int) -> Iterator[Text]:
    tables = _counts(figures)
    if figures.solved_before:
        solved = {naming.topic(code): n for code, n in sorted(figures.solved_by_categoria.items(), key=_most)[:_SOLVED]}
        yield from _table(f"Dudas resueltas antes de escribir: {spoken.number(figures.solved_before)}", solved, width)
        yield Text("")
    if figures.failed_letters:
        yield shown(f"! {spoken.counted(figures.failed_letters, 'carta rebotada', 'cartas rebotadas')}", theme.late)
        yield Text("")
    beside = width >= _BESIDE
    each = width // len(tables) - 2 if beside else width
    drawn = [list(_table(title, rows, each)) for title, rows in tables]
    if not beside:
        for table in drawn:
            yield from (*table, Text(""))
        return
    for row in zip_longest(*drawn, fillvalue=Text("")):
        yield Text("  ", end="").join([_padded(cell, each) for cell in row])


def _most(row: tuple[str, int]) -> int:
    return -row[1]


def _table(title: str, rows: Mapping[str, int], width: int) -> Iterator[Text]:
    yield Text(title, theme.strong, end="")
    most = max(rows.values(), default=0)
    for name, count in sorted(rows.items(), key=_most):
        text = Text(fitted(name, _NAMES), theme.ink, end="")
        text.append(f"{spoken.number(count):>8} ", theme.strong)
        yield text.append(charts.bar(count, most, max(min(width - _NAMES - 10, _LONGEST_BAR), 4)), theme.accent)


def _padded(text: Text, width: int) -> Text:
    return text.copy().append(" " * max(width - cell_len(text.plain), 0))
