"""How the desk says times, days, marks and numbers."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from rich.cells import cell_len

from analyst_tui import marks, naming, shown, spoken
from analyst_tui.widgets.columns import Shape, columns_for, row_pieces, title_parts, widths_for
from analyst_tui.widgets.moment import Moment
from core.tickets.lists.views import SortKey, TicketRow

MONDAY = date(2026, 11, 23)
NOW = int(datetime(2026, 11, 23, 13, 0, tzinfo=UTC).timestamp())
AT = Moment(NOW, MONDAY)
ROW = TicketRow(
    id=1,
    folio="AM-2026-000001-R",
    state="ingresado",
    tipo="consulta",
    materia="rt",
    categoria="rt-rechazo",
    route="plazo",
    urgent=True,
    has_term=True,
    person_name="María José Quispe Mamani",
    person_age=41,
    tramite="12345678",
    assignee_id=None,
    assignee_name="",
    opened_at=NOW,
    legal_on=MONDAY,
    due_on=MONDAY,
    is_second=False,
    version=1,
    sort_key=SortKey(0, 20261123, 1),
)


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2026, 11, 22), "ayer"),
        (MONDAY, "hoy"),
        (date(2026, 11, 24), "mañana"),
        (date(2026, 11, 26), "jue 26"),
        (date(2026, 11, 17), "mar 17"),
        (date(2026, 12, 7), "7 dic"),
        (date(2026, 11, 12), "12 nov"),
        (date(2027, 1, 8), "8 ene"),
        (date(2025, 3, 1), "01-03-25"),
    ],
)
def test_days_are_said_as_people_say_them(day: date, said: str) -> None:
    assert spoken.day(day, MONDAY) == said


@pytest.mark.parametrize(
    ("seconds", "filed_on", "said"),
    [
        (0, MONDAY, "0 min"),
        (12 * 60, MONDAY, "12 min"),
        (2 * 3600, MONDAY, "2 h"),
        (26 * 3600, date(2026, 11, 20), "1 d háb"),
        (70 * 3600, date(2026, 11, 23), "70 h"),
        (6 * 86_400, date(2026, 11, 17), "4 d háb"),
        (-5, MONDAY, "0 min"),
    ],
)
def test_ages_are_short_and_count_business_days(seconds: int, filed_on: date, said: str) -> None:
    assert spoken.age(NOW - seconds, filed_on, NOW, MONDAY) == said


@pytest.mark.parametrize(
    ("days", "said"),
    [(-3, "! vencido hace 3 d háb"), (0, "vence hoy"), (1, "queda 1 d háb"), (9, "quedan 9 d háb")],
)
def test_a_term_says_what_is_left_of_it(days: int, said: str) -> None:
    assert spoken.days_left(days) == said


def test_numbers_have_dots_and_commas() -> None:
    assert spoken.number(1_000_214) == "1.000.214"
    assert spoken.decimal(3.14) == "3,1"
    assert spoken.counted(1, "ticket", "tickets") == "1 ticket"


def test_marks_are_words_and_signs() -> None:
    late = ROW._replace(due_on=date(2026, 11, 20), is_second=True)
    assert marks.due(late, MONDAY)[0] == "! vie 20"
    assert marks.all_marks(late, MONDAY) == "! vencido  ▲ plazo  segundo ticket"
    assert marks.route(ROW._replace(route="nna", has_term=False)) == "◆ NNA"
    assert marks.due(late._replace(state="respondido"), MONDAY)[0].strip() == "—"


def test_blocked_data_are_marked_in_the_list_and_named_in_the_ticket() -> None:
    blocked = ROW._replace(frozen="bloqueados", route="plazo")
    assert marks.route(blocked) == "× bloqueados ▲ plazo"
    assert marks.all_marks(blocked, MONDAY).startswith("× datos bloqueados")


def test_subjects_are_shortened_and_children_shown_with_their_age() -> None:
    assert naming.subject(ROW) == "Res. temporal · rechazo"
    assert naming.person(ROW._replace(person_age=1)) == "(1 año) María José Quispe Mamani"
    assert naming.person(ROW._replace(person_age=16)) == "(16 años) María José Quispe Mamani"
    assert naming.tipo("no-existe") == "no-existe"


@pytest.mark.parametrize("searching", [False, True])
@pytest.mark.parametrize("one_analyst", [False, True])
@pytest.mark.parametrize("width", [*range(52, 180, 5), 300])
def test_a_row_fills_its_width_exactly(width: int, one_analyst: bool, searching: bool) -> None:
    shape = Shape(width, searching, one_analyst)
    row = ROW._replace(matched="trámite", person_name="日本語の名前" * 3)
    assert sum(cell_len(text) for text, _ in row_pieces(row, shape, AT)) == width - 2
    assert sum(cell_len(part.text) for part in title_parts(shape)) <= width
    assert sum(widths_for(columns_for(shape), width)) < width


def test_text_is_fitted_by_cells_not_by_characters() -> None:
    assert shown.fitted("日本語", 5) == "日本…"
    assert shown.fitted("a\nb\tc", 8) == "a b c   "
    assert shown.fitted("12", 4, right=True) == "  12"
    assert cell_len(shown.fitted("日本語", 4)) == 4


def test_a_term_of_ones_own_is_marked_on_every_route() -> None:
    child = ROW._replace(route="nna")
    assert marks.route(child) == "▲ plazo ◆ NNA"
    assert marks.route(ROW) == "▲ plazo"
    assert marks.route(child._replace(state="respondido")) == "◆ NNA"
