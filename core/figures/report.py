"""The figures as plain text, for a shell."""

from __future__ import annotations

from core.figures.views import Figures, Grades

_BARS = "▁▂▃▄▅▆▇█"


def text(figures: Figures) -> str:
    """A page of figures: the state now, then the period."""
    share = "—" if figures.answered_on_time is None else f"{figures.answered_on_time:.1%}".replace(".", ",")
    lines = [
        f"Abiertos {figures.open}   vencidos {figures.overdue}   sin asignar {figures.unassigned}",
        _line("Por estado", figures.by_state),
        _line("Por tipo", figures.by_tipo),
        _line("Por materia", figures.by_materia),
        _line("Edad en días hábiles", figures.by_age),
        f"Del {figures.first_day:%d-%m-%Y} al {figures.last_day:%d-%m-%Y}:",
        f"entraron   {figures.received:>7}  {spark([day.received for day in figures.days])}",
        f"salieron   {figures.answered:>7}  {spark([day.answered for day in figures.days])}",
        f"Primera respuesta: mediana {_days(figures.first_answer_median_days)}, p90 {_days(figures.first_answer_p90_days)}",
        f"Respondidos en plazo: {share}   cartas rebotadas: {figures.failed_letters}",
        grades(figures.grades),
        _line(f"Dudas resueltas antes de escribir {figures.solved_before}", figures.solved_by_categoria),
    ]
    return "\n".join(lines)


def grades(given: Grades) -> str:
    """The share of good grades and how many grades it is of: `Nota 6-7: 71 % (n 820)`."""
    share = "—" if given.share_6_7 is None else f"{100 * given.share_6_7:.0f} %"
    return f"Nota 6-7: {share} (n {given.answers})"


def spark(values: list[int]) -> str:
    """A row of bars, one for each value."""
    top = max(values, default=0) or 1
    return "".join(_BARS[value * (len(_BARS) - 1) // top] for value in values)


def _line(title: str, counts: dict[str, int]) -> str:
    return f"{title}: " + ("   ".join(f"{name} {count}" for name, count in counts.items()) or "ninguno")


def _days(value: float | None) -> str:
    return "—" if value is None else f"{value:.1f} d".replace(".", ",")
